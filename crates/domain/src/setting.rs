//! `Setting`: the setting of care, by which rules and the year's sums go.

use crate::words::words;

words! {
    /// Setting of care (医疗类别).
    pub enum Setting {
        Outpatient: "outpatient", "普通门诊", "outpatient";
        Inpatient: "inpatient", "住院", "inpatient";
        Pharmacy: "pharmacy", "药店购药", "pharmacy";
        Chronic: "chronic", "门诊慢特病", "chronic or special disease outpatient";
        Emergency: "emergency", "急诊", "emergency";
    }
}
