//! Shapes: the tables of pharmacies.

use super::Kind::{Digits, Json, Number, Text, Time};
use super::{Shape, Way, may, must};
use crate::wire::codes::care::MED_TYPE;
use crate::wire::codes::catalogue::{TCMDRUG_USED_WAY, TRDN_FLAG};
use crate::wire::codes::person::{INSUTYPE, MDTRT_CERT_TYPE};
use crate::wire::codes::settlement::ACCT_USED_FLAG;

/// 2101 input, `druginfo`.
pub static IN_2101_DRUGINFO: Shape = Shape {
    number: "2101",
    way: Way::In,
    node: "druginfo",
    list: false,
    fields: &[
        must("psn_no", "人员编号", Text(30)),
        must("mdtrt_cert_type", "就诊凭证类型", Text(3)).of(&MDTRT_CERT_TYPE),
        must("mdtrt_cert_no", "就诊凭证编号", Text(50)),
        may("card_sn", "卡识别码", Text(32)),
        must("psn_cert_type", "证件类型", Text(3)),
        must("certno", "证件号码", Text(20)),
        must("psn_type", "人员类别", Text(3)),
        must("psn_name", "人员姓名", Text(20)),
        must("begntime", "开始时间", Time),
        must("medfee_sumamt", "医疗费总额", Number(16, 2)),
        must("insutype", "险种类型", Text(6)).of(&INSUTYPE),
        may("dise_codg", "病种编码", Text(30)),
        may("dise_name", "病种名称", Text(500)),
        must("acct_used_flag", "个人账户使用标志", Text(1)).of(&ACCT_USED_FLAG),
        must("med_type", "医疗类别", Text(6)).of(&MED_TYPE),
        may("exp_content", "字段扩展", Json),
    ],
};

/// 2101 input, `drugdetail`.
pub static IN_2101_DRUGDETAIL: Shape = Shape {
    number: "2101",
    way: Way::In,
    node: "drugdetail",
    list: true,
    fields: &[
        must("feedetl_sn", "费用明细流水号", Digits(30)),
        may("rxno", "处方号", Text(30)),
        must("rx_circ_flag", "外购处方标志", Text(3)),
        must("fee_ocur_time", "费用发生时间", Time),
        must("med_list_codg", "医疗目录编码", Text(50)),
        must("medins_list_codg", "医药机构目录编码", Text(150)),
        must("det_item_fee_sumamt", "明细项目费用总额", Number(16, 2)),
        must("cnt", "数量", Number(16, 4)),
        must("pric", "单价", Number(16, 6)),
        may("sin_dos_dscr", "单次剂量描述", Text(200)),
        may("used_frqu_dscr", "使用频次描述", Text(200)),
        may("prd_days", "周期天数", Number(4, 2)),
        may("medc_way_dscr", "用药途径描述", Text(200)),
        may("bilg_dr_codg", "开单医生编码", Text(30)),
        may("bilg_dr_name", "开单医师姓名", Text(50)),
        may("tcmdrug_used_way", "中药使用方式", Text(6)).of(&TCMDRUG_USED_WAY),
        may("exp_content", "字段扩展", Json),
    ],
};

/// 2102 input, `druginfo`.
pub static IN_2102_DRUGINFO: Shape = Shape {
    number: "2102",
    way: Way::In,
    node: "druginfo",
    list: false,
    fields: &[
        must("psn_no", "人员编号", Text(30)),
        must("mdtrt_cert_type", "就诊凭证类型", Text(3)).of(&MDTRT_CERT_TYPE),
        must("mdtrt_cert_no", "就诊凭证编号", Text(50)),
        may("card_sn", "卡识别码", Text(32)),
        must("psn_cert_type", "证件类型", Text(3)),
        must("certno", "证件号码", Text(20)),
        must("psn_type", "人员类别", Text(3)),
        must("psn_name", "人员姓名", Text(20)),
        must("begntime", "开始时间", Time),
        must("medfee_sumamt", "医疗费总额", Number(16, 2)),
        may("invono", "发票号", Text(20)),
        must("insutype", "险种类型", Text(6)).of(&INSUTYPE),
        may("dise_codg", "病种编码", Text(30)),
        may("dise_name", "病种名称", Text(500)),
        must("acct_used_flag", "个人账户使用标志", Text(1)).of(&ACCT_USED_FLAG),
        must("med_type", "医疗类别", Text(6)).of(&MED_TYPE),
        may("exp_content", "字段扩展", Json),
    ],
};

/// 2102 input, `drugdetail`.
pub static IN_2102_DRUGDETAIL: Shape = Shape {
    number: "2102",
    way: Way::In,
    node: "drugdetail",
    list: true,
    fields: &[
        must("feedetl_sn", "费用明细流水号", Digits(30)),
        may("rxno", "处方号", Text(30)),
        must("rx_circ_flag", "外购处方标志", Text(3)),
        must("fee_ocur_time", "费用发生时间", Time),
        must("med_list_codg", "医疗目录编码", Text(50)),
        must("medins_list_codg", "医药机构目录编码", Text(150)),
        must("det_item_fee_sumamt", "明细项目费用总额", Number(16, 2)),
        must("cnt", "数量", Number(16, 4)),
        must("pric", "单价", Number(16, 6)),
        may("sin_dos_dscr", "单次剂量描述", Text(200)),
        may("used_frqu_dscr", "使用频次描述", Text(200)),
        may("prd_days", "周期天数", Number(4, 2)),
        may("medc_way_dscr", "用药途径描述", Text(200)),
        may("bilg_dr_codg", "开单医生编码", Text(30)),
        may("bilg_dr_name", "开单医师姓名", Text(50)),
        may("tcmdrug_used_way", "中药使用方式", Text(6)).of(&TCMDRUG_USED_WAY),
        may("exp_content", "字段扩展", Json),
        may("durg_trac_info", "追溯码节点信息", Json),
    ],
};

/// 2102 input, `durg_trac_info`.
pub static IN_2102_DURG_TRAC_INFO: Shape = Shape {
    number: "2102",
    way: Way::In,
    node: "durg_trac_info",
    list: true,
    fields: &[
        must("feedetl_sn", "费用明细流水号", Text(30)),
        must("drug_trac_codg", "药品追溯码", Text(100)),
        must("trdn_flag", "拆零标志", Text(3)).of(&TRDN_FLAG),
    ],
};

/// 2103 input, `data`.
pub static IN_2103_DATA: Shape = Shape {
    number: "2103",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("setl_id", "结算ID", Text(30)),
        must("mdtrt_id", "就诊ID", Text(30)),
        must("psn_no", "人员编号", Text(30)),
        may("exp_content", "字段扩展", Json),
    ],
};
