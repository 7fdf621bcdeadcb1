//! `Refusal`: why a message was not carried out: by its form, by the agency, or by the door.

use agency::Refused;
use agency::domain::words::Lang;

use super::read::Fault;

/// Why a message was not carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Fields break rules.
    Form(Vec<Fault>),
    /// The agency refuses.
    Agency(Refused),
    /// The door refuses.
    Door(Denial),
}

/// A refusal of the door's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denial {
    /// A stable code for machines.
    pub code: &'static str,
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Refusal {
        Refusal::Agency(refused)
    }
}

impl Refusal {
    /// A refusal of the door's own.
    #[must_use]
    pub fn door(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Refusal {
        let (zh, en) = (zh.into(), en.into());
        Refusal::Door(Denial { code, zh, en })
    }

    /// A stable code for the log.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::Form(_) => "form",
            Refusal::Agency(refused) => refused.code(),
            Refusal::Door(denial) => denial.code,
        }
    }

    /// What the cashier reads. With `detail`, all that is known, for whoever builds the program that sent it.
    #[must_use]
    pub fn told(&self, detail: bool) -> String {
        match self {
            Refusal::Form(faults) if detail => {
                let told: Vec<String> = faults.iter().map(Fault::zh).collect();
                told.join("；")
            }
            Refusal::Form(faults) => faults.first().map(Fault::zh).unwrap_or_default(),
            Refusal::Agency(refused) => {
                let zh = refused.describe(Lang::Zh);
                match (detail, hint(refused)) {
                    (true, Some(hint)) => format!("{zh}。{hint}[{}]", refused.code()),
                    _ => zh,
                }
            }
            Refusal::Door(denial) if detail => format!("{}[{}]", denial.zh, denial.code),
            Refusal::Door(denial) => denial.zh.clone(),
        }
    }

    /// In English, for the log and the page of a message.
    #[must_use]
    pub fn english(&self) -> String {
        match self {
            Refusal::Form(faults) => {
                let told: Vec<String> = faults.iter().map(Fault::en).collect();
                told.join("; ")
            }
            Refusal::Agency(refused) => refused.describe(Lang::En),
            Refusal::Door(denial) => denial.en.clone(),
        }
    }

    /// Nobody knows whether it was carried out: the sender asks again, or takes it back.
    #[must_use]
    pub const fn is_unknown(&self) -> bool {
        matches!(self, Refusal::Agency(Refused::Unavailable(_)))
    }
}

/// What an integration engineer does about it. A table.
const fn hint(refused: &Refused) -> Option<&'static str> {
    match refused {
        Refused::NoPerson(_) => Some("请先用1101取得人员编号"),
        Refused::NoVisit(_) => Some("请使用2201或2401返回的就诊ID；只能操作本机构的就诊"),
        Refused::NotDischarged(_) => Some("请先用2402办理出院，或以中途结算标志1结算"),
        Refused::VisitSettled(_) => Some("请先用2208或2305撤销结算"),
        Refused::LinesLeft(_) => Some("请先用2302撤销费用"),
        Refused::BatchSettled(..) => Some("请先用2208撤销该批次的结算，或换用新的收费批次号"),
        Refused::NoBatch(..) => Some("请核对收费批次号，或先用2204上传费用"),
        Refused::NoLines(_) => Some("请先用2204或2301上传费用"),
        Refused::OtherTotal(..) => Some("请核对已上传的明细，或撤销后重新上传"),
        Refused::NotLatest(..) => Some("请按结算的相反顺序撤销"),
        Refused::KeyReused(_) => Some("每笔业务使用新的msgid；重发时内容须完全相同"),
        Refused::Forestalled(_) => Some("请用新的msgid重新发起"),
        Refused::OtherScheme(..) => Some("请使用1101返回的险种类型"),
        Refused::NoInstitution(_) => Some("请核对机构编号，可用1201查询"),
        Refused::Busy | Refused::Unavailable(_) => Some("稍后以相同的msgid重发"),
        _ => None,
    }
}
