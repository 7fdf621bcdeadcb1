//! Shapes: the tables of stays in hospital.

use super::Kind::{Day, Digits, Json, Number, Text, Time};
use super::{Shape, Way, may, must};
use crate::wire::codes::care::{
    BIRCTRL_TYPE, DIAG_TYPE, DSCG_WAY, MAINDIAG_FLAG, MATN_TYPE, MED_TYPE,
};
use crate::wire::codes::catalogue::{HOSP_APPR_FLAG, TCMDRUG_USED_WAY};
use crate::wire::codes::person::{INSUTYPE, MDTRT_CERT_TYPE};
use crate::wire::codes::settlement::{ACCT_USED_FLAG, MID_SETL_FLAG, PSN_SETLWAY};

/// 2401 input, `mdtrtinfo`.
pub static IN_2401_MDTRTINFO: Shape = Shape {
    number: "2401",
    way: Way::In,
    node: "mdtrtinfo",
    list: false,
    fields: &[
        must("psn_no", "人员编号", Text(30)),
        must("insutype", "险种类型", Text(6)).of(&INSUTYPE),
        may("coner_name", "联系人姓名", Text(50)),
        may("tel", "联系电话", Text(50)),
        must("begntime", "开始时间", Time),
        must("mdtrt_cert_type", "就诊凭证类型", Text(3)).of(&MDTRT_CERT_TYPE),
        may("mdtrt_cert_no", "就诊凭证编号", Text(50)),
        may("card_sn", "卡识别码", Text(32)),
        must("cert_type", "证件类型", Text(3)),
        must("certno", "证件号码", Text(20)),
        must("med_type", "医疗类别", Text(6)).of(&MED_TYPE),
        must("ipt_no", "住院号", Text(30)),
        may("medrcdno", "病历号", Text(30)),
        must("atddr_no", "主治医生编码", Text(30)),
        must("chfpdr_name", "主诊医师姓名", Text(50)),
        must("adm_diag_dscr", "入院诊断描述", Text(200)),
        must("adm_dept_codg", "入院科室编码", Text(30)),
        must("adm_dept_name", "入院科室名称", Text(100)),
        must("adm_bed", "入院床位", Text(30)),
        must("dscg_maindiag_code", "住院主诊断代码", Text(20)),
        must("dscg_maindiag_name", "住院主诊断名称", Text(300)),
        may("main_cond_dscr", "主要病情描述", Text(1000)),
        may("dise_codg", "病种编码", Text(30)),
        may("dise_name", "病种名称", Text(500)),
        may("oprn_oprt_code", "手术操作代码", Text(30)),
        may("oprn_oprt_name", "手术操作名称", Text(500)),
        may("fpsc_no", "计划生育服务证号", Text(50)),
        may("matn_type", "生育类别", Text(6)).of(&MATN_TYPE),
        may("birctrl_type", "计划生育手术类别", Text(6)).of(&BIRCTRL_TYPE),
        may("latechb_flag", "晚育标志", Text(3)),
        may("geso_val", "孕周数", Number(2, 0)),
        may("fetts", "胎次", Number(3, 0)),
        may("fetus_cnt", "胎儿数", Number(3, 0)),
        may("pret_flag", "早产标志", Text(3)),
        may("birctrl_matn_date", "计划生育手术或生育日期", Day),
        may("dise_type_code", "病种类型", Text(6)),
        may("exp_content", "字段扩展", Json),
        must("insuplc_admdvs", "参保地医保区划", Text(6)),
        must("mdtrtarea_admvs", "就医地医保区划", Text(6)),
    ],
};

/// 2401 input, `diseinfo`.
pub static IN_2401_DISEINFO: Shape = Shape {
    number: "2401",
    way: Way::In,
    node: "diseinfo",
    list: true,
    fields: &[
        must("psn_no", "人员编号", Text(30)),
        must("diag_type", "诊断类别", Text(3)).of(&DIAG_TYPE),
        must("maindiag_flag", "主诊断标志", Text(3)).of(&MAINDIAG_FLAG),
        must("diag_srt_no", "诊断排序号", Number(2, 0)),
        must("diag_code", "诊断代码", Text(20)),
        must("diag_name", "诊断名称", Text(100)),
        may("adm_cond", "入院病情", Text(500)),
        must("diag_dept", "诊断科室", Text(50)),
        must("dise_dor_no", "诊断医生编码", Text(30)),
        must("dise_dor_name", "诊断医生姓名", Text(50)),
        must("diag_time", "诊断时间", Time),
    ],
};

