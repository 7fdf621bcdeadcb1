//! The tables of columns of the national files: the number of each column that is read, from 1, and its published name.

/// Where a file has its columns.
#[derive(Debug)]
pub struct Layout {
    /// How many columns a row has.
    pub width: usize,
    /// Those that are read, in the order of their form; number 0 where this file has none.
    pub columns: &'static [(usize, &'static str)],
}

/// Western and Chinese patent drugs (1301).
pub const DRUGS: Layout = listed(
    97,
    &[
        (1, CODE),
        (4, "药品通用名"),
        (57, SCOPE),
        (37, FROM),
        (38, UNTIL),
        (79, VALID),
    ],
);
/// Herbs (1302).
pub const HERBS: Layout = listed(
    33,
    &[
        (1, CODE),
        (2, "单味药名称"),
        (0, SCOPE),
        (12, FROM),
        (13, UNTIL),
        (14, VALID),
    ],
);
/// Preparations of hospitals (1303).
pub const PREPARATIONS: Layout = listed(
    83,
    &[
        (1, CODE),
        (2, "药品商品名"),
        (51, SCOPE),
        (66, "开始时间"),
        (67, "结束时间"),
        (65, VALID),
    ],
);
/// Services (1305).
pub const SERVICES: Layout = listed(
    19,
    &[
        (1, CODE),
        (10, "医疗服务项目名称"),
        (0, SCOPE),
        (12, FROM),
        (13, UNTIL),
        (7, VALID),
    ],
);
/// Materials (1306).
pub const MATERIALS: Layout = listed(
    71,
    &[
        (1, CODE),
        (2, "耗材名称"),
        (35, "医保限用范围"),
        (47, FROM),
        (48, UNTIL),
        (68, VALID),
    ],
);

/// Insured items (1312).
pub const INSURED_ITEMS: Layout = Layout {
    width: 28,
    columns: &[
        (1, INSURED_CODE),
        (2, "医保目录名称"),
        (3, AREA),
        (4, FROM),
        (5, UNTIL),
        (6, "医疗收费项目类别"),
        (7, "收费项目等级"),
        (8, "限制使用标志"),
        (9, "目录类别"),
        (10, "医疗使用标志"),
        (17, VALID),
    ],
};
/// Price limits (1318).
pub const PRICE_LIMITS: Layout = Layout {
    width: 20,
    columns: &[
        (1, INSURED_CODE),
        (2, "医保目录限价类型"),
        (4, AREA),
        (5, FROM),
        (6, UNTIL),
        (7, "医保目录定价上限金额"),
        (8, VALID),
    ],
};
/// First shares (1319).
pub const FIRST_SHARES: Layout = Layout {
    width: 20,
    columns: &[
        (1, INSURED_CODE),
        (2, "医保目录自付比例人员类别"),
        (3, "目录自付比例类别"),
        (4, AREA),
        (5, FROM),
        (6, UNTIL),
        (7, "自付比例"),
        (8, VALID),
    ],
};

const CODE: &str = "医疗目录编码";
const INSURED_CODE: &str = "医保目录编码";
const AREA: &str = "参保机构医保区划";
const SCOPE: &str = "限制使用范围";
const FROM: &str = "开始日期";
const UNTIL: &str = "结束日期";
const VALID: &str = "有效标志";

const fn listed(width: usize, columns: &'static [(usize, &'static str)]) -> Layout {
    Layout { width, columns }
}
