//! Shapes: the tables of settlement lists.

use super::Kind::{Day, Number, Text, Time};
use super::{Shape, Way, may, must};
use crate::wire::codes::care::{ADM_COND_TYPE, ADM_WAY, DIAG_TYPE, DSCG_WAY, MAINDIAG_FLAG};
use crate::wire::codes::clearing::HI_PAYMTD;
use crate::wire::codes::settlement::FUND_PAY_TYPE;

/// 4101 input, `setlinfo`.
pub static IN_4101_SETLINFO: Shape = Shape {
    number: "4101",
    way: Way::In,
    node: "setlinfo",
    list: false,
    fields: &[
        must("psn_no", "人员编号", Text(30)),
        must("mdtrt_id", "就诊ID", Text(30)),
        must("setl_id", "结算ID", Text(30)),
        may("medcasno", "病案号", Text(30)),
        may("dcla_time", "申报时间", Time),
        must("ntly", "国籍", Text(6)),
        must("prfs", "职业", Text(6)),
        may("curr_addr", "现住址", Text(200)),
        may("emp_name", "单位名称", Text(200)),
        may("emp_addr", "单位地址", Text(200)),
        may("emp_tel", "单位电话", Text(50)),
        may("poscode", "邮编", Text(6)),
        may("coner_name", "联系人姓名", Text(50)),
        must("patn_rlts", "与患者关系", Text(6)),
        must("coner_addr", "联系人地址", Text(200)),
        must("coner_tel", "联系人电话", Text(50)),
        may("nwb_adm_type", "新生儿入院类型", Text(3)),
        may("nwb_bir_wt", "新生儿出生体重", Number(6, 2)),
        may("nwb_adm_wt", "新生儿入院体重", Number(6, 2)),
        may("mul_nwb_bir_wt", "多新生儿出生体重", Text(50)),
        may("mul_nwb_adm_wt", "多新生儿入院体重", Text(50)),
        may("opsp_diag_caty", "门诊慢特病诊断科别", Text(50)),
        may("opsp_mdtrt_date", "门诊慢特病就诊日期", Day),
        may("adm_way", "入院途径", Text(30)).of(&ADM_WAY),
        may("trt_type", "治疗类别", Text(3)),
        may("adm_time", "入院时间", Time),
        may("adm_dept_code", "入院科室编码", Text(30)),
        may("adm_dept_name", "入院科室名称", Text(100)),
        may("refldept_dept", "转科科别", Text(50)),
        may("dscg_time", "出院时间", Time),
        may("dscg_dept_code", "出院科室编码", Text(30)),
        may("dscg_dept_name", "出院科室名称", Text(100)),
        must("dscg_caty", "出院科别", Text(6)),
        may("otp_wm_dise", "门（急）诊诊断（西医诊断）", Text(200)),
        may("wm_dise_code", "西医疾病代码", Text(30)),
        may("otp_tcm_dise", "门（急）诊诊断（中医诊断）", Text(200)),
        may("tcm_dise_code", "中医疾病代码", Text(30)),
        may("vent_used_dura", "呼吸机使用时长", Text(10)),
        may(
            "pwcry_bfadm_coma_dura",
            "颅脑损伤患者入院前昏迷时长",
            Text(10),
        ),
        may(
            "pwcry_afadm_coma_dura",
            "颅脑损伤患者入院后昏迷时长",
            Text(10),
        ),
        may("spga_nurscare_days", "特级护理天数", Number(4, 1)),
        may("lv1_nurscare_days", "一级护理天数", Number(4, 1)),
        may("scd_nurscare_days", "二级护理天数", Number(4, 1)),
        may("lv3_nurscare_days", "三级护理天数", Number(4, 1)),
        may("dscg_way", "离院方式", Text(3)).of(&DSCG_WAY),
        may("acp_medins_name", "拟接收机构名称", Text(100)),
        may("acp_optins_code", "拟接收机构代码", Text(30)),
        must("bill_code", "票据代码", Text(50)),
        must("bill_no", "票据号码", Text(30)),
        must("biz_sn", "业务流水号", Text(50)),
        may("days_rinp_flag_31", "出院31天内再住院计划标志", Text(3)),
        may("days_rinp_pup_31", "出院31天内再住院计划目的", Text(200)),
        may("chfpdr_code", "主诊医师代码", Text(30)),
        must("setl_begn_date", "结算开始日期", Day),
        must("setl_end_date", "结算结束日期", Day),
        must("medins_fill_dept", "医疗机构填报部门", Text(100)),
        must("medins_fill_psn", "医疗机构填报人", Text(50)),
        may("resp_nurs_code", "责任护士代码", Text(50)),
        may("stas_type", "状态分类", Text(10)),
        may("hi_paymtd", "医保支付方式", Text(3)).of(&HI_PAYMTD),
        may("age_days", "新生儿天龄", Number(3, 0)),
        may("adm_caty", "入院科别", Text(10)),
    ],
};

