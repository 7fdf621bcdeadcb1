//! `Disease`: the chronic diseases that the town knows, with the codes of the diagnosis.

use domain::words::Lang;

/// A chronic or special disease (门诊慢特病) by which a person is treated month by month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Disease {
    /// Hypertension.
    Hypertension,
    /// Diabetes.
    Diabetes,
    /// Coronary heart disease.
    Heart,
    /// Malignant tumour.
    Tumour,
    /// Renal failure under dialysis.
    Dialysis,
    /// Severe mental disorder.
    Mental,
}

impl Disease {
    /// All of them, in order.
    pub const ALL: &[Disease] = &[
        Disease::Hypertension,
        Disease::Diabetes,
        Disease::Heart,
        Disease::Tumour,
        Disease::Dialysis,
        Disease::Mental,
    ];

    /// As policy files spell it where they distinguish it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Disease::Hypertension => "hypertension",
            Disease::Diabetes => "diabetes",
            Disease::Heart => "heart",
            Disease::Tumour => "tumour",
            Disease::Dialysis => "dialysis",
            Disease::Mental => "mental",
        }
    }

    /// Its code in ICD-10, in the form of the national edition (疾病诊断分类与代码).
    #[must_use]
    pub const fn diagnosis(self) -> &'static str {
        match self {
            Disease::Hypertension => "I10.x00",
            Disease::Diabetes => "E11.900",
            Disease::Heart => "I25.100",
            Disease::Tumour => "C34.900",
            Disease::Dialysis => "N18.500",
            Disease::Mental => "F20.900",
        }
    }

    /// What people read.
    #[must_use]
    pub const fn name(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Disease::Hypertension => ("高血压", "hypertension"),
            Disease::Diabetes => ("糖尿病", "diabetes"),
            Disease::Heart => ("冠心病", "coronary heart disease"),
            Disease::Tumour => ("恶性肿瘤", "malignant tumour"),
            Disease::Dialysis => ("肾透析", "renal failure under dialysis"),
            Disease::Mental => ("重性精神疾病", "severe mental disorder"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}
