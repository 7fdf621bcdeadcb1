//! Shapes: the tables of a settlement, its funds and lines.

use super::Kind::{Json, Number, Text};
use super::{Shape, Way, may, must};
use crate::wire::codes::catalogue::{
    CHRGITM_LV, LIST_SP_ITEM_FLAG, LMT_USED_FLAG, MED_CHRGITM_TYPE,
};
use crate::wire::codes::settlement::FUND_PAY_TYPE;

/// 2101 output, `setldetail`.
pub static OUT_2101_SETLDETAIL: Shape = Shape {
    number: "2101",
    way: Way::Out,
    node: "setldetail",
    list: true,
    fields: &[
        must("fund_pay_type", "基金支付类型", Text(6)).of(&FUND_PAY_TYPE),
        must("inscp_scp_amt", "符合政策范围金额", Number(16, 2)),
        must("crt_payb_lmt_amt", "本次可支付限额金额", Number(16, 2)),
        must("fund_payamt", "基金支付金额", Number(16, 2)),
        may("fund_pay_type_name", "基金支付类型名称", Text(200)),
        may("setl_proc_info", "结算过程信息", Text(4000)),
    ],
};

/// 2102 output, `setldetail`.
pub static OUT_2102_SETLDETAIL: Shape = Shape {
    number: "2102",
    way: Way::Out,
    node: "setldetail",
    list: true,
    fields: &[
        must("fund_pay_type", "基金支付类型", Text(6)).of(&FUND_PAY_TYPE),
        must("inscp_scp_amt", "符合政策范围金额", Number(16, 2)),
        must("crt_payb_lmt_amt", "本次可支付限额金额", Number(16, 2)),
        must("fund_payamt", "基金支付金额", Number(16, 2)),
        may("fund_pay_type_name", "基金支付类型名称", Text(200)),
        may("setl_proc_info", "结算过程信息", Text(4000)),
    ],
};

/// 2103 output, `setldetail`.
pub static OUT_2103_SETLDETAIL: Shape = Shape {
    number: "2103",
    way: Way::Out,
    node: "setldetail",
    list: true,
    fields: &[
        must("fund_pay_type", "基金支付类型", Text(6)).of(&FUND_PAY_TYPE),
        must("inscp_scp_amt", "符合政策范围金额", Number(16, 2)),
        must("crt_payb_lmt_amt", "本次可支付限额金额", Number(16, 2)),
        must("fund_payamt", "基金支付金额", Number(16, 2)),
        may("fund_pay_type_name", "基金支付类型名称", Text(200)),
        may("setl_proc_info", "结算过程信息", Text(4000)),
    ],
};

/// 2206 output, `setldetail`.
pub static OUT_2206_SETLDETAIL: Shape = Shape {
    number: "2206",
    way: Way::Out,
    node: "setldetail",
    list: true,
    fields: &[
        must("fund_pay_type", "基金支付类型", Text(6)).of(&FUND_PAY_TYPE),
        must("inscp_scp_amt", "符合政策范围金额", Number(16, 2)),
        must("crt_payb_lmt_amt", "本次可支付限额金额", Number(16, 2)),
        must("fund_payamt", "基金支付金额", Number(16, 2)),
        may("fund_pay_type_name", "基金支付类型名称", Text(200)),
        may("setl_proc_info", "结算过程信息", Text(4000)),
    ],
};

/// 2207 output, `setldetail`.
pub static OUT_2207_SETLDETAIL: Shape = Shape {
    number: "2207",
    way: Way::Out,
    node: "setldetail",
    list: true,
    fields: &[
        must("fund_pay_type", "基金支付类型", Text(6)).of(&FUND_PAY_TYPE),
        must("inscp_scp_amt", "符合政策范围金额", Number(16, 2)),
        must("crt_payb_lmt_amt", "本次可支付限额金额", Number(16, 2)),
        must("fund_payamt", "基金支付金额", Number(16, 2)),
        may("fund_pay_type_name", "基金支付类型名称", Text(200)),
        may("setl_proc_info", "结算过程信息", Text(4000)),
    ],
};

/// 2208 output, `setldetail`.
pub static OUT_2208_SETLDETAIL: Shape = Shape {
    number: "2208",
    way: Way::Out,
    node: "setldetail",
    list: true,
    fields: &[
        must("fund_pay_type", "基金支付类型", Text(6)).of(&FUND_PAY_TYPE),
        must("inscp_scp_amt", "符合政策范围金额", Number(16, 2)),
        must("crt_payb_lmt_amt", "本次可支付限额金额", Number(16, 2)),
        must("fund_payamt", "基金支付金额", Number(16, 2)),
        may("fund_pay_type_name", "基金支付类型名称", Text(200)),
        may("setl_proc_info", "结算过程信息", Text(4000)),
    ],
};

