//! `Check`: what is checked over the books. The table of the checks and their names.

use domain::words;

words! {
    /// What is checked.
    pub enum Check {
        Chain: "chain", "记录逐条相接，无一字节改动", "every entry follows the one before it, no byte changed";
        Form: "form", "记录形式正确，余额不为负，可接续前一状态", "entries are of a known form and follow the state before them";
        Persons: "persons", "参保人状态等于其记录之和", "persons' states are what their entries come to";
        Visits: "visits", "就诊状态等于其记录之和", "visits are what their entries come to";
        Balances: "balances", "各科目月度发生额等于记录之和", "sums by account and month are those of the entries";
        Slips: "slips", "对账明细等于结算与冲正记录", "slips are what settlements and their reversals come to";
        Transit: "transit", "在途资金等于未送达的消息", "what is in transit is what messages carry";
        Conservation: "law_1_conservation", "一：费用等于各方支付之和", "law 1: the bill is the sum of what all pay";
        EmptyAccount: "law_2_empty_account", "二：账户余额不影响基金支付", "law 2: the account never changes what the funds pay";
        NeverNegative: "law_3_never_negative", "三：账户不透支", "law 3: no account falls below zero";
        Residents: "law_4_residents", "四：居民没有个人账户划入", "law 4: residents' accounts are not credited";
        Refused: "law_5_refused", "五：不予支付时基金支付为零，并有理由", "law 5: refused, the funds pay nothing, and a rule is named";
        MoreNeverLowers: "law_6_more_never_lowers", "六：范围内费用多一元，基金支付不减", "law 6: one more yuan in scope never lowers what the funds pay";
        SettledAgain: "law_7_settled_again", "三、六、七：按当时政策重算，逐步相同", "laws 3, 6, 7: settled again under the policy of then, step by step the same";
        DecidedAgain: "decided_again", "缴费、划入、计息、结转、死亡清算按当时状态重算，金额相同", "premiums, credits, interest, roll-over and death decided again come to the same money";
        Mirrored: "law_8_mirrored", "八：冲正为原记录之镜像", "law 8: a reversal mirrors its entry";
        Once: "law_9_once", "九：同一请求只办理一次", "law 9: a request is carried out once";
        Reasons: "law_10_reasons", "十：每笔金额有依据", "law 10: every amount has its reason";
    }
}
