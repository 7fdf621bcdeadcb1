//! The provider of care as the bill tells it.

use crate::words::words;

words! {
    /// Kind of provider.
    pub enum FacilityKind {
        General: "general", "综合医院", "general hospital";
        Tcm: "tcm", "中医医院", "hospital of Chinese medicine";
        Psychiatric: "psychiatric", "精神专科医院", "psychiatric hospital";
        Clinic: "clinic", "诊所", "clinic";
        Pharmacy: "pharmacy", "药店", "pharmacy";
        HomeBed: "home_bed", "家庭病床", "home bed";
    }
}

/// A provider of care.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facility {
    /// What it is.
    pub kind: FacilityKind,
    /// Hospital level 3, 2, 1, or 0 for unrated.
    pub level: u8,
    /// A community health centre (社区卫生服务机构).
    pub community: bool,
    /// Local classes that a policy may name.
    pub tags: Vec<String>,
    /// A designated provider (定点).
    pub designated: bool,
    /// Care at a provider that is not designated was approved.
    pub approved: bool,
}
