//! Shapes: the tables of paged queries of the catalogue.

use super::Kind::{Day, Number, Text};
use super::{Shape, Way, may, must};
use crate::wire::codes::catalogue::{
    CHRGITM_LV, HILIST_LMTPRC_TYPE, LIST_TYPE, LMT_CPND_TYPE, LMT_USED_FLAG, MATN_USED_FLAG,
    MED_CHRGITM_TYPE, MED_USE_FLAG, SELFPAY_PROP_PSN_TYPE, SELFPAY_PROP_TYPE,
};
use crate::wire::codes::settlement::VALI_FLAG;

/// 1304 input, `data`.
pub static IN_1304_DATA: Shape = Shape {
    number: "1304",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        may("med_list_codg", "医疗目录编码", Text(20)),
        may("genname_codg", "通用名编号", Text(100)),
        may("drug_genname", "药品通用名", Text(20)),
        may("drug_prodname", "药品商品名", Text(500)),
        may("tcmherb_name", "中草药名称", Text(30)),
        may("cpnd_flag", "中草药单复方标志", Text(255)),
        may("vali_flag", "有效标志", Text(3)).of(&VALI_FLAG),
        may("rid", "唯一记录号", Text(30)),
        may("ver", "版本号", Text(20)),
        may("opt_begn_time", "经办开始时间", Day),
        may("opt_end_time", "经办结束时间", Day),
        must("updt_time", "更新时间", Day),
        must("page_num", "当前页数", Number(4, 0)),
        must("page_size", "本页数据量", Number(4, 0)),
    ],
};

/// 1312 input, `data`.
pub static IN_1312_DATA: Shape = Shape {
    number: "1312",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        may("query_date", "查询时间点", Day),
        may("hilist_code", "医保目录编码", Text(30)),
        may("insu_admdvs", "参保机构医保区划", Text(6)),
        may("begndate", "开始日期", Day),
        may("hilist_name", "医保目录名称", Text(200)),
        may("wubi", "五笔助记码", Text(30)),
        may("pinyin", "拼音助记码", Text(30)),
        may("med_chrgitm_type", "医疗收费项目类别", Text(6)).of(&MED_CHRGITM_TYPE),
        may("chrgitm_lv", "收费项目等级", Text(3)).of(&CHRGITM_LV),
        may("lmt_used_flag", "限制使用标志", Text(3)).of(&LMT_USED_FLAG),
        may("list_type", "目录类别", Text(30)).of(&LIST_TYPE),
        may("med_use_flag", "医疗使用标志", Text(3)).of(&MED_USE_FLAG),
        may("matn_used_flag", "生育使用标志", Text(3)).of(&MATN_USED_FLAG),
        may("hilist_use_type", "医保目录使用类别", Text(3)),
        may("lmt_cpnd_type", "限复方使用类型", Text(3)).of(&LMT_CPND_TYPE),
        may("vali_flag", "有效标志", Text(3)).of(&VALI_FLAG),
        must("updt_time", "更新时间", Day),
        must("page_num", "当前页数", Number(4, 0)),
        must("page_size", "本页数据量", Number(4, 0)),
    ],
};

/// 1312 output, `data`.
pub static OUT_1312_DATA: Shape = Shape {
    number: "1312",
    way: Way::Out,
    node: "data",
    list: true,
    fields: &[
        must("hilist_code", "医保目录编码", Text(30)),
        must("hilist_name", "医保目录名称", Text(200)),
        must("insu_admdvs", "参保机构医保区划", Text(6)),
        must("begndate", "开始日期", Day),
        may("enddate", "结束日期", Day),
        must("med_chrgitm_type", "医疗收费项目类别", Text(6)).of(&MED_CHRGITM_TYPE),
        must("chrgitm_lv", "收费项目等级", Text(3)).of(&CHRGITM_LV),
        must("lmt_used_flag", "限制使用标志", Text(3)).of(&LMT_USED_FLAG),
        must("list_type", "目录类别", Text(3)).of(&LIST_TYPE),
        must("med_use_flag", "医疗使用标志", Text(3)).of(&MED_USE_FLAG),
        must("matn_used_flag", "生育使用标志", Text(3)).of(&MATN_USED_FLAG),
        must("hilist_use_type", "医保目录使用类别", Text(3)),
        must("lmt_cpnd_type", "限复方使用类型", Text(3)).of(&LMT_CPND_TYPE),
        may("wubi", "五笔助记码", Text(30)),
        may("pinyin", "拼音助记码", Text(30)),
        may("memo", "备注", Text(500)),
        must("vali_flag", "有效标志", Text(3)).of(&VALI_FLAG),
        must("rid", "唯一记录号", Text(40)),
        must("updt_time", "更新时间", Day),
        may("crter_id", "创建人", Text(20)),
        may("crter_name", "创建人姓名", Text(50)),
        must("crte_time", "创建时间", Day),
        may("crte_optins_no", "创建机构", Text(20)),
        may("opter_id", "经办人", Text(20)),
        may("opter_name", "经办人姓名", Text(50)),
        may("opt_time", "经办时间", Day),
        may("optins_no", "经办机构", Text(20)),
        may("poolarea_no", "统筹区", Text(6)),
    ],
};

