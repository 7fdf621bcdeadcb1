//! Shapes: the tables of persons and what they are entitled to; institutions, dictionaries.

use super::Kind::{Day, Json, Number, Text, Time};
use super::{Shape, Way, may, must};
use crate::wire::codes::care::{BIRCTRL_TYPE, MATN_TYPE, MED_TYPE};
use crate::wire::codes::institution::{FIXMEDINS_TYPE, HOSP_LV};
use crate::wire::codes::person::{
    CVLSERV_FLAG, DISA_LV, GEND, INSUTYPE, MDTRT_CERT_TYPE, PSN_CERT_TYPE, PSN_IDET_TYPE,
    PSN_INSU_STAS, PSN_TYPE,
};
use crate::wire::codes::settlement::{FUND_PAY_TYPE, TRT_CHK_TYPE, TRT_ENJYMNT_FLAG, VALI_FLAG};

/// 1101 input, `data`.
pub static IN_1101_DATA: Shape = Shape {
    number: "1101",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("mdtrt_cert_type", "就诊凭证类型", Text(3)).of(&MDTRT_CERT_TYPE),
        must("mdtrt_cert_no", "就诊凭证编号", Text(50)),
        may("card_sn", "卡识别码", Text(32)),
        may("begntime", "开始时间", Time),
        must("psn_cert_type", "人员证件类型", Text(6)).of(&PSN_CERT_TYPE),
        must("certno", "证件号码", Text(50)),
        must("psn_name", "人员姓名", Text(50)),
    ],
};

/// 1101 output, `baseinfo`.
pub static OUT_1101_BASEINFO: Shape = Shape {
    number: "1101",
    way: Way::Out,
    node: "baseinfo",
    list: false,
    fields: &[
        must("psn_no", "人员编号", Text(30)),
        must("psn_cert_type", "人员证件类型", Text(6)).of(&PSN_CERT_TYPE),
        must("certno", "证件号码", Text(50)),
        must("psn_name", "人员姓名", Text(50)),
        must("gend", "性别", Text(6)).of(&GEND),
        may("naty", "民族", Text(3)),
        may("brdy", "出生日期", Day),
        must("age", "年龄", Number(4, 1)),
        may("exp_content", "字段扩展", Json),
    ],
};

/// 1101 output, `insuinfo`.
pub static OUT_1101_INSUINFO: Shape = Shape {
    number: "1101",
    way: Way::Out,
    node: "insuinfo",
    list: true,
    fields: &[
        must("balc", "余额", Number(16, 2)),
        must("insutype", "险种类型", Text(6)).of(&INSUTYPE),
        must("psn_type", "人员类别", Text(6)).of(&PSN_TYPE),
        may("psn_insu_stas", "人员参保状态", Text(6)).of(&PSN_INSU_STAS),
        may("psn_insu_date", "个人参保日期", Day),
        may("paus_insu_date", "暂停参保日期", Day),
        must("cvlserv_flag", "公务员标志", Text(3)).of(&CVLSERV_FLAG),
        must("insuplc_admdvs", "参保地医保区划", Text(6)),
        may("emp_name", "单位名称", Text(200)),
    ],
};

/// 1101 output, `idetinfo`.
pub static OUT_1101_IDETINFO: Shape = Shape {
    number: "1101",
    way: Way::Out,
    node: "idetinfo",
    list: true,
    fields: &[
        must("psn_idet_type", "人员身份类别", Text(3)).of(&PSN_IDET_TYPE),
        may("psn_type_lv", "人员类别等级", Text(3)).of(&DISA_LV),
        may("memo", "备注", Text(500)),
        must("begntime", "开始时间", Time),
        may("endtime", "结束时间", Time),
    ],
};

