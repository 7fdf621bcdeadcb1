//! Tables of codes: what an institution is.

use super::Table;

/// 定点医疗服务机构类型.
pub static FIXMEDINS_TYPE: Table = Table {
    name: "fixmedins_type",
    zh: "定点医疗服务机构类型",
    rows: &[
        ("1", "定点医疗机构"),
        ("2", "定点零售药店"),
        ("3", "工伤定点康复机构"),
        ("4", "辅助器具配置机构"),
        ("5", "计划生育服务机构"),
    ],
};

/// 医院等级.
pub static HOSP_LV: Table = Table {
    name: "hosp_lv",
    zh: "医院等级",
    rows: &[
        ("1", "三级特等"),
        ("2", "三级甲等"),
        ("3", "三级乙等"),
        ("4", "三级丙等"),
        ("5", "二级甲等"),
        ("6", "二级乙等"),
        ("7", "二级丙等"),
        ("8", "一级甲等"),
        ("9", "一级乙等"),
        ("10", "一级丙等"),
        ("11", "无等级"),
        ("12", "三级无等"),
        ("13", "二级无等"),
        ("14", "一级无等"),
    ],
};

/// 起付线医院等级.
pub static DEDC_HOSP_LV: Table = Table {
    name: "dedc_hosp_lv",
    zh: "起付线医院等级",
    rows: &[
        ("1", "一级及以下"),
        ("2", "二级"),
        ("3", "三级"),
        ("4", "其他"),
        ("9", "未定级"),
    ],
};

/// 限价医院等级.
pub static LMTPRIC_HOSP_LV: Table = Table {
    name: "lmtpric_hosp_lv",
    zh: "限价医院等级",
    rows: &[("1", "一级及以下"), ("2", "二级"), ("3", "三级")],
};

/// 医保结算等级.
pub static HI_SETL_LV: Table = Table {
    name: "hi_setl_lv",
    zh: "医保结算等级",
    rows: &[("1", "一级"), ("2", "二级"), ("3", "三级")],
};