/// 1316 input, `data`.
pub static IN_1316_DATA: Shape = Shape {
    number: "1316",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        may("query_date", "查询时间点", Day),
        may("med_list_codg", "定点医药机构目录编号", Text(30)),
        may("hilist_code", "医保目录编码", Text(30)),
        may("list_type", "目录类别", Text(30)).of(&LIST_TYPE),
        may("insu_admdvs", "参保机构医保区划", Text(6)),
        may("begndate", "开始日期", Day),
        may("vali_flag", "有效标志", Text(3)).of(&VALI_FLAG),
        must("updt_time", "更新时间", Day),
        must("page_num", "当前页数", Number(4, 0)),
        must("page_size", "本页数据量", Number(4, 0)),
    ],
};

/// 1316 output, `data`.
pub static OUT_1316_DATA: Shape = Shape {
    number: "1316",
    way: Way::Out,
    node: "data",
    list: true,
    fields: &[
        must("med_list_codg", "医疗目录编码", Text(30)),
        must("hilist_code", "医保目录编码", Text(30)),
        must("list_type", "目录类别", Text(3)).of(&LIST_TYPE),
        must("insu_admdvs", "参保机构医保区划", Text(6)),
        must("begndate", "开始日期", Day),
        may("enddate", "结束日期", Day),
        may("memo", "备注", Text(500)),
        must("vali_flag", "有效标志", Text(3)).of(&VALI_FLAG),
        must("rid", "唯一记录号", Text(40)),
        must("updt_time", "更新时间", Day),
        may("crter_id", "创建人", Text(20)),
        may("crter_name", "创建人姓名", Text(50)),
        must("crte_time", "创建时间", Day),
        may("crte_optins_no", "创建机构", Text(20)),
        may("opter_id", "经办人", Text(20)),
        may("opter_name", "经办人姓名", Text(50)),
        may("opt_time", "经办时间", Day),
        may("optins_no", "经办机构", Text(20)),
        may("poolarea_no", "统筹区", Text(6)),
    ],
};

/// 1317 input, `data`.
pub static IN_1317_DATA: Shape = Shape {
    number: "1317",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        may("query_date", "查询时间点", Day),
        may("fixmedins_code", "定点医药机构编号", Text(30)),
        may("medins_list_codg", "定点医药机构目录编号", Text(30)),
        may("medins_list_name", "定点医药机构目录名称", Text(200)),
        may("insu_admdvs", "参保机构医保区划", Text(6)),
        may("list_type", "目录类别", Text(30)).of(&LIST_TYPE),
        may("med_list_codg", "医疗目录编码", Text(30)),
        may("begndate", "开始日期", Day),
        may("vali_flag", "有效标志", Text(3)).of(&VALI_FLAG),
        must("updt_time", "更新时间", Day),
        must("page_num", "当前页数", Number(4, 0)),
        must("page_size", "本页数据量", Number(4, 0)),
    ],
};

/// 1317 output, `data`.
pub static OUT_1317_DATA: Shape = Shape {
    number: "1317",
    way: Way::Out,
    node: "data",
    list: true,
    fields: &[
        must("fixmedins_code", "定点医药机构编号", Text(30)),
        must("medins_list_codg", "定点医药机构目录编号", Text(30)),
        may("medins_list_name", "定点医药机构目录名称", Text(200)),
        must("insu_admdvs", "参保机构医保区划", Text(6)),
        must("list_type", "目录类别", Text(3)).of(&LIST_TYPE),
        must("med_list_codg", "医疗目录编码", Text(30)),
        must("begndate", "开始日期", Day),
        may("enddate", "结束日期", Day),
        may("aprvno", "批准文号", Text(30)),
        may("dosform", "剂型", Text(200)),
        may("exct_cont", "除外内容", Text(2000)),
        may("item_cont", "项目内涵", Text(2000)),
        may("prcunt", "计价单位", Text(100)),
        may("spec", "规格", Text(200)),
        may("pacspec", "包装规格", Text(100)),
        may("memo", "备注", Text(500)),
        must("vali_flag", "有效标志", Text(3)).of(&VALI_FLAG),
        must("rid", "唯一记录号", Text(40)),
        must("updt_time", "更新时间", Day),
        may("crter_id", "创建人", Text(20)),
        may("crter_name", "创建人姓名", Text(50)),
        must("crte_time", "创建时间", Day),
        may("crte_optins_no", "创建机构", Text(20)),
        may("opter_id", "经办人", Text(20)),
        may("opter_name", "经办人姓名", Text(50)),
        may("opt_time", "经办时间", Day),
        may("optins_no", "经办机构", Text(20)),
        may("poolarea_no", "统筹区", Text(6)),
    ],
};

