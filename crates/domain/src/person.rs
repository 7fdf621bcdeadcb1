//! The insured person as the bill tells it: status, age, identities, coverage.

use jiff::civil::Date;

use crate::bill::Scheme;
use crate::words::words;

words! {
    /// Status in the scheme.
    pub enum Status {
        Active: "active", "在职", "active";
        Retired: "retired", "退休", "retired";
        Flexible: "flexible", "灵活就业", "flexible worker";
        Resident: "resident", "居民", "resident";
    }
}

impl Status {
    /// The scheme that it belongs to.
    #[must_use]
    pub const fn scheme(self) -> Scheme {
        match self {
            Status::Active | Status::Retired | Status::Flexible => Scheme::Employee,
            Status::Resident => Scheme::Resident,
        }
    }
}

words! {
    /// Identities that a bill may name under every policy; a policy may name more.
    pub enum Identity {
        CivilServant: "civil_servant", "公务员", "civil servant";
        Subsistence: "subsistence", "低保对象", "on subsistence allowance";
        Destitute: "destitute", "特困人员", "destitute";
        LowIncomeMargin: "low_income_margin", "低保边缘家庭成员", "at the margin of low income";
        ImpoverishedByIllness: "impoverished_by_illness", "因病致贫", "impoverished by illness";
        Orphan: "orphan", "孤儿", "orphan";
        Disabled: "disabled", "残疾人员", "disabled";
        Veteran: "veteran", "优抚对象", "veteran";
        ModelWorker: "model_worker", "劳动模范", "model worker";
        EnterpriseSupplement: "enterprise_supplement", "参加企业补充医疗保险", "in an enterprise supplement";
        SignedDoctor: "signed_doctor", "签约家庭医生", "signed with a family doctor";
        Student: "student", "学生", "student";
        Child: "child", "少年儿童", "child";
        Elder: "elder", "老年居民", "elder";
    }
}

words! {
    /// State of the coverage on a day.
    pub enum CoverageState {
        InForce: "in_force", "正常参保", "in force";
        Suspended: "suspended", "欠费暂停", "suspended for arrears";
        Waiting: "waiting", "等待期", "waiting period";
        Ended: "ended", "终止参保", "ended";
        None: "none", "未参保", "not insured";
    }
}

/// A stretch of coverage; both days included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spell {
    /// First day.
    pub from: Date,
    /// Last day; open if absent.
    pub until: Option<Date>,
    /// The state in between.
    pub state: CoverageState,
}

/// Coverage over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// The same on every day.
    Always(CoverageState),
    /// By spells that do not overlap; a day in none of them is not insured.
    Spells(Vec<Spell>),
}

impl Coverage {
    /// The state on one day.
    #[must_use]
    pub fn on(&self, day: Date) -> CoverageState {
        match self {
            Coverage::Always(state) => *state,
            Coverage::Spells(spells) => spells
                .iter()
                .find(|s| s.from <= day && s.until.is_none_or(|until| day <= until))
                .map_or(CoverageState::None, |s| s.state),
        }
    }
}

/// An insured person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Status in the scheme.
    pub status: Status,
    /// Birth day, where known.
    pub birth: Option<Date>,
    /// Day of retirement, where known.
    pub retired: Option<Date>,
    /// What a policy may ask about: `civil_servant`, `subsistence`, `student` …
    pub identities: Vec<String>,
    /// Coverage over time.
    pub coverage: Coverage,
}
