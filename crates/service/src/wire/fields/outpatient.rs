//! Shapes: the tables of outpatient visits.

use super::Kind::{Bytes, Day, Digits, Json, Number, Text, Time};
use super::{Shape, Way, may, must};
use crate::wire::codes::care::{BIRCTRL_TYPE, DIAG_TYPE, MED_TYPE};
use crate::wire::codes::catalogue::{HOSP_APPR_FLAG, TCMDRUG_USED_WAY};
use crate::wire::codes::person::{INSUTYPE, MDTRT_CERT_TYPE};
use crate::wire::codes::settlement::{ACCT_USED_FLAG, PSN_SETLWAY, VALI_FLAG};

/// 2201 input, `data`.
pub static IN_2201_DATA: Shape = Shape {
    number: "2201",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("psn_no", "人员编号", Text(30)),
        must("insutype", "险种类型", Text(6)).of(&INSUTYPE),
        must("begntime", "开始时间", Time),
        must("mdtrt_cert_type", "就诊凭证类型", Text(3)).of(&MDTRT_CERT_TYPE),
        must("mdtrt_cert_no", "就诊凭证编号", Text(50)),
        may("card_sn", "卡识别码", Text(32)),
        must("psn_cert_type", "证件类型", Text(3)),
        must("certno", "证件号码", Text(20)),
        must("psn_type", "人员类别", Text(3)),
        must("psn_name", "人员姓名", Text(20)),
        must("ipt_otp_no", "住院/门诊号", Text(30)),
        may("atddr_no", "医师编码", Text(30)),
        may("dr_name", "医师姓名", Text(50)),
        must("dept_code", "科室编码", Text(30)),
        must("dept_name", "科室名称", Text(100)),
        must("caty", "科别", Text(10)),
        may("exp_content", "字段扩展", Json),
    ],
};

/// 2201 output, `data`.
pub static OUT_2201_DATA: Shape = Shape {
    number: "2201",
    way: Way::Out,
    node: "data",
    list: false,
    fields: &[
        must("mdtrt_id", "就诊ID", Text(30)),
        must("psn_no", "人员编号", Text(30)),
        must("ipt_otp_no", "住院/门诊号", Text(30)),
        may("exp_content", "字段扩展", Json),
    ],
};

/// 2202 input, `data`.
pub static IN_2202_DATA: Shape = Shape {
    number: "2202",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("psn_no", "人员编号", Text(30)),
        must("mdtrt_id", "就诊ID", Text(30)),
        must("ipt_otp_no", "住院/门诊号", Text(30)),
        may("exp_content", "字段扩展", Json),
    ],
};

/// 2203 input, `mdtrtinfo`.
pub static IN_2203_MDTRTINFO: Shape = Shape {
    number: "2203",
    way: Way::In,
    node: "mdtrtinfo",
    list: false,
    fields: &[
        must("mdtrt_id", "就诊ID", Text(30)),
        must("psn_no", "人员编号", Text(30)),
        must("med_type", "医疗类别", Text(6)).of(&MED_TYPE),
        must("begntime", "开始时间", Time),
        may("main_cond_dscr", "主要病情描述", Text(1000)),
        may("dise_type_code", "病种类型代码", Text(30)),
        must("dise_codg", "病种编码", Text(30)),
        must("dise_name", "病种名称", Text(500)),
        may("birctrl_type", "计划生育手术类别", Text(6)).of(&BIRCTRL_TYPE),
        may("birctrl_matn_date", "计划生育手术或生育日期", Day),
        may("exp_content", "字段扩展", Json),
    ],
};

/// 2203 input, `diseinfo`.
pub static IN_2203_DISEINFO: Shape = Shape {
    number: "2203",
    way: Way::In,
    node: "diseinfo",
    list: true,
    fields: &[
        must("diag_type", "诊断类别", Text(3)).of(&DIAG_TYPE),
        must("diag_srt_no", "诊断排序号", Number(2, 0)),
        must("diag_code", "诊断代码", Text(20)),
        must("diag_name", "诊断名称", Text(100)),
        must("diag_dept", "诊断科室", Text(50)),
        must("dise_dor_no", "诊断医生编码", Text(30)),
        must("dise_dor_name", "诊断医生姓名", Text(50)),
        must("diag_time", "诊断时间", Time),
        must("vali_flag", "有效标志", Text(3)).of(&VALI_FLAG),
    ],
};

/// 2203A input, `mdtrtinfo`.
pub static IN_2203A_MDTRTINFO: Shape = Shape {
    number: "2203A",
    way: Way::In,
    node: "mdtrtinfo",
    list: false,
    fields: &[
        must("mdtrt_id", "就诊ID", Text(30)),
        must("psn_no", "人员编号", Text(30)),
        must("med_type", "医疗类别", Text(6)).of(&MED_TYPE),
        must("begntime", "开始时间", Time),
        may("main_cond_dscr", "主要病情描述", Text(1000)),
        may("dise_codg", "病种编码", Text(30)),
        may("dise_name", "病种名称", Text(500)),
        may("birctrl_type", "计划生育手术类别", Text(6)).of(&BIRCTRL_TYPE),
        may("birctrl_matn_date", "计划生育手术或生育日期", Day),
        may("matn_type", "生育类别", Text(6)),
        may("geso_val", "孕周数", Number(2, 0)),
        may("rxfixmedinsCode", "处方医药机构编码", Text(12)),
        may("rxfixmedinsName", "处方医药机构名称", Text(20)),
        may("rxIn", "文件数据", Bytes),
        may("rxfilename", "文件名", Text(200)),
        may("rxExpContent", "处方扩展字段", Json),
        may("exp_content", "字段扩展", Json),
    ],
};