/// 1318 input, `data`.
pub static IN_1318_DATA: Shape = Shape {
    number: "1318",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        may("query_date", "查询时间点", Day),
        may("hilist_code", "医保目录编码", Text(30)),
        may("hilist_lmtpric_type", "医保目录限价类型", Text(6)).of(&HILIST_LMTPRC_TYPE),
        may("overlmt_dspo_way", "医保目录超限处理方式", Text(6)),
        may("insu_admdvs", "参保机构医保区划", Text(6)),
        may("begndate", "开始日期", Day),
        may("enddate", "结束日期", Day),
        may("vali_flag", "有效标志", Text(3)).of(&VALI_FLAG),
        may("rid", "唯一记录号", Text(40)),
        may("tabname", "表名", Text(100)),
        may("poolarea_no", "统筹区", Text(6)),
        must("updt_time", "更新时间", Day),
        must("page_num", "当前页数", Number(4, 0)),
        must("page_size", "本页数据量", Number(4, 0)),
    ],
};

/// 1318 output, `data`.
pub static OUT_1318_DATA: Shape = Shape {
    number: "1318",
    way: Way::Out,
    node: "data",
    list: true,
    fields: &[
        must("hilist_code", "医保目录编码", Text(30)),
        must("hilist_lmtpric_type", "医保目录限价类型", Text(6)).of(&HILIST_LMTPRC_TYPE),
        must("overlmt_dspo_way", "医保目录超限处理方式", Text(6)),
        must("insu_admdvs", "参保机构医保区划", Text(6)),
        must("begndate", "开始日期", Day),
        may("enddate", "结束日期", Day),
        must(
            "hilist_pric_uplmt_amt",
            "医保目录定价上限金额",
            Number(16, 6),
        ),
        must("vali_flag", "有效标志", Text(3)).of(&VALI_FLAG),
        must("rid", "唯一记录号", Text(40)),
        must("updt_time", "更新时间", Day),
        may("crter_id", "创建人", Text(20)),
        may("crter_name", "创建人姓名", Text(50)),
        must("crte_time", "创建时间", Day),
        may("crte_optins_no", "创建机构", Text(20)),
        may("opter_id", "经办人", Text(20)),
        may("opter_name", "经办人姓名", Text(50)),
        may("opt_time", "经办时间", Day),
        may("optins_no", "经办机构", Text(20)),
        may("tabname", "表名", Text(100)),
        may("poolarea_no", "统筹区", Text(6)),
    ],
};

/// 1319 input, `data`.
pub static IN_1319_DATA: Shape = Shape {
    number: "1319",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        may("query_date", "查询时间点", Day),
        may("hilist_code", "医保目录编码", Text(30)),
        may("selfpay_prop_psn_type", "医保目录自付比例人员类别", Text(6))
            .of(&SELFPAY_PROP_PSN_TYPE),
        may("selfpay_prop_type", "目录自付比例类别", Text(6)).of(&SELFPAY_PROP_TYPE),
        may("insu_admdvs", "参保机构医保区划", Text(6)),
        may("begndate", "开始日期", Day),
        may("enddate", "结束日期", Day),
        may("vali_flag", "有效标志", Text(3)).of(&VALI_FLAG),
        may("rid", "唯一记录号", Text(40)),
        may("tabname", "表名", Text(100)),
        may("poolarea_no", "统筹区", Text(6)),
        must("updt_time", "更新时间", Day),
        must("page_num", "当前页数", Number(4, 0)),
        must("page_size", "本页数据量", Number(4, 0)),
    ],
};

/// 1319 output, `data`.
pub static OUT_1319_DATA: Shape = Shape {
    number: "1319",
    way: Way::Out,
    node: "data",
    list: true,
    fields: &[
        must("hilist_code", "医保目录编码", Text(30)),
        must("selfpay_prop_psn_type", "医保目录自付比例人员类别", Text(6))
            .of(&SELFPAY_PROP_PSN_TYPE),
        must("selfpay_prop_type", "目录自付比例类别", Text(6)).of(&SELFPAY_PROP_TYPE),
        must("insu_admdvs", "参保机构医保区划", Text(6)),
        must("begndate", "开始日期", Day),
        may("enddate", "结束日期", Day),
        must("selfpay_prop", "自付比例", Number(5, 4)),
        must("vali_flag", "有效标志", Text(3)).of(&VALI_FLAG),
        must("rid", "唯一记录号", Text(40)),
        must("updt_time", "更新时间", Day),
        may("crter_id", "创建人", Text(20)),
        may("crter_name", "创建人姓名", Text(50)),
        must("crte_time", "创建时间", Day),
        may("crte_optins_no", "创建机构", Text(20)),
        may("opter_id", "经办人", Text(20)),
        may("opter_name", "经办人姓名", Text(50)),
        may("opt_time", "经办时间", Day),
        may("optins_no", "经办机构", Text(20)),
        may("tabname", "表名", Text(100)),
        may("poolarea_no", "统筹区", Text(6)),
    ],
};
