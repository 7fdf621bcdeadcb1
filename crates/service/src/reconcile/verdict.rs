//! What a verdict is called, and what is to be done about it: one table for the command, the page and machines.

use agency::domain::words::Lang;

use super::compare::{Outside, Verdict};

impl Verdict {
    /// As machines read it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Verdict::Equal => "equal",
            Verdict::Together => "together",
            Verdict::Amounts => "amounts",
            Verdict::Ids => "ids",
            Verdict::Several => "several",
            Verdict::Doubtful => "doubtful",
            Verdict::Missing => "missing",
            Verdict::Undone => "undone",
            Verdict::Unknown => "unknown",
            Verdict::NotTakenBack => "not_taken_back",
            Verdict::Repeated => "repeated",
            Verdict::Elsewhere(_) => "elsewhere",
        }
    }

    /// What it is, and what is to be done; `refund` is whether ours is one that was taken back. A table.
    #[must_use]
    pub const fn said(self, refund: bool, lang: Lang) -> (&'static str, &'static str) {
        let (what, to_do) = match self {
            Verdict::Equal | Verdict::Together => (("一致", "equal"), ("无需处理", "nothing")),
            Verdict::Amounts => (
                ("金额不一致", "the amounts differ"),
                (
                    "机构按中心金额更正，或撤销后重新结算",
                    "the institution corrects its amounts, or takes the bill back and settles again",
                ),
            ),
            Verdict::Ids => (
                ("金额一致，编号不一致", "the amounts agree, the ids differ"),
                ("机构按中心编号更正", "the institution corrects its ids"),
            ),
            Verdict::Several => (
                (
                    "中心有几笔可能与此行对应",
                    "several of ours may be this row",
                ),
                (
                    "机构补全结算编号后再核对",
                    "the institution names the settlement and compares again",
                ),
            ),
            Verdict::Doubtful => (
                (
                    "中心几笔之一，可能与机构某行对应",
                    "one of several of ours that may be a row of theirs",
                ),
                (
                    "先核实，再补记或冲正",
                    "look first, then book it or undo it",
                ),
            ),
            Verdict::Missing if refund => (
                ("中心已退费，机构无", "we took it back, they did not"),
                (
                    "机构补记退费",
                    "the institution books that it was taken back",
                ),
            ),
            Verdict::Missing => (
                ("中心有，机构无", "we have it, they lack it"),
                (
                    "机构补记；未实际发生的凭原报文冲正（2601）或撤销",
                    "the institution books it; if it did not happen, undoes it by its message (2601) or takes it back",
                ),
            ),
            Verdict::Undone => (
                (
                    "中心有结算和退费，机构均无",
                    "we have it and its refund, they lack both",
                ),
                (
                    "轧差为零，机构补记两笔",
                    "nothing remains of it; the institution books both",
                ),
            ),
            Verdict::Unknown => (
                ("机构有，中心无", "they have it, we lack it"),
                (
                    "核实是否结算成功；未成功的由机构重新结算",
                    "see whether it was ever settled; if not, the institution settles it",
                ),
            ),
            Verdict::NotTakenBack => (
                ("机构已退费，中心未退费", "they took it back, we did not"),
                (
                    "机构撤销该结算",
                    "the institution takes the settlement back here",
                ),
            ),
            Verdict::Repeated => (
                ("机构明细重复", "it stands twice in their rows"),
                ("机构删去重复行", "the institution removes one of them"),
            ),
            Verdict::Elsewhere(Outside::Time) => (
                (
                    "中心记录时间不在期间内",
                    "we recorded it outside the period",
                ),
                ("按中心记录日期归入", "the institution counts it on our day"),
            ),
            Verdict::Elsewhere(_) => (
                (
                    "中心归入其他险种或类别",
                    "we count it under another scheme, setting or kind",
                ),
                (
                    "按中心的险种和类别归入",
                    "the institution counts it as we do",
                ),
            ),
        };
        match lang {
            Lang::Zh => (what.0, to_do.0),
            Lang::En => (what.1, to_do.1),
        }
    }
}