/// 2303 output, `setldetail`.
pub static OUT_2303_SETLDETAIL: Shape = Shape {
    number: "2303",
    way: Way::Out,
    node: "setldetail",
    list: true,
    fields: &[
        must("fund_pay_type", "基金支付类型", Text(6)).of(&FUND_PAY_TYPE),
        must("inscp_scp_amt", "符合政策范围金额", Number(16, 2)),
        must("crt_payb_lmt_amt", "本次可支付限额金额", Number(16, 2)),
        must("fund_payamt", "基金支付金额", Number(16, 2)),
        may("fund_pay_type_name", "基金支付类型名称", Text(200)),
        may("setl_proc_info", "结算过程信息", Text(4000)),
    ],
};

/// 2304 output, `setldetail`.
pub static OUT_2304_SETLDETAIL: Shape = Shape {
    number: "2304",
    way: Way::Out,
    node: "setldetail",
    list: true,
    fields: &[
        must("fund_pay_type", "基金支付类型", Text(6)).of(&FUND_PAY_TYPE),
        must("inscp_scp_amt", "符合政策范围金额", Number(16, 2)),
        must("crt_payb_lmt_amt", "本次可支付限额金额", Number(16, 2)),
        must("fund_payamt", "基金支付金额", Number(16, 2)),
        may("fund_pay_type_name", "基金支付类型名称", Text(200)),
        may("setl_proc_info", "结算过程信息", Text(4000)),
    ],
};

/// 2305 output, `setldetail`.
pub static OUT_2305_SETLDETAIL: Shape = Shape {
    number: "2305",
    way: Way::Out,
    node: "setldetail",
    list: true,
    fields: &[
        must("fund_pay_type", "基金支付类型", Text(6)).of(&FUND_PAY_TYPE),
        must("inscp_scp_amt", "符合政策范围金额", Number(16, 2)),
        must("crt_payb_lmt_amt", "本次可支付限额金额", Number(16, 2)),
        must("fund_payamt", "基金支付金额", Number(16, 2)),
        may("fund_pay_type_name", "基金支付类型名称", Text(200)),
        may("setl_proc_info", "结算过程信息", Text(4000)),
    ],
};

/// 5203 output, `setldetail`.
pub static OUT_5203_SETLDETAIL: Shape = Shape {
    number: "5203",
    way: Way::Out,
    node: "setldetail",
    list: true,
    fields: &[
        must("fund_pay_type", "基金支付类型", Text(6)).of(&FUND_PAY_TYPE),
        must("inscp_scp_amt", "符合政策范围金额", Number(16, 2)),
        must("crt_payb_lmt_amt", "本次可支付限额金额", Number(16, 2)),
        must("fund_payamt", "基金支付金额", Number(16, 2)),
        may("fund_pay_type_name", "基金支付类型名称", Text(200)),
        may("setl_proc_info", "结算过程信息", Text(4000)),
    ],
};

/// 2101 output, `detlcutinfo`.
pub static OUT_2101_DETLCUTINFO: Shape = Shape {
    number: "2101",
    way: Way::Out,
    node: "detlcutinfo",
    list: true,
    fields: &[
        must("feedetl_sn", "费用明细流水号", Text(30)),
        must("det_item_fee_sumamt", "明细项目费用总额", Number(16, 2)),
        must("cnt", "数量", Number(16, 4)),
        must("pric", "单价", Number(16, 6)),
        must("pric_uplmt_amt", "定价上限金额", Number(16, 6)),
        may("selfpay_prop", "自付比例", Number(5, 4)),
        may("fulamt_ownpay_amt", "全自费金额", Number(16, 2)),
        may("overlmt_amt", "超限价金额", Number(16, 2)),
        may("preselfpay_amt", "先行自付金额", Number(16, 2)),
        may("inscp_scp_amt", "符合政策范围金额", Number(16, 2)),
        must("chrgitm_lv", "收费项目等级", Text(3)).of(&CHRGITM_LV),
        must("med_chrgitm_type", "医疗收费项目类别", Text(6)).of(&MED_CHRGITM_TYPE),
        may("bas_medn_flag", "基本药物标志", Text(3)),
        may("hi_nego_drug_flag", "医保谈判药品标志", Text(3)),
        may("chld_medc_flag", "儿童用药标志", Text(3)),
        may("list_sp_item_flag", "目录特项标志", Text(3)).of(&LIST_SP_ITEM_FLAG),
        may("drt_reim_flag", "直报标志", Text(3)),
        may("memo", "备注", Text(500)),
        may("hosp_part_amt", "医院负担金额", Number(16, 2)),
    ],
};