/// 2401 output, `result`.
pub static OUT_2401_RESULT: Shape = Shape {
    number: "2401",
    way: Way::Out,
    node: "result",
    list: false,
    fields: &[
        must("mdtrt_id", "就诊ID", Text(30)),
        may("exp_content", "字段扩展", Json),
    ],
};

/// 2403 input, `adminfo`.
pub static IN_2403_ADMINFO: Shape = Shape {
    number: "2403",
    way: Way::In,
    node: "adminfo",
    list: false,
    fields: &[
        must("mdtrt_id", "就诊ID", Text(30)),
        must("psn_no", "人员编号", Text(30)),
        may("coner_name", "联系人姓名", Text(50)),
        may("tel", "联系电话", Text(50)),
        must("begntime", "开始时间", Time),
        may("endtime", "结束时间", Time),
        must("mdtrt_cert_type", "就诊凭证类型", Text(3)).of(&MDTRT_CERT_TYPE),
        must("med_type", "医疗类别", Text(6)).of(&MED_TYPE),
        must("ipt_otp_no", "住院/门诊号", Text(30)),
        may("medrcdno", "病历号", Text(30)),
        must("atddr_no", "主治医生编码", Text(30)),
        must("chfpdr_name", "主诊医师姓名", Text(50)),
        must("adm_diag_dscr", "入院诊断描述", Text(200)),
        must("adm_dept_codg", "入院科室编码", Text(30)),
        must("adm_dept_name", "入院科室名称", Text(100)),
        must("adm_bed", "入院床位", Text(30)),
        must("dscg_maindiag_code", "住院主诊断代码", Text(20)),
        must("dscg_maindiag_name", "住院主诊断名称", Text(300)),
        may("main_cond_dscr", "主要病情描述", Text(1000)),
        may("dise_codg", "病种编码", Text(30)),
        may("dise_name", "病种名称", Text(500)),
        may("oprn_oprt_code", "手术操作代码", Text(30)),
        may("oprn_oprt_name", "手术操作名称", Text(500)),
        may("fpsc_no", "计划生育服务证号", Text(50)),
        may("matn_type", "生育类别", Text(6)).of(&MATN_TYPE),
        may("birctrl_type", "计划生育手术类别", Text(6)).of(&BIRCTRL_TYPE),
        may("latechb_flag", "晚育标志", Text(3)),
        may("geso_val", "孕周数", Number(2, 0)),
        may("fetts", "胎次", Number(3, 0)),
        may("fetus_cnt", "胎儿数", Number(3, 0)),
        may("pret_flag", "早产标志", Text(3)),
        may("birctrl_matn_date", "计划生育手术或生育日期", Day),
        may("dise_type_code", "病种编号", Text(6)),
        may("exp_content", "字段扩展", Json),
        may("ttp_pay_prop", "第三方自付比例", Number(5, 4)),
    ],
};

/// 2403 input, `diseinfo`.
pub static IN_2403_DISEINFO: Shape = Shape {
    number: "2403",
    way: Way::In,
    node: "diseinfo",
    list: true,
    fields: &[
        must("mdtrt_id", "就诊ID", Text(30)),
        must("psn_no", "人员编号", Text(30)),
        must("diag_type", "诊断类别", Text(3)).of(&DIAG_TYPE),
        must("maindiag_flag", "主诊断标志", Text(3)).of(&MAINDIAG_FLAG),
        must("diag_srt_no", "诊断排序号", Number(2, 0)),
        must("diag_code", "诊断代码", Text(20)),
        must("diag_name", "诊断名称", Text(100)),
        may("adm_cond", "入院病情", Text(500)),
        must("diag_dept", "诊断科室", Text(50)),
        must("dise_dor_no", "诊断医生编码", Text(30)),
        must("dise_dor_name", "诊断医生姓名", Text(50)),
        must("diag_time", "诊断时间", Time),
    ],
};

