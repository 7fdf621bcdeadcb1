//! Shapes: the tables of queries of registers.

use super::Kind::{Day, Number, Text, Time};
use super::{Shape, Way, may, must};
use crate::wire::codes::care::MED_TYPE;
use crate::wire::codes::person::{GEND, INSUTYPE, OPTER_TYPE, PSN_CERT_TYPE};
use crate::wire::codes::settlement::OUT_FLAG;

/// 5101 input, `data`.
pub static IN_5101_DATA: Shape = Shape {
    number: "5101",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("infno", "交易编号", Text(4)),
        must("msgid", "发送方报文ID", Text(30)),
        must("mdtrtarea_admvs", "就医地医保区划", Text(6)),
        must("insuplc_admdvs", "参保地医保区划", Text(6)),
        must("recer_sys_code", "接收方系统代码", Text(10)),
        may("dev_no", "设备编号", Text(100)),
        may("dev_safe_info", "设备安全信息", Text(2000)),
        may("cainfo", "数字签名信息", Text(1024)),
        may("signtype", "签名类型", Text(10)),
        must("infver", "接口版本号", Text(6)),
        must("opter_type", "经办人类别", Text(3)).of(&OPTER_TYPE),
        must("opter", "经办人", Text(30)),
        must("opter_name", "经办人姓名", Text(50)),
        must("inf_time", "交易时间", Text(19)),
        must("fixmedins_code", "定点医药机构编号", Text(12)),
        may("fixmedins_name", "定点医药机构名称", Text(200)),
        may("sign_no", "签到流水号", Text(30)),
    ],
};

/// 5101 output, `feedetail`.
pub static OUT_5101_FEEDETAIL: Shape = Shape {
    number: "5101",
    way: Way::Out,
    node: "feedetail",
    list: true,
    fields: &[
        must("hosp_dept_codg", "医院科室编码", Text(20)),
        must("hosp_dept_name", "医院科室名称", Text(100)),
        must("begntime", "开始时间", Time),
        may("endtime", "结束时间", Time),
        may("itro", "简介", Text(500)),
        must("dept_resper_name", "科室负责人姓名", Text(50)),
        must("dept_resper_tel", "科室负责人电话", Text(50)),
        may("dept_med_serv_scp", "科室医疗服务范围", Text(500)),
        must("caty", "科别", Text(6)),
        may("dept_estbdat", "科室成立日期", Time),
        may("aprv_bed_cnt", "批准床位数量", Number(11, 0)),
        may("hi_crtf_bed_cnt", "医保认可床位数", Number(11, 0)),
        may("poolarea_no", "统筹区编号", Text(6)),
        may("dr_psncnt", "医师人数", Number(5, 0)),
        may("phar_psncnt", "药师人数", Number(5, 0)),
        may("nurs_psncnt", "护士人数", Number(5, 0)),
        may("tecn_psncnt", "技师人数", Number(5, 0)),
        may("memo", "备注", Text(500)),
    ],
};

/// 5102 input, `data`.
pub static IN_5102_DATA: Shape = Shape {
    number: "5102",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("prac_psn_type", "执业人员分类", Text(6)),
        may("psn_cert_type", "人员证件类型", Text(6)).of(&PSN_CERT_TYPE),
        may("certno", "证件号码", Text(50)),
        may("prac_psn_name", "执业人员姓名", Text(50)),
        may("prac_psn_code", "执业人员代码", Text(20)),
    ],
};

/// 5102 output, `feedetail`.
pub static OUT_5102_FEEDETAIL: Shape = Shape {
    number: "5102",
    way: Way::Out,
    node: "feedetail",
    list: true,
    fields: &[
        must("psn_cert_type", "人员证件类型", Text(6)).of(&PSN_CERT_TYPE),
        must("certno", "证件号码", Text(50)),
        may("prac_psn_no", "执业人员自编号", Text(20)),
        must("prac_psn_code", "执业人员代码", Text(20)),
        must("prac_psn_name", "执业人员姓名", Text(50)),
        must("prac_psn_type", "执业人员分类", Text(6)),
        may("prac_psn_cert", "执业人员资格证书编码", Text(30)),
        may("prac_cert_no", "执业证书编号", Text(30)),
        must("hi_dr_flag", "医保医师标志", Text(3)),
        must("begntime", "开始时间", Time),
        may("endtime", "结束时间", Time),
        may("chg_rea", "变更原因", Text(200)),
    ],
};

/// 5301 input, `data`.
pub static IN_5301_DATA: Shape = Shape {
    number: "5301",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[must("psn_no", "人员编号", Text(30))],
};