/// 4101 input, `opspdiseinfo`.
pub static IN_4101_OPSPDISEINFO: Shape = Shape {
    number: "4101",
    way: Way::In,
    node: "opspdiseinfo",
    list: true,
    fields: &[
        may("oprn_oprt_name", "手术操作名称", Text(500)),
        may("oprn_oprt_code", "手术操作代码", Text(30)),
    ],
};

/// 4101 input, `diseinfo`.
pub static IN_4101_DISEINFO: Shape = Shape {
    number: "4101",
    way: Way::In,
    node: "diseinfo",
    list: true,
    fields: &[
        must("diag_type", "诊断类别", Text(3)).of(&DIAG_TYPE),
        must("diag_code", "诊断代码", Text(20)),
        must("diag_name", "诊断名称", Text(500)),
        must("adm_cond_type", "入院病情类型", Text(3)).of(&ADM_COND_TYPE),
        must("maindiag_flag", "主诊断标志", Text(3)).of(&MAINDIAG_FLAG),
    ],
};

/// 4101 input, `oprninfo`.
pub static IN_4101_OPRNINFO: Shape = Shape {
    number: "4101",
    way: Way::In,
    node: "oprninfo",
    list: true,
    fields: &[
        must("oprn_oprt_type", "手术操作类别", Text(3)),
        must("oprn_oprt_name", "手术操作名称", Text(500)),
        must("oprn_oprt_code", "手术操作代码", Text(30)),
        may("anst_way", "麻醉方式", Text(6)),
        must("oper_dr_code", "术者医师代码", Text(20)),
        may("anst_dr_code", "麻醉医师代码", Text(20)),
        may("oprn_oprt_begntime", "手术操作开始时间", Time),
        may("oprn_oprt_endtime", "手术操作结束时间", Time),
        may("anst_begntime", "麻醉开始时间", Time),
        may("anst_endtime", "麻醉结束时间", Time),
    ],
};

/// 4101 input, `icuinfo`.
pub static IN_4101_ICUINFO: Shape = Shape {
    number: "4101",
    way: Way::In,
    node: "icuinfo",
    list: true,
    fields: &[
        must("scs_cutd_ward_type", "重症监护病房类型", Text(6)),
        must("scs_cutd_inpool_time", "重症监护进入时间", Time),
        must("scs_cutd_exit_time", "重症监护退出时间", Time),
        must("scs_cutd_sum_dura", "重症监护合计时长", Text(10)),
    ],
};

/// 4101 input, `payinfo`.
pub static IN_4101_PAYINFO: Shape = Shape {
    number: "4101",
    way: Way::In,
    node: "payinfo",
    list: true,
    fields: &[
        must("fund_pay_type", "基金支付类型", Text(6)).of(&FUND_PAY_TYPE),
        must("fund_payamt", "基金支付金额", Number(16, 2)),
    ],
};

/// 4101 input, `bldinfo`.
pub static IN_4101_BLDINFO: Shape = Shape {
    number: "4101",
    way: Way::In,
    node: "bldinfo",
    list: true,
    fields: &[
        must("setl_List_bld_Id", "结算清单输血ID", Text(30)),
        must("psn_no", "人员编号", Text(30)),
        must("mdtrt_id", "就诊ID", Text(30)),
        must("setl_id", "结算ID", Text(30)),
        may("bld_cat", "输血品种", Text(3)),
        may("bld_amt", "输血量", Number(6, 0)),
        may("bld_unt", "输血计量单位", Text(15)),
    ],
};

/// 4101 output, `data`.
pub static OUT_4101_DATA: Shape = Shape {
    number: "4101",
    way: Way::Out,
    node: "data",
    list: false,
    fields: &[must("setl_list_id", "清单流水号", Text(9))],
};

/// 4102 input, `data.stastinfo`.
pub static IN_4102_STASTINFO: Shape = Shape {
    number: "4102",
    way: Way::In,
    node: "data.stastinfo",
    list: false,
    fields: &[
        may("psn_no", "人员编号", Text(30)),
        may("setl_id", "结算ID", Text(30)),
        may("stas_type", "审核状态", Text(10)),
    ],
};