/// 2301 input, `feedetail`.
pub static IN_2301_FEEDETAIL: Shape = Shape {
    number: "2301",
    way: Way::In,
    node: "feedetail",
    list: true,
    fields: &[
        must("feedetl_sn", "费用明细流水号", Digits(30)),
        may("init_feedetl_sn", "原费用流水号", Text(30)),
        must("mdtrt_id", "就诊ID", Text(30)),
        may("drord_no", "医嘱号", Text(30)),
        must("psn_no", "人员编号", Text(30)),
        must("med_type", "医疗类别", Text(6)).of(&MED_TYPE),
        must("fee_ocur_time", "费用发生时间", Time),
        must("med_list_codg", "医疗目录编码", Text(50)),
        must("medins_list_codg", "医药机构目录编码", Text(150)),
        must("det_item_fee_sumamt", "明细项目费用总额", Number(16, 2)),
        must("cnt", "数量", Number(16, 4)),
        must("pric", "单价", Number(16, 6)),
        must("bilg_dept_codg", "开单科室编码", Text(30)),
        must("bilg_dept_name", "开单科室名称", Text(100)),
        must("bilg_dr_codg", "开单医生编码", Text(30)),
        must("bilg_dr_name", "开单医师姓名", Text(50)),
        may("acord_dept_codg", "受单科室编码", Text(30)),
        may("acord_dept_name", "受单科室名称", Text(100)),
        may("orders_dr_code", "受单医生编码", Text(30)),
        may("orders_dr_name", "受单医生姓名", Text(50)),
        may("hosp_appr_flag", "医院审批标志", Text(3)).of(&HOSP_APPR_FLAG),
        may("tcmdrug_used_way", "中药使用方式", Text(6)).of(&TCMDRUG_USED_WAY),
        may("etip_flag", "外检标志", Text(3)),
        may("etip_hosp_code", "外检医院编码", Text(30)),
        may("dscg_tkdrug_flag", "出院带药标志", Text(3)),
        may("matn_fee_flag", "生育费用标志", Text(6)),
        may("memo", "备注", Text(500)),
        may("comb_no", "组套编号", Text(3)),
        may("exp_content", "字段扩展", Json),
    ],
};

/// 2302 input, `data`.
pub static IN_2302_DATA: Shape = Shape {
    number: "2302",
    way: Way::In,
    node: "data",
    list: true,
    fields: &[
        must("feedetl_sn", "费用明细流水号", Text(30)),
        must("mdtrt_id", "就诊ID", Text(30)),
        must("psn_no", "人员编号", Text(30)),
        may("exp_content", "字段扩展", Json),
    ],
};

/// 2402 input, `dscginfo`.
pub static IN_2402_DSCGINFO: Shape = Shape {
    number: "2402",
    way: Way::In,
    node: "dscginfo",
    list: false,
    fields: &[
        must("mdtrt_id", "就诊ID", Text(30)),
        must("psn_no", "人员编号", Text(30)),
        must("insutype", "险种类型", Text(6)).of(&INSUTYPE),
        must("endtime", "结束时间", Time),
        may("dise_codg", "病种编码", Text(30)),
        may("dise_name", "病种名称", Text(500)),
        may("oprn_oprt_code", "手术操作代码", Text(30)),
        may("oprn_oprt_name", "手术操作名称", Text(500)),
        may("fpsc_no", "计划生育服务证号", Text(50)),
        may("matn_type", "生育类别", Text(6)).of(&MATN_TYPE),
        may("birctrl_type", "计划生育手术类别", Text(6)).of(&BIRCTRL_TYPE),
        may("latechb_flag", "晚育标志", Text(3)),
        may("geso_val", "孕周数", Number(2, 0)),
        may("fetts", "胎次", Number(3, 0)),
        may("fetus_cnt", "胎儿数", Number(3, 0)),
        may("pret_flag", "早产标志", Text(3)),
        may("birctrl_matn_date", "计划生育手术或生育日期", Day),
        may("cop_flag", "伴有并发症标志", Text(3)),
        must("dscg_dept_codg", "出院科室编码", Text(30)),
        must("dscg_dept_name", "出院科室名称", Text(100)),
        may("dscg_bed", "出院床位", Text(30)),
        must("dscg_way", "离院方式", Text(3)).of(&DSCG_WAY),
        may("die_date", "死亡日期", Day),
        may("exp_content", "字段扩展", Json),
    ],
};

/// 2402 input, `diseinfo`.
pub static IN_2402_DISEINFO: Shape = Shape {
    number: "2402",
    way: Way::In,
    node: "diseinfo",
    list: true,
    fields: &[
        must("mdtrt_id", "就诊ID", Text(30)),
        must("psn_no", "人员编号", Text(30)),
        must("diag_type", "诊断类别", Text(3)).of(&DIAG_TYPE),
        must("maindiag_flag", "主诊断标志", Text(3)).of(&MAINDIAG_FLAG),
        must("diag_srt_no", "诊断排序号", Number(2, 0)),
        must("diag_code", "诊断代码", Text(20)),
        must("diag_name", "诊断名称", Text(100)),
        must("diag_dept", "诊断科室", Text(50)),
        must("dise_dor_no", "诊断医生编码", Text(30)),
        must("dise_dor_name", "诊断医生姓名", Text(50)),
        must("diag_time", "诊断时间", Time),
    ],
};

