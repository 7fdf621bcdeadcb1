//! What some acts say in several values: how a visit is settled, what is returned.

use domain::setting::Setting;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::word;

/// A part of a fee line that is returned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returning {
    /// The institution's own number of the line.
    pub of: String,
    /// How many, in ten-thousandths.
    pub quantity: u64,
    /// Its amount, in fen; worked out if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<u64>,
    /// The institution's own number of the return.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// What the institution says beside it, word for word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// How a visit is settled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settling {
    /// The visit.
    pub visit: u64,
    /// A batch of an outpatient visit; all that is open if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
    /// An interim settlement: the stay goes on after this day.
    pub interim: Option<Date>,
    /// The person does not let the accounts be used.
    pub spare_account: bool,
    /// Relatives' grants are not used.
    #[serde(default, skip_serializing_if = "crate::record::care::is_false")]
    pub spare_family: bool,
    /// An estimate while the patient is still in hospital, as if discharged on this day; only for a trial.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_if_discharged: Option<Date>,
    /// The setting, where nobody has told it before; it may not tell a stay from an outpatient visit otherwise than the visit does.
    #[serde(
        default,
        with = "word::option",
        skip_serializing_if = "Option::is_none"
    )]
    pub setting: Option<Setting>,
    /// The institution's own word for the kind of care, where nobody has told it before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called: Option<String>,
    /// What the institution says that the lines come to, in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated: Option<u64>,
}