/// 5301 output, `feedetail`.
pub static OUT_5301_FEEDETAIL: Shape = Shape {
    number: "5301",
    way: Way::Out,
    node: "feedetail",
    list: true,
    fields: &[
        must("opsp_dise_code", "门慢门特病种目录代码", Text(30)),
        must("opsp_dise_name", "门慢门特病种名称", Text(300)),
        must("begndate", "开始日期", Day),
        may("enddate", "结束日期", Day),
    ],
};

/// 5302 input, `data`.
pub static IN_5302_DATA: Shape = Shape {
    number: "5302",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("psn_no", "人员编号", Text(30)),
        must("biz_appy_type", "业务申请类型", Text(3)),
    ],
};

/// 5302 output, `psnfixmedin`.
pub static OUT_5302_PSNFIXMEDIN: Shape = Shape {
    number: "5302",
    way: Way::Out,
    node: "psnfixmedin",
    list: true,
    fields: &[
        must("psn_no", "人员编号", Text(30)),
        may("insutype", "险种类型", Text(6)).of(&INSUTYPE),
        must("fix_srt_no", "定点排序号", Text(3)),
        must("fixmedins_code", "定点医药机构编号", Text(12)),
        must("fixmedins_name", "定点医药机构名称", Text(200)),
        must("begndate", "开始日期", Day),
        may("enddate", "结束日期", Day),
        may("memo", "备注", Text(500)),
    ],
};

/// 5303 input, `data`.
pub static IN_5303_DATA: Shape = Shape {
    number: "5303",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        may("psn_no", "人员编号", Text(30)),
        must("begntime", "开始时间", Time),
        must("endtime", "结束时间", Time),
    ],
};

/// 5303 output, `data`.
pub static OUT_5303_DATA: Shape = Shape {
    number: "5303",
    way: Way::Out,
    node: "data",
    list: true,
    fields: &[
        must("mdtrt_id", "就诊ID", Text(30)),
        must("psn_no", "人员编号", Text(30)),
        must("psn_cert_type", "人员证件类型", Text(6)).of(&PSN_CERT_TYPE),
        must("certno", "证件号码", Text(50)),
        must("psn_name", "人员姓名", Text(50)),
        must("gend", "性别", Text(6)).of(&GEND),
        may("brdy", "出生日期", Day),
        must("age", "年龄", Number(4, 1)),
        must("insutype", "险种类型", Text(6)).of(&INSUTYPE),
        must("begndate", "开始日期", Day),
        must("med_type", "医疗类别", Text(6)).of(&MED_TYPE),
        may("ipt_otp_no", "住院/门诊号", Text(30)),
        may("out_flag", "异地标志", Text(3)),
    ],
};

/// 5304 input, `data`.
pub static IN_5304_DATA: Shape = Shape {
    number: "5304",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("psn_no", "人员编号", Text(30)),
        must("begntime", "开始时间", Time),
        may("endtime", "结束时间", Time),
    ],
};

/// 5304 output, `refmedin`.
pub static OUT_5304_REFMEDIN: Shape = Shape {
    number: "5304",
    way: Way::Out,
    node: "refmedin",
    list: true,
    fields: &[
        must("insutype", "险种类型", Text(6)).of(&INSUTYPE),
        may("dcla_souc", "申报来源", Text(6)),
        must("psn_no", "人员编号", Text(30)),
        must("psn_cert_type", "人员证件类型", Text(6)).of(&PSN_CERT_TYPE),
        must("certno", "证件号码", Text(50)),
        must("psn_name", "人员姓名", Text(50)),
        must("gend", "性别", Text(6)).of(&GEND),
        may("brdy", "出生日期", Day),
        may("tel", "联系电话", Text(50)),
        may("addr", "联系地址", Text(200)),
        may("insu_optins", "参保机构医保区划", Text(6)),
        may("emp_name", "单位名称", Text(200)),
        may("diag_code", "诊断代码", Text(20)),
        may("diag_name", "诊断名称", Text(100)),
        may("dise_cond_dscr", "疾病病情描述", Text(2000)),
        may("reflin_medins_no", "转往定点医药机构编号", Text(30)),
        must("reflin_medins_name", "转往医院名称", Text(200)),
        may("out_flag", "异地标志", Text(3)).of(&OUT_FLAG),
        must("refl_date", "转院日期", Day),
        must("refl_rea", "转院原因", Text(100)),
        must("begndate", "开始日期", Day),
        may("enddate", "结束日期", Day),
        must("hosp_agre_refl_flag", "医院同意转院标志", Text(3)),
        may("opter_id", "经办人ID", Text(20)),
        may("opter_name", "经办人姓名", Text(50)),
        may("opt_time", "经办时间", Time),
    ],
};
