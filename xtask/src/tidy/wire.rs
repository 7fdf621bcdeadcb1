//! The wire's words: field names of the NHSA interface, which live in `service`'s wire module alone.

use super::code::has_word;
use super::project::{Finding, Project};

/// Field names that cannot be mistaken for a word of ours; not the whole interface, but no message
/// of any weight does without one of them.
const FIELDS: &[&str] = &[
    // the envelope
    "infno",
    "infcode",
    "inf_refmsgid",
    "insuplc_admdvs",
    "mdtrtarea_admvs",
    "recer_sys_code",
    "fixmedins_code",
    "fixmedins_name",
    "opter_type",
    // the person
    "psn_no",
    "psn_name",
    "psn_type",
    "psn_cert_type",
    "mdtrt_cert_type",
    "mdtrt_cert_no",
    "certno",
    "insutype",
    "psn_insu_stas",
    "cvlserv_flag",
    "gend",
    "naty",
    "brdy",
    // the visit and its fee lines
    "mdtrt_id",
    "med_type",
    "ipt_otp_no",
    "dise_codg",
    "chrg_bchno",
    "feedetl_sn",
    "med_list_codg",
    "medins_list_codg",
    "chrgitm_lv",
    "det_item_fee_sumamt",
    "pric_uplmt_amt",
    "selfpay_prop",
    // the settlement
    "setl_id",
    "setl_time",
    "medins_setl_id",
    "medfee_sumamt",
    "fulamt_ownpay_amt",
    "overlmt_amt",
    "overlmt_selfpay",
    "preselfpay_amt",
    "inscp_scp_amt",
    "act_pay_dedc",
    "pool_prop_selfpay",
    "crt_payb_lmt_amt",
    "hifp_pay",
    "cvlserv_pay",
    "hifes_pay",
    "hifmi_pay",
    "hifob_pay",
    "hifdm_pay",
    "maf_pay",
    "oth_pay",
    "fund_pay_type",
    "fund_payamt",
    "fund_pay_sumamt",
    "psn_part_amt",
    "psn_cash_pay",
    "hosp_part_amt",
    "acct_pay",
    "acct_mulaid_pay",
    "balc",
    // clearing
    "clr_type",
    "clr_way",
    "clr_optins",
];
/// The module, and the tests that speak to it as institutions do.
const HOMES: [&str; 2] = ["crates/service/src/wire", "crates/service/tests/"];
const RULE: &str = "NHSA field names live in crates/service/src/wire alone, and in the messages of crates/service/tests";

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in project.files.iter().filter(|file| file.is_rust()) {
        if HOMES.iter().any(|home| file.path.starts_with(home)) || file.path == file!() {
            continue;
        }
        for (number, line) in file.lines() {
            if let Some(field) = FIELDS.iter().find(|field| has_word(line, field)) {
                findings.push(file.finding(number, format!("found `{field}`"), RULE));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::project::{of, places};
    use super::*;

    #[test]
    fn a_field_name_is_found_even_in_a_string_or_comment() {
        let project = of(&[
            (
                "crates/agency/src/desk.rs",
                "let hifp_pay = 1;\n// psn_no\n",
            ),
            ("crates/cli/tests/till.rs", "x[\"setl_id\"]"),
        ]);
        assert_eq!(
            places(&check(&project)),
            [
                "crates/agency/src/desk.rs:1",
                "crates/agency/src/desk.rs:2",
                "crates/cli/tests/till.rs:1",
            ]
        );
    }

    #[test]
    fn the_wire_module_the_glossary_and_the_data_of_the_load_may_have_them() {
        let project = of(&[
            ("crates/service/src/wire.rs", "hifp_pay"),
            ("crates/service/src/wire/fields.rs", "hifp_pay"),
            ("crates/service/tests/till.rs", "hifp_pay"),
            ("docs/glossary.md", "hifp_pay"),
            ("xtask/load/fields.txt", "hifp_pay"),
            ("crates/domain/src/fen.rs", "balance my_setl_id"),
        ]);
        assert_eq!(check(&project), []);
    }
}
