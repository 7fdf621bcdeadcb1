//! Shapes: the tables of registrations.

use super::Kind::{Day, Json, Text};
use super::{Shape, Way, may, must};
use crate::wire::codes::institution::HOSP_LV;
use crate::wire::codes::person::{AGNTER_RLTS, GEND, INSUTYPE, PSN_CERT_TYPE};
use crate::wire::codes::settlement::BIZ_APPY_TYPE;

/// 2501 input, `refmedin`.
pub static IN_2501_REFMEDIN: Shape = Shape {
    number: "2501",
    way: Way::In,
    node: "refmedin",
    list: false,
    fields: &[
        must("psn_no", "人员编号", Text(30)),
        may("insutype", "险种类型", Text(6)).of(&INSUTYPE),
        may("tel", "联系电话", Text(50)),
        may("addr", "联系地址", Text(200)),
        may("insu_optins", "参保机构医保区划", Text(6)),
        must("diag_code", "诊断代码", Text(20)),
        must("diag_name", "诊断名称", Text(100)),
        may("dise_cond_dscr", "疾病病情描述", Text(2000)),
        must("reflin_medins_no", "转往定点医药机构编号", Text(12)),
        must("reflin_medins_name", "转往医院名称", Text(200)),
        must("mdtrtarea_admdvs", "就医地行政区划", Text(6)),
        may("hosp_agre_refl_flag", "医院同意转院标志", Text(3)),
        must("refl_type", "转院类型", Text(30)),
        must("refl_date", "转院日期", Day),
        must("refl_rea", "转院原因", Text(100)),
        must("refl_opnn", "转院意见", Text(200)),
        may("begndate", "开始日期", Day),
        may("enddate", "结束日期", Day),
        may("refl_old_mdtrt_id", "转院前就诊id", Text(30)),
        may("refl_used_flag", "转诊使用标志", Text(3)),
    ],
};

/// 2501 output, `result`.
pub static OUT_2501_RESULT: Shape = Shape {
    number: "2501",
    way: Way::Out,
    node: "result",
    list: false,
    fields: &[must("trt_dcla_detl_sn", "待遇申报明细流水号", Text(30))],
};

/// 2503 input, `data`.
pub static IN_2503_DATA: Shape = Shape {
    number: "2503",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("psn_no", "人员编号", Text(30)),
        must("insutype", "险种类型", Text(6)).of(&INSUTYPE),
        must("opsp_dise_code", "门慢门特病种目录代码", Text(30)),
        must("opsp_dise_name", "门慢门特病种名称", Text(300)),
        may("tel", "联系电话", Text(50)),
        may("addr", "联系地址", Text(200)),
        must("insu_optins", "参保机构医保区划", Text(6)),
        must("ide_fixmedins_no", "鉴定定点医药机构编号", Text(30)),
        must("ide_fixmedins_name", "鉴定定点医药机构名称", Text(200)),
        must("hosp_ide_date", "医院鉴定日期", Day),
        must("diag_dr_codg", "诊断医师编码", Text(30)),
        must("diag_dr_name", "诊断医师姓名", Text(50)),
        must("begndate", "开始日期", Day),
        may("enddate", "结束日期", Day),
        may("exp_content", "手术时间", Json),
        may("trt_dcla_detl_sn", "待遇申报明细流水号", Text(30)),
        may("selfdef_splm_flag", "自定义补充标志", Text(3)),
        may("memo", "备注", Text(500)),
    ],
};

/// 2503 output, `result`.
pub static OUT_2503_RESULT: Shape = Shape {
    number: "2503",
    way: Way::Out,
    node: "result",
    list: false,
    fields: &[
        must("trt_dcla_detl_sn", "待遇申报明细流水号", Text(30)),
        may("exp_content", "扩展字段", Json),
    ],
};