/// 1201 input, `medinsinfo`.
pub static IN_1201_MEDINSINFO: Shape = Shape {
    number: "1201",
    way: Way::In,
    node: "medinsinfo",
    list: false,
    fields: &[
        must("fixmedins_type", "定点医疗服务机构类型", Text(6)).of(&FIXMEDINS_TYPE),
        may("fixmedins_name", "定点医药机构名称", Text(200)),
        may("fixmedins_code", "定点医药机构编号", Text(12)),
    ],
};

/// 1201 output, `medinsinfo`.
pub static OUT_1201_MEDINSINFO: Shape = Shape {
    number: "1201",
    way: Way::Out,
    node: "medinsinfo",
    list: true,
    fields: &[
        must("fixmedins_code", "定点医药机构编号", Text(12)),
        must("fixmedins_name", "定点医药机构名称", Text(200)),
        must("uscc", "统一社会信用代码", Text(50)),
        must("fixmedins_type", "定点医疗服务机构类型", Text(6)).of(&FIXMEDINS_TYPE),
        may("hosp_lv", "医院等级", Text(6)).of(&HOSP_LV),
        may("exp_content", "扩展字段", Json),
    ],
};

/// 2001 input, `data`.
pub static IN_2001_DATA: Shape = Shape {
    number: "2001",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("psn_no", "人员编号", Text(30)),
        must("insutype", "险种类型", Text(6)).of(&INSUTYPE),
        must("fixmedins_code", "定点医药机构编号", Text(12)),
        must("med_type", "医疗类别", Text(6)).of(&MED_TYPE),
        must("begntime", "开始时间", Time),
        may("endtime", "结束时间", Time),
        may("dise_codg", "病种编码", Text(30)),
        may("dise_name", "病种名称", Text(500)),
        may("oprn_oprt_code", "手术操作代码", Text(30)),
        may("oprn_oprt_name", "手术操作名称", Text(500)),
        may("matn_type", "生育类别", Text(6)).of(&MATN_TYPE),
        may("birctrl_type", "计划生育手术类别", Text(6)).of(&BIRCTRL_TYPE),
        may("exp_content", "字段扩展", Json),
    ],
};

/// 2001 output, `trtinfo`.
pub static OUT_2001_TRTINFO: Shape = Shape {
    number: "2001",
    way: Way::Out,
    node: "trtinfo",
    list: true,
    fields: &[
        must("psn_no", "人员编号", Text(30)),
        must("trt_chk_type", "待遇检查类型", Text(6)).of(&TRT_CHK_TYPE),
        must("fund_pay_type", "基金支付类型", Text(6)).of(&FUND_PAY_TYPE),
        must("trt_enjymnt_flag", "基金款项待遇享受标志", Text(3)).of(&TRT_ENJYMNT_FLAG),
        must("begndate", "开始日期", Day),
        may("enddate", "结束日期", Day),
        may("trt_chk_rslt", "待遇检查结果", Text(500)),
        may("exp_content", "字段扩展", Json),
    ],
};

/// 1901 input, `data`.
pub static IN_1901_DATA: Shape = Shape {
    number: "1901",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("type", "字典类型", Text(30)),
        must("parent_value", "父字典键值", Text(10)),
        must("admdvs", "行政区划", Text(6)),
        must("date", "查询日期", Day),
        must("Vali_Flag", "有效标志", Text(3)).of(&VALI_FLAG),
    ],
};

/// 1901 output, `list`.
pub static OUT_1901_LIST: Shape = Shape {
    number: "1901",
    way: Way::Out,
    node: "list",
    list: true,
    fields: &[
        must("type", "字典类型", Text(30)),
        must("label", "字典标签", Text(50)),
        must("value", "字典键值", Text(20)),
        must("parentValue", "父字典键值", Text(10)),
        must("sort", "序号", Number(30, 0)),
        must("valiFlag", "权限标识", Text(3)).of(&VALI_FLAG),
        must("createUser", "创建账户", Text(30)),
        must("createDate", "创建时间", Day),
        must("version", "版本号", Number(20, 0)),
    ],
};