/// 2303 input, `data`.
pub static IN_2303_DATA: Shape = Shape {
    number: "2303",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("psn_no", "人员编号", Text(30)),
        must("mdtrt_cert_type", "就诊凭证类型", Text(3)).of(&MDTRT_CERT_TYPE),
        may("mdtrt_cert_no", "就诊凭证编号", Text(50)),
        may("card_sn", "卡识别码", Text(32)),
        must("psn_cert_type", "证件类型", Text(3)),
        must("certno", "证件号码", Text(20)),
        must("psn_type", "人员类别", Text(3)),
        must("psn_name", "人员姓名", Text(20)),
        must("medfee_sumamt", "医疗费总额", Number(16, 2)),
        must("psn_setlway", "个人结算方式", Text(6)).of(&PSN_SETLWAY),
        must("mdtrt_id", "就诊ID", Text(30)),
        may("acct_used_flag", "个人账户使用标志", Text(1)).of(&ACCT_USED_FLAG),
        must("insutype", "险种类型", Text(6)).of(&INSUTYPE),
        must("mid_setl_flag", "中途结算标志", Text(3)).of(&MID_SETL_FLAG),
        may("fulamt_ownpay_amt", "全自费金额", Number(16, 2)),
        may("overlmt_selfpay", "超限价金额", Number(16, 2)),
        may("preselfpay_amt", "先行自付金额", Number(16, 2)),
        may("inscp_scp_amt", "符合政策范围金额", Number(16, 2)),
        may("dscgTime", "出院时间", Day),
        must("insuplc_admdvs", "参保地医保区划", Text(6)),
        must("mdtrtarea_admvs", "就医地医保区划", Text(6)),
        may("exp_content", "字段扩展", Json),
    ],
};

/// 2304 input, `data`.
pub static IN_2304_DATA: Shape = Shape {
    number: "2304",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("psn_no", "人员编号", Text(30)),
        must("mdtrt_cert_type", "就诊凭证类型", Text(3)).of(&MDTRT_CERT_TYPE),
        may("mdtrt_cert_no", "就诊凭证编号", Text(50)),
        may("card_sn", "卡识别码", Text(32)),
        must("psn_cert_type", "证件类型", Text(3)),
        must("certno", "证件号码", Text(20)),
        must("psn_type", "人员类别", Text(3)),
        must("psn_name", "人员姓名", Text(20)),
        must("medfee_sumamt", "医疗费总额", Number(16, 2)),
        must("psn_setlway", "个人结算方式", Text(6)).of(&PSN_SETLWAY),
        must("mdtrt_id", "就诊ID", Text(30)),
        must("insutype", "险种类型", Text(6)).of(&INSUTYPE),
        must("acct_used_flag", "个人账户使用标志", Text(1)).of(&ACCT_USED_FLAG),
        must("insuplc_admdvs", "参保地医保区划", Text(6)),
        must("mdtrtarea_admvs", "就医地医保区划", Text(6)),
        may("invono", "发票号", Text(20)),
        must("mid_setl_flag", "中途结算标志", Text(3)).of(&MID_SETL_FLAG),
        may("fulamt_ownpay_amt", "全自费金额", Number(16, 2)),
        may("overlmt_selfpay", "超限价金额", Number(16, 2)),
        may("preselfpay_amt", "先行自付金额", Number(16, 2)),
        may("inscp_scp_amt", "符合政策范围金额", Number(16, 2)),
        may("dscgTime", "出院时间", Day),
        may("exp_content", "字段扩展", Json),
    ],
};

/// 2305 input, `data`.
pub static IN_2305_DATA: Shape = Shape {
    number: "2305",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("mdtrt_id", "就诊ID", Text(30)),
        must("setl_id", "结算ID", Text(30)),
        must("psn_no", "人员编号", Text(30)),
        may("exp_content", "字段扩展", Json),
    ],
};

/// 2404 input, `data`.
pub static IN_2404_DATA: Shape = Shape {
    number: "2404",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("mdtrt_id", "就诊ID", Text(30)),
        must("psn_no", "人员编号", Text(30)),
        may("exp_content", "字段扩展", Json),
    ],
};

/// 2405 input, `data`.
pub static IN_2405_DATA: Shape = Shape {
    number: "2405",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("mdtrt_id", "就诊ID", Text(30)),
        must("psn_no", "人员编号", Text(30)),
        may("exp_content", "字段扩展", Json),
    ],
};

/// 2306 input, `data`.
pub static IN_2306_DATA: Shape = Shape {
    number: "2306",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("mdtrt_id", "就诊ID", Text(30)),
        must("bkkp_sn", "记账流水号", Text(30)),
        must("psn_no", "人员编号", Text(30)),
        may("memo", "备注", Text(500)),
        must("med_list_codg", "医疗目录编码", Text(50)),
    ],
};
