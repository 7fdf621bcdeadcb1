//! `Refusal`: every reason for which the funds pay nothing, in order of precedence, with stable numbers.

use crate::words::words;

words! {
    /// Why the funds pay nothing for a bill. The order is the order of precedence; see [`Refusal::number`].
    pub enum Refusal {
        CoverageSuspended: "coverage_suspended", "参保待遇因欠费暂停", "coverage is suspended for arrears";
        CoverageWaiting: "coverage_waiting", "参保待遇仍在等待期", "coverage is still in its waiting period";
        CoverageEnded: "coverage_ended", "参保关系已终止", "coverage has ended";
        NotInsured: "not_insured", "当日未参保", "not insured on the day";
        NotDesignated: "not_designated", "非定点医药机构，未经批准且非急诊", "the provider is not designated, care there was not approved and it was no emergency";
        Excluded: "excluded", "属于基金不予支付的情形", "the cause is one for which the fund does not pay";
    }
}

impl Refusal {
    /// A number that is never used again for another reason.
    #[must_use]
    pub const fn number(self) -> u16 {
        match self {
            Refusal::CoverageSuspended => 101,
            Refusal::CoverageWaiting => 102,
            Refusal::CoverageEnded => 103,
            Refusal::NotInsured => 104,
            Refusal::NotDesignated => 201,
            Refusal::Excluded => 301,
        }
    }
}