/// 2203A input, `diseinfo`.
pub static IN_2203A_DISEINFO: Shape = Shape {
    number: "2203A",
    way: Way::In,
    node: "diseinfo",
    list: true,
    fields: &[
        must("diag_type", "诊断类别", Text(3)).of(&DIAG_TYPE),
        must("diag_srt_no", "诊断排序号", Number(2, 0)),
        must("diag_code", "诊断代码", Text(30)),
        must("diag_name", "诊断名称", Text(100)),
        must("diag_dept", "诊断科室", Text(50)),
        must("dise_dor_no", "诊断医生编码", Text(30)),
        must("dise_dor_name", "诊断医生姓名", Text(50)),
        must("diag_time", "诊断时间", Time),
        must("vali_flag", "有效标志", Text(3)).of(&VALI_FLAG),
    ],
};

/// 2204 input, `feedetail`.
pub static IN_2204_FEEDETAIL: Shape = Shape {
    number: "2204",
    way: Way::In,
    node: "feedetail",
    list: true,
    fields: &[
        must("feedetl_sn", "费用明细流水号", Digits(30)),
        must("mdtrt_id", "就诊ID", Text(30)),
        must("psn_no", "人员编号", Text(30)),
        must("chrg_bchno", "收费批次号", Text(30)),
        may("dise_codg", "病种编码", Text(30)),
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
        must("bilg_dept_codg", "开单科室编码", Text(30)),
        must("bilg_dept_name", "开单科室名称", Text(100)),
        must("bilg_dr_codg", "开单医生编码", Text(30)),
        must("bilg_dr_name", "开单医师姓名", Text(50)),
        may("acord_dept_codg", "受单科室编码", Text(30)),
        may("acord_dept_name", "受单科室名称", Text(100)),
        may("orders_dr_code", "受单医生编码", Text(30)),
        may("orders_dr_name", "受单医生姓名", Text(50)),
        must("hosp_appr_flag", "医院审批标志", Text(3)).of(&HOSP_APPR_FLAG),
        may("tcmdrug_used_way", "中药使用方式", Text(6)).of(&TCMDRUG_USED_WAY),
        may("etip_flag", "外检标志", Text(3)),
        may("etip_hosp_code", "外检医院编码", Text(30)),
        may("dscg_tkdrug_flag", "出院带药标志", Text(3)),
        may("matn_fee_flag", "生育费用标志", Text(6)),
        may("memo", "备注", Text(1000)),
        may("comb_no", "组套编码", Text(3)),
        may("exp_content", "字段扩展", Json),
    ],
};

/// 2205 input, `data`.
pub static IN_2205_DATA: Shape = Shape {
    number: "2205",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("mdtrt_id", "就诊ID", Text(30)),
        must("chrg_bchno", "收费批次号", Text(30)),
        must("psn_no", "人员编号", Text(30)),
        may("exp_content", "字段扩展", Json),
    ],
};

/// 2206 input, `data`.
pub static IN_2206_DATA: Shape = Shape {
    number: "2206",
    way: Way::In,
    node: "data",
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
        must("med_type", "医疗类别", Text(6)).of(&MED_TYPE),
        must("medfee_sumamt", "医疗费总额", Number(16, 2)),
        must("psn_setlway", "个人结算方式", Text(6)).of(&PSN_SETLWAY),
        must("mdtrt_id", "就诊ID", Text(30)),
        must("chrg_bchno", "收费批次号", Text(30)),
        must("acct_used_flag", "个人账户使用标志", Text(1)).of(&ACCT_USED_FLAG),
        must("insutype", "险种类型", Text(6)).of(&INSUTYPE),
        may("exp_content", "字段扩展", Json),
        may("pub_hosp_rfom_flag", "公立医院改革标志", Text(6)),
    ],
};

/// 2207 input, `data`.
pub static IN_2207_DATA: Shape = Shape {
    number: "2207",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("psn_no", "人员编号", Text(30)),
        must("mdtrt_cert_type", "就诊凭证类型", Text(3)).of(&MDTRT_CERT_TYPE),
        must("mdtrt_cert_no", "就诊凭证编号", Text(50)),
        may("card_sn", "卡识别码", Text(32)),
        must("psn_cert_type", "证件类型", Text(3)),
        must("certno", "证件号码", Text(20)),
        must("med_type", "医疗类别", Text(6)).of(&MED_TYPE),
        must("medfee_sumamt", "医疗费总额", Number(16, 2)),
        must("psn_setlway", "个人结算方式", Text(6)).of(&PSN_SETLWAY),
        must("mdtrt_id", "就诊ID", Text(30)),
        must("chrg_bchno", "收费批次号", Text(30)),
        must("insutype", "险种类型", Text(6)).of(&INSUTYPE),
        must("acct_used_flag", "个人账户使用标志", Text(1)).of(&ACCT_USED_FLAG),
        may("invono", "发票号", Text(20)),
        must("fulamt_ownpay_amt", "全自费金额", Number(16, 2)),
        must("overlmt_selfpay", "超限价金额", Number(16, 2)),
        must("preselfpay_amt", "先行自付金额", Number(16, 2)),
        must("inscp_scp_amt", "符合政策范围金额", Number(16, 2)),
        may("exp_content", "字段扩展", Json),
        may("pub_hosp_rfom_flag", "公立医院改革标志", Text(6)),
    ],
};

/// 2208 input, `data`.
pub static IN_2208_DATA: Shape = Shape {
    number: "2208",
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
