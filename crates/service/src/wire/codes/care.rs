//! Tables of codes: what care is given.

use super::Table;

/// 医疗类别.
pub static MED_TYPE: Table = Table {
    name: "med_type",
    zh: "医疗类别",
    rows: &[
        ("11", "普通门诊"),
        ("1103", "癌症筛查"),
        ("13", "急诊"),
        ("1301", "急诊抢救"),
        ("14", "门诊慢特病"),
        ("18", "特药购药"),
        ("2101", "普通住院"),
        ("2102", "单病种住院"),
        ("2105", "康复治疗住院"),
        ("2106", "生育平产(居民)"),
        ("2107", "生育剖宫产(居民)"),
        ("2109", "新生儿抢救"),
        ("21303", "精神病住院"),
        ("22", "外伤住院"),
        ("28", "日间手术"),
        ("41", "定点药店购药"),
        ("51", "生育门诊"),
        ("52", "生育住院"),
        ("71", "家庭病床"),
        ("9901", "门诊两病"),
        ("990101", "门诊单病种"),
        ("990103", "新冠病毒核酸检测"),
        ("9903", "意外伤害门诊"),
        ("9904", "大病特药"),
    ],
};

/// 诊断类别.
pub static DIAG_TYPE: Table = Table {
    name: "diag_type",
    zh: "诊断类别",
    rows: &[
        ("1", "西医诊断"),
        ("2", "中医主病诊断"),
        ("3", "中医主证诊断"),
    ],
};

/// 出入院诊断类别.
pub static INOUT_DIAG_TYPE: Table = Table {
    name: "inout_diag_type",
    zh: "出入院诊断类别",
    rows: &[("1", "入院诊断"), ("2", "出院诊断")],
};

/// 主诊断标志.
pub static MAINDIAG_FLAG: Table = Table {
    name: "maindiag_flag",
    zh: "主诊断标志",
    rows: &[("0", "否"), ("1", "是")],
};

/// 入院途径.
pub static ADM_WAY: Table = Table {
    name: "adm_way",
    zh: "入院途径",
    rows: &[
        ("0", "新入院"),
        ("1", "急诊"),
        ("2", "门诊"),
        ("3", "其他医疗机构转入"),
        ("9", "其他"),
    ],
};

/// 离院方式.
pub static DSCG_WAY: Table = Table {
    name: "dscg_way",
    zh: "离院方式",
    rows: &[
        ("1", "医嘱离院"),
        ("2", "医嘱转院"),
        ("3", "医嘱转社区卫生服务机构/乡镇卫生院"),
        ("4", "非医嘱离院"),
        ("5", "死亡"),
        ("9", "其他"),
    ],
};

/// 在院状态.
pub static INHOSP_STAS: Table = Table {
    name: "inhosp_stas",
    zh: "在院状态",
    rows: &[("0", "出院"), ("1", "在院")],
};

/// 入院病情类型.
pub static ADM_COND_TYPE: Table = Table {
    name: "adm_cond_type",
    zh: "入院病情类型",
    rows: &[
        ("1", "有"),
        ("2", "临床未确定"),
        ("3", "情况不明"),
        ("4", "无"),
    ],
};

/// 生育类别.
pub static MATN_TYPE: Table = Table {
    name: "matn_type",
    zh: "生育类别",
    rows: &[
        ("1", "正常产"),
        ("2", "助娩产"),
        ("3", "剖宫产"),
        ("4", "难产"),
        ("5", "流产"),
        ("6", "引产"),
        ("7", "产前检查"),
        ("9", "其他"),
    ],
};

/// 计划生育手术类别.
pub static BIRCTRL_TYPE: Table = Table {
    name: "birctrl_type",
    zh: "计划生育手术类别",
    rows: &[
        ("1", "放置宫内节育器"),
        ("2", "取出宫内节育器"),
        ("3", "流产术"),
        ("4", "引产术"),
        ("5", "绝育手术"),
        ("6", "绝育复通手术"),
        ("7", "绝育手术（输精管）"),
        ("8", "绝育复通手术（输精管）"),
        ("9", "其他"),
    ],
};

/// 住院类型.
pub static IPT_TYPE: Table = Table {
    name: "IPT_TYPE",
    zh: "住院类型",
    rows: &[
        ("1", "普通住院"),
        ("2", "急诊或抢救住院"),
        ("3", "转院住院"),
    ],
};

/// 门诊急诊转诊标志.
pub static OTP_ER_REFL_FLAG: Table = Table {
    name: "OTP_ER_REFL_FLAG",
    zh: "门诊急诊转诊标志",
    rows: &[("1", "急诊"), ("2", "转诊"), ("3", "转诊合并急诊")],
};
