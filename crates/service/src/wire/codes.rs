//! `Table`: one list of codes of the specification; the folder has them, a file for each subject.

pub mod care;
pub mod catalogue;
pub mod clearing;
pub mod institution;
pub mod person;
pub mod settlement;

#[cfg(test)]
mod tests;

/// The table of this name, whatever the case.
#[must_use]
pub fn table(name: &str) -> Option<&'static Table> {
    let named = |table: &&&'static Table| table.name.eq_ignore_ascii_case(name);
    ALL.iter().find(named).copied()
}

/// A list of codes.
#[derive(Debug)]
pub struct Table {
    /// As the interface calls it.
    pub name: &'static str,
    /// Its Chinese name.
    pub zh: &'static str,
    /// Each code with its Chinese name.
    pub rows: &'static [(&'static str, &'static str)],
}

impl Table {
    /// The Chinese name of a code.
    #[must_use]
    pub fn lookup(&self, code: &str) -> Option<&'static str> {
        let row = self.rows.iter().find(|(known, _)| *known == code);
        row.map(|(_, zh)| *zh)
    }

    /// Is it a code of the table, or one that other regions have in the same place?
    #[must_use]
    pub fn knows(&self, code: &str) -> bool {
        let beside = BESIDE.iter().find(|(name, _)| *name == self.name);
        self.lookup(code).is_some() || beside.is_some_and(|(_, codes)| codes.contains(&code))
    }
}

/// Codes that the tables leave out and that are sent all the same: those of the country's baseline, and those of
/// other regions.
const BESIDE: &[(&str, &[&str])] = &[
    (
        "med_type",
        &[
            "12", "15", "16", "21", "23", "24", "25", "26", "27", "29", "61", "81", "3101", "3102",
            "140104", "140201", "5212", "9107", "990404",
        ],
    ),
    ("mdtrt_cert_type", &["99"]),
    ("opter_type", &["2", "3"]),
    (
        "psn_type",
        &["14", "1101", "1102", "1201", "1560", "116032"],
    ),
    ("fund_pay_type", &["310201", "330101"]),
    ("insutype", &["39999"]),
];

/// Every table, in the order of the specification.
pub static ALL: &[&Table] = &[
    &person::INSUTYPE,
    &care::MED_TYPE,
    &person::MDTRT_CERT_TYPE,
    &person::PSN_CERT_TYPE,
    &person::PSN_TYPE,
    &person::PSN_INSU_STAS,
    &person::GEND,
    &person::CVLSERV_FLAG,
    &person::PSN_IDET_TYPE,
    &person::MAT_IDET_CODE,
    &person::DISA_LV,
    &institution::FIXMEDINS_TYPE,
    &institution::HOSP_LV,
    &institution::DEDC_HOSP_LV,
    &institution::LMTPRIC_HOSP_LV,
    &institution::HI_SETL_LV,
    &catalogue::HILIST_LMTPRC_TYPE,
    &catalogue::CHRGITM_LV,
    &catalogue::MED_CHRGITM_TYPE,
    &catalogue::LIST_TYPE,
    &catalogue::HILIST_TYPE,
    &catalogue::LMT_USED_FLAG,
    &catalogue::HOSP_APPR_FLAG,
    &catalogue::LIST_SP_ITEM_FLAG,
    &catalogue::SELFPAY_PROP_PSN_TYPE,
    &catalogue::SELFPAY_PROP_TYPE,
    &catalogue::MED_USE_FLAG,
    &catalogue::MATN_USED_FLAG,
    &catalogue::LMT_CPND_TYPE,
    &settlement::PSN_SETLWAY,
    &settlement::ACCT_USED_FLAG,
    &settlement::MID_SETL_FLAG,
    &settlement::REFD_SETL_FLAG,
    &settlement::FIXMEDINS_REFD_SETL_FLAG,
    &settlement::TRANSACTION_TYPE,
    &settlement::FUND_PAY_TYPE,
    &clearing::CLR_TYPE,
    &clearing::CLR_WAY,
    &clearing::PAY_LOC,
    &clearing::STMT_RSLT,
    &clearing::HI_PAYMTD,
    &settlement::HI_FEESETL_TYPE,
    &settlement::REIM_FLAG,
    &settlement::OUT_FLAG,
    &settlement::OUT_TYPE,
    &settlement::TRT_CHK_TYPE,
    &settlement::TRT_ENJYMNT_FLAG,
    &care::DIAG_TYPE,
    &care::INOUT_DIAG_TYPE,
    &care::MAINDIAG_FLAG,
    &care::ADM_WAY,
    &care::DSCG_WAY,
    &care::INHOSP_STAS,
    &care::ADM_COND_TYPE,
    &care::MATN_TYPE,
    &care::BIRCTRL_TYPE,
    &person::NWB_FLAG,
    &catalogue::TRDN_FLAG,
    &catalogue::TCMDRUG_USED_WAY,
    &person::OPTER_TYPE,
    &person::AGNTER_RLTS,
    &settlement::BIZ_APPY_TYPE,
    &catalogue::INV_CHG_TYPE,
    &person::MAF_PSN_FLAG,
    &settlement::VALI_FLAG,
    &person::MDTRT_GRP_TYPE,
    &care::IPT_TYPE,
    &care::OTP_ER_REFL_FLAG,
    &settlement::POL_ITEM_CODE,
    &settlement::ACP_STAS,
];