/// 2102 output, `detlcutinfo`.
pub static OUT_2102_DETLCUTINFO: Shape = Shape {
    number: "2102",
    way: Way::Out,
    node: "detlcutinfo",
    list: true,
    fields: &[
        must("feedetl_sn", "费用明细流水号", Text(30)),
        must("det_item_fee_sumamt", "明细项目费用总额", Number(16, 2)),
        must("cnt", "数量", Number(16, 4)),
        must("pric", "单价", Number(16, 6)),
        must("pric_uplmt_amt", "定价上限金额", Number(16, 6)),
        may("selfpay_prop", "自付比例", Number(5, 4)),
        may("fulamt_ownpay_amt", "全自费金额", Number(16, 2)),
        may("overlmt_amt", "超限价金额", Number(16, 2)),
        may("preselfpay_amt", "先行自付金额", Number(16, 2)),
        may("inscp_scp_amt", "符合政策范围金额", Number(16, 2)),
        must("chrgitm_lv", "收费项目等级", Text(3)).of(&CHRGITM_LV),
        must("med_chrgitm_type", "医疗收费项目类别", Text(6)).of(&MED_CHRGITM_TYPE),
        may("bas_medn_flag", "基本药物标志", Text(3)),
        may("hi_nego_drug_flag", "医保谈判药品标志", Text(3)),
        may("chld_medc_flag", "儿童用药标志", Text(3)),
        may("list_sp_item_flag", "目录特项标志", Text(3)).of(&LIST_SP_ITEM_FLAG),
        may("drt_reim_flag", "直报标志", Text(3)),
        may("memo", "备注", Text(500)),
    ],
};

/// 2204 output, `result`.
pub static OUT_2204_RESULT: Shape = Shape {
    number: "2204",
    way: Way::Out,
    node: "result",
    list: true,
    fields: &[
        must("feedetl_sn", "费用明细流水号", Text(30)),
        must("det_item_fee_sumamt", "明细项目费用总额", Number(16, 2)),
        must("cnt", "数量", Number(16, 4)),
        must("pric", "单价", Number(16, 6)),
        must("pric_uplmt_amt", "定价上限金额", Number(16, 6)),
        may("selfpay_prop", "自付比例", Number(5, 4)),
        may("fulamt_ownpay_amt", "全自费金额", Number(16, 2)),
        may("overlmt_amt", "超限价金额", Number(16, 2)),
        may("preselfpay_amt", "先行自付金额", Number(16, 2)),
        may("inscp_scp_amt", "符合政策范围金额", Number(16, 2)),
        must("chrgitm_lv", "收费项目等级", Text(3)).of(&CHRGITM_LV),
        must("med_chrgitm_type", "医疗收费项目类别", Text(6)).of(&MED_CHRGITM_TYPE),
        may("bas_medn_flag", "基本药物标志", Text(3)),
        may("hi_nego_drug_flag", "医保谈判药品标志", Text(3)),
        may("chld_medc_flag", "儿童用药标志", Text(3)),
        may("list_sp_item_flag", "目录特项标志", Text(3)).of(&LIST_SP_ITEM_FLAG),
        may("drt_reim_flag", "直报标志", Text(3)),
        may("memo", "备注", Text(500)),
        must("lmt_used_flag", "限制使用标志", Text(3)).of(&LMT_USED_FLAG),
        may("exp_content", "字段扩展", Json),
    ],
};

/// 2301 output, `result`.
pub static OUT_2301_RESULT: Shape = Shape {
    number: "2301",
    way: Way::Out,
    node: "result",
    list: true,
    fields: &[
        may("feedetl_sn", "费用明细流水号", Text(30)),
        must("det_item_fee_sumamt", "明细项目费用总额", Number(16, 2)),
        must("cnt", "数量", Number(16, 4)),
        must("pric", "单价", Number(16, 6)),
        must("pric_uplmt_amt", "定价上限金额", Number(16, 6)),
        may("selfpay_prop", "自付比例", Number(5, 4)),
        may("fulamt_ownpay_amt", "全自费金额", Number(16, 2)),
        may("overlmt_amt", "超限价金额", Number(16, 2)),
        may("preselfpay_amt", "先行自付金额", Number(16, 2)),
        may("inscp_scp_amt", "符合政策范围金额", Number(16, 2)),
        must("chrgitm_lv", "收费项目等级", Text(3)).of(&CHRGITM_LV),
        must("med_chrgitm_type", "医疗收费项目类别", Text(6)).of(&MED_CHRGITM_TYPE),
        may("bas_medn_flag", "基本药物标志", Text(3)),
        may("hi_nego_drug_flag", "医保谈判药品标志", Text(3)),
        may("chld_medc_flag", "儿童用药标志", Text(3)),
        may("list_sp_item_flag", "目录特项标志", Text(3)).of(&LIST_SP_ITEM_FLAG),
        may("drt_reim_flag", "直报标志", Text(3)),
        may("memo", "备注", Text(500)),
        must("lmt_used_flag", "限制使用标志", Text(3)).of(&LMT_USED_FLAG),
        may("exp_content", "字段扩展", Json),
    ],
};
