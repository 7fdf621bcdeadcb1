//! `EntryKind`: what an entry of the ledger records.

use crate::words::words;

words! {
    /// What an entry records. A code is never used again for another kind.
    pub enum EntryKind {
        Enrolled: "enrolled", "参保登记", "enrolment";
        Changed: "changed", "参保变更", "change of status";
        Closed: "closed", "终止参保登记", "end of enrolment";
        Registered: "registered", "待遇备案", "registration";
        Premium: "premium", "缴费", "premium";
        Credit: "credit", "个人账户划入", "credit of the account";
        InterestPaid: "interest_paid", "个人账户计息", "interest of the account";
        YearClosed: "year_closed", "个人账户年度结转", "roll-over of the account";
        VisitOpened: "visit_opened", "就诊登记", "visit opened";
        Described: "visit_described", "就诊信息登记", "visit described";
        VisitCancelled: "visit_cancelled", "就诊登记撤销", "visit cancelled";
        LinesAdded: "lines_added", "费用上传", "fee lines added";
        LinesRemoved: "lines_removed", "费用撤销", "fee lines removed";
        Discharged: "discharged", "出院登记", "discharge";
        Undischarged: "undischarged", "出院登记撤销", "discharge taken back";
        Deposit: "deposit_paid", "预交金", "deposit";
        Settlement: "settlement", "费用结算", "settlement";
        Reversal: "reversal", "冲正", "reversal";
        GrantGiven: "grant_given", "家庭共济授权", "family grant given";
        GrantReceived: "grant_received", "家庭共济受权", "family grant received";
        GrantReturned: "grant_returned", "家庭共济退还", "family grant returned";
        GrantRestored: "grant_restored", "家庭共济收回", "family grant taken back";
        Died: "death", "死亡清算", "closing at death";
        Inherited: "inherited", "个人账户继承", "inheritance received";
        MovedOut: "moved_out", "关系转出", "transfer to another region";
        Withdrawal: "withdrawal", "个人账户支取", "withdrawal";
        Unregistered: "unregistered", "待遇备案撤销", "registration cancelled";
        Filed: "filed", "文书归档", "paper filed";
        Forestalled: "forestalled", "未到交易作废", "request forestalled";
        Listed: "listed", "登记信息导入", "import of lists";
    }
}
