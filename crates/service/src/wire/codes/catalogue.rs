//! Tables of codes: what is charged.

use super::Table;

/// 医保目录限价类型.
pub static HILIST_LMTPRC_TYPE: Table = Table {
    name: "hilist_lmtprc_type",
    zh: "医保目录限价类型",
    rows: &[
        ("01", "一级及以下限价"),
        ("02", "二级限价"),
        ("03", "三级限价"),
    ],
};

/// 收费项目等级.
pub static CHRGITM_LV: Table = Table {
    name: "chrgitm_lv",
    zh: "收费项目等级",
    rows: &[("01", "甲类"), ("02", "乙类"), ("03", "丙类")],
};

/// 医疗收费项目类别.
pub static MED_CHRGITM_TYPE: Table = Table {
    name: "med_chrgitm_type",
    zh: "医疗收费项目类别",
    rows: &[
        ("01", "床位费"),
        ("02", "诊察费"),
        ("03", "检查费"),
        ("04", "化验费"),
        ("05", "治疗费"),
        ("06", "手术费"),
        ("07", "护理费"),
        ("08", "卫生材料费"),
        ("09", "西药费"),
        ("10", "中药饮片费"),
        ("11", "中成药费"),
        ("12", "一般诊疗费"),
        ("13", "挂号费"),
        ("14", "其他费"),
    ],
};

/// 目录类别.
pub static LIST_TYPE: Table = Table {
    name: "list_type",
    zh: "目录类别",
    rows: &[
        ("101", "西药中成药"),
        ("102", "中药饮片"),
        ("103", "自制剂"),
        ("104", "民族药"),
        ("105", "其他"),
        ("106", "中药配方颗粒"),
        ("201", "医疗服务项目"),
        ("301", "医用耗材"),
    ],
};

/// 药品项目类型对照表.
pub static HILIST_TYPE: Table = Table {
    name: "hilist_type",
    zh: "药品项目类型对照表",
    rows: &[
        ("0", "诊疗项目"),
        ("11", "西药"),
        ("12", "中草药"),
        ("13", "中药饮片"),
        ("21", "治疗"),
        ("22", "检验"),
        ("23", "检查"),
        ("24", "手术"),
        ("25", "麻醉"),
        ("26", "护理"),
        ("27", "膳食"),
        ("28", "输血"),
        ("29", "输氧"),
        ("31", "其他"),
        ("32", "转科"),
        ("33", "术后"),
        ("34", "出院"),
        ("35", "转院"),
        ("36", "死亡"),
        ("37", "产后"),
    ],
};

/// 限制使用标志.
pub static LMT_USED_FLAG: Table = Table {
    name: "lmt_used_flag",
    zh: "限制使用标志",
    rows: &[("0", "否"), ("1", "是")],
};

/// 医院审批标志.
pub static HOSP_APPR_FLAG: Table = Table {
    name: "hosp_appr_flag",
    zh: "医院审批标志",
    rows: &[("0", "无须审批"), ("1", "审批通过"), ("2", "审批不通过")],
};

/// 目录特项标志.
pub static LIST_SP_ITEM_FLAG: Table = Table {
    name: "list_sp_item_flag",
    zh: "目录特项标志",
    rows: &[("0", "否"), ("1", "是"), ("9", "其他")],
};

/// 医保目录自付比例人员类别.
pub static SELFPAY_PROP_PSN_TYPE: Table = Table {
    name: "selfpay_prop_psn_type",
    zh: "医保目录自付比例人员类别",
    rows: &[
        ("310", "城镇职工"),
        ("330", "离休人员"),
        ("390", "城乡居民"),
        ("99", "其他"),
    ],
};

/// 目录自付比例类别.
pub static SELFPAY_PROP_TYPE: Table = Table {
    name: "selfpay_prop_type",
    zh: "目录自付比例类别",
    rows: &[
        ("10", "目录先自付比例"),
        ("20", "目录直接报销比例"),
        ("30", "按费用单价范围配置自付比例"),
    ],
};

/// 医疗使用标志.
pub static MED_USE_FLAG: Table = Table {
    name: "med_use_flag",
    zh: "医疗使用标志",
    rows: &[("0", "否"), ("1", "是")],
};

/// 生育使用标志.
pub static MATN_USED_FLAG: Table = Table {
    name: "matn_used_flag",
    zh: "生育使用标志",
    rows: &[("0", "生育不可用"), ("1", "生育可用")],
};

/// 限复方使用类型.
pub static LMT_CPND_TYPE: Table = Table {
    name: "lmt_cpnd_type",
    zh: "限复方使用类型",
    rows: &[
        ("1", "单复方均可用"),
        ("2", "限复方使用"),
        ("3", "单复方不可用"),
        ("9", "其他"),
    ],
};

/// 拆零标志.
pub static TRDN_FLAG: Table = Table {
    name: "trdn_flag",
    zh: "拆零标志",
    rows: &[("0", "否"), ("1", "是")],
};

/// 中药使用方式.
pub static TCMDRUG_USED_WAY: Table = Table {
    name: "tcmdrug_used_way",
    zh: "中药使用方式",
    rows: &[("1", "复方"), ("2", "单方")],
};

/// 库存变更类型.
pub static INV_CHG_TYPE: Table = Table {
    name: "inv_chg_type",
    zh: "库存变更类型",
    rows: &[
        ("101", "调拨入库"),
        ("102", "调拨出库"),
        ("103", "盘盈"),
        ("104", "盘损"),
        ("105", "销毁"),
        ("106", "其他入库"),
        ("107", "其他出库"),
        ("108", "商品采购入库"),
        ("109", "商品退货出库"),
        ("110", "赠药入库"),
        ("111", "赠药退回出库"),
    ],
};