/// 2505 input, `data`.
pub static IN_2505_DATA: Shape = Shape {
    number: "2505",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("psn_no", "人员编号", Text(30)),
        may("tel", "联系电话", Text(50)),
        may("addr", "联系地址", Text(200)),
        must("biz_appy_type", "业务申请类型", Text(3)).of(&BIZ_APPY_TYPE),
        must("begndate", "开始日期", Day),
        may("enddate", "结束日期", Day),
        may("agnter_name", "代办人姓名", Text(50)),
        may("agnter_cert_type", "代办人证件类型", Text(6)).of(&PSN_CERT_TYPE),
        may("agnter_certno", "代办人证件号码", Text(50)),
        may("agnter_tel", "代办人联系方式", Text(30)),
        may("agnter_addr", "代办人联系地址", Text(200)),
        may("agnter_rlts", "代办人关系", Text(3)).of(&AGNTER_RLTS),
        must("fix_srt_no", "定点排序号", Text(3)),
        must("fixmedins_code", "定点医药机构编号", Text(12)),
        must("fixmedins_name", "定点医药机构名称", Text(200)),
        may("memo", "备注", Text(500)),
        may("exp_content", "手术时间", Json),
    ],
};

/// 2505 output, `result`.
pub static OUT_2505_RESULT: Shape = Shape {
    number: "2505",
    way: Way::Out,
    node: "result",
    list: false,
    fields: &[
        must("trt_dcla_detl_sn", "待遇申报明细流水号", Text(30)),
        may("exp_content", "手术时间", Json),
    ],
};

/// 2502 input, `data`.
pub static IN_2502_DATA: Shape = Shape {
    number: "2502",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("trt_dcla_detl_sn", "待遇申报明细流水号", Text(30)),
        must("psn_no", "人员编号", Text(30)),
        may("memo", "备注", Text(500)),
    ],
};

/// 2504 input, `data`.
pub static IN_2504_DATA: Shape = Shape {
    number: "2504",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("trt_dcla_detl_sn", "待遇申报明细流水号", Text(30)),
        must("psn_no", "人员编号", Text(30)),
        must("memo", "备注", Text(500)),
    ],
};

/// 2506 input, `data`.
pub static IN_2506_DATA: Shape = Shape {
    number: "2506",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("trt_dcla_detl_sn", "待遇申报明细流水号", Text(30)),
        must("psn_no", "人员编号", Text(30)),
        must("memo", "备注", Text(500)),
    ],
};

/// 2507 input, `data`.
pub static IN_2507_DATA: Shape = Shape {
    number: "2507",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("dcla_souc", "申报来源", Text(6)),
        may("insutype", "险种类型", Text(6)).of(&INSUTYPE),
        must("psn_no", "人员编号", Text(30)),
        may("psn_insu_rlts_id", "人员参保关系ID", Text(20)),
        must("psn_cert_type", "人员证件类型", Text(6)).of(&PSN_CERT_TYPE),
        must("certno", "证件号码", Text(50)),
        must("psn_name", "人员姓名", Text(50)),
        may("gend", "性别", Text(6)).of(&GEND),
        may("naty", "民族", Text(3)),
        may("brdy", "出生日期", Day),
        may("tel", "联系电话", Text(50)),
        may("addr", "联系地址", Text(500)),
        must("insu_admdvs", "参保所属医保区划", Text(6)),
        may("emp_no", "单位编号", Text(40)),
        may("emp_name", "单位名称", Text(200)),
        may("mdtrtarea_admdvs", "就医地医保区划", Text(6)),
        may("fixmedins_code", "定点医药机构编号", Text(30)),
        may("fixmedins_name", "定点医药机构名称", Text(200)),
        may("hosp_lv", "医院等级", Text(6)).of(&HOSP_LV),
        may("adm_time", "入院时间", Day),
        may("trum_time", "受伤时间", Day),
        may("trum_site", "受伤地点", Text(200)),
        may("trum_rea", "致伤原因", Text(200)),
        must("chk_pay_flag", "审核支付标志", Text(3)),
        may("agnter_name", "代办人姓名", Text(50)),
        may("agnter_cert_type", "代办人证件类型", Text(6)).of(&PSN_CERT_TYPE),
        may("agnter_certno", "代办人证件号码", Text(50)),
        may("agnter_tel", "代办人联系方式", Text(30)),
        may("agnter_addr", "代办人联系地址", Text(200)),
        may("agnter_rlts", "代办人关系", Text(3)).of(&AGNTER_RLTS),
        must("begndate", "开始日期", Day),
        may("enddate", "结束日期", Day),
        may("memo", "备注", Text(500)),
    ],
};
