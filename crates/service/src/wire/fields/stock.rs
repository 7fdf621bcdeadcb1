//! Shapes: the tables of stock, purchase and sale.

use super::Kind::{Day, Json, Number, Text, Time};
use super::{Shape, Way, may, must};
use crate::wire::codes::catalogue::{INV_CHG_TYPE, TRDN_FLAG};
use crate::wire::codes::person::PSN_CERT_TYPE;
use crate::wire::codes::settlement::HI_FEESETL_TYPE;

/// 3501 input, `invinfo`.
pub static IN_3501_INVINFO: Shape = Shape {
    number: "3501",
    way: Way::In,
    node: "invinfo",
    list: false,
    fields: &[
        must("med_list_codg", "医疗目录编码", Text(50)),
        must("fixmedins_hilist_id", "定点医药机构目录编号", Text(30)),
        must("fixmedins_hilist_name", "定点医药机构目录名称", Text(200)),
        must("rx_flag", "处方药标志", Text(3)),
        must("invdate", "盘存日期", Day),
        must("inv_cnt", "库存数量", Number(16, 2)),
        may("manu_lotnum", "生产批号", Text(30)),
        must("fixmedins_bchno", "定点医药机构批次流水号", Text(30)),
        must("manu_date", "生产日期", Day),
        must("expy_end", "有效期止", Day),
        may("memo", "备注", Text(500)),
        may("drugtracinfo", "溯源码节点信息", Json),
    ],
};

/// 3502 input, `invinfo`.
pub static IN_3502_INVINFO: Shape = Shape {
    number: "3502",
    way: Way::In,
    node: "invinfo",
    list: false,
    fields: &[
        must("med_list_codg", "医疗目录编码", Text(50)),
        must("inv_chg_type", "库存变更类型", Text(6)).of(&INV_CHG_TYPE),
        must("fixmedins_hilist_id", "定点医药机构目录编号", Text(30)),
        must("fixmedins_hilist_name", "定点医药机构目录名称", Text(200)),
        must("fixmedins_bchno", "定点医药机构批次流水号", Text(30)),
        must("pric", "单价", Number(16, 6)),
        must("cnt", "数量", Number(16, 4)),
        must("rx_flag", "处方药标志", Text(3)),
        must("inv_chg_time", "库存变更时间", Time),
        may("inv_chg_opter_name", "库存变更经办人姓名", Text(50)),
        may("memo", "备注", Text(500)),
        may("trdn_flag", "拆零标志", Text(2)).of(&TRDN_FLAG),
    ],
};

/// 3503 input, `purcinfo`.
pub static IN_3503_PURCINFO: Shape = Shape {
    number: "3503",
    way: Way::In,
    node: "purcinfo",
    list: false,
    fields: &[
        must("med_list_codg", "医疗目录编码", Text(50)),
        must("fixmedins_hilist_id", "定点医药机构目录编号", Text(30)),
        must("fixmedins_hilist_name", "定点医药机构目录名称", Text(200)),
        may("dynt_no", "随货单号", Text(50)),
        must("fixmedins_bchno", "定点医药机构批次流水号", Text(30)),
        must("spler_name", "供应商名称", Text(200)),
        may("spler_pmtno", "供应商许可证号", Text(50)),
        must("manu_lotnum", "生产批号", Text(30)),
        must("prodentp_name", "生产厂家名称", Text(200)),
        must("aprvno", "批准文号", Text(100)),
        must("manu_date", "生产日期", Day),
        must("expy_end", "有效期止", Day),
        may("finl_trns_pric", "最终成交单价", Number(16, 6)),
        must("purc_retn_cnt", "采购/退货数量", Number(16, 4)),
        may("purc_invo_codg", "采购发票编码", Text(50)),
        may("purc_invo_no", "采购发票号", Text(50)),
        must("rx_flag", "处方药标志", Text(3)),
        must("purc_retn_stoin_time", "采购/退货入库时间", Time),
        must("purc_retn_opter_name", "采购/退货经办人姓名", Text(50)),
        may("prod_geay_flag", "商品赠送标志", Text(3)),
        may("memo", "备注", Text(500)),
    ],
};

/// 3504 input, `purcinfo`.
pub static IN_3504_PURCINFO: Shape = Shape {
    number: "3504",
    way: Way::In,
    node: "purcinfo",
    list: false,
    fields: &[
        must("med_list_codg", "医疗目录编码", Text(50)),
        must("fixmedins_hilist_id", "定点医药机构目录编号", Text(30)),
        must("fixmedins_hilist_name", "定点医药机构目录名称", Text(200)),
        must("fixmedins_bchno", "定点医药机构批次流水号", Text(30)),
        must("spler_name", "供应商名称", Text(200)),
        may("spler_pmtno", "供应商许可证号", Text(50)),
        must("manu_date", "生产日期", Day),
        must("expy_end", "有效期止", Day),
        may("finl_trns_pric", "最终成交单价", Number(16, 6)),
        must("purc_retn_cnt", "采购/退货数量", Number(16, 4)),
        may("purc_invo_codg", "采购发票编码", Text(50)),
        must("purc_invo_no", "采购发票号", Text(50)),
        must("rx_flag", "处方药标志", Text(3)),
        must("purc_retn_stoin_time", "采购/退货入库时间", Time),
        must("purc_retn_opter_name", "采购/退货经办人姓名", Text(50)),
        may("memo", "备注", Text(500)),
        may("medins_prod_purc_no", "商品采购流水号", Text(50)),
    ],
};

/// 3505 input, `selinfo`.
pub static IN_3505_SELINFO: Shape = Shape {
    number: "3505",
    way: Way::In,
    node: "selinfo",
    list: false,
    fields: &[
        must("med_list_codg", "医疗目录编码", Text(50)),
        must("fixmedins_hilist_id", "定点医药机构目录编号", Text(30)),
        must("fixmedins_hilist_name", "定点医药机构目录名称", Text(200)),
        must("fixmedins_bchno", "定点医药机构批次流水号", Text(30)),
        may("prsc_dr_cert_type", "开方医师证件类型", Text(6)).of(&PSN_CERT_TYPE),
        may("prsc_dr_certno", "开方医师证件号码", Text(50)),
        must("prsc_dr_name", "开方医师姓名", Text(50)),
        may("phar_cert_type", "药师证件类型", Text(6)).of(&PSN_CERT_TYPE),
        may("phar_certno", "药师证件号码", Text(50)),
        must("phar_name", "药师姓名", Text(50)),
        must("phar_prac_cert_no", "药师执业资格证号", Text(50)),
        may("hi_feesetl_type", "医保费用结算类型", Text(6)).of(&HI_FEESETL_TYPE),
        may("setl_id", "结算ID", Text(30)),
        must("mdtrt_sn", "就医流水号", Text(30)),
        may("psn_no", "人员编号", Text(30)),
        may("psn_cert_type", "人员证件类型", Text(6)).of(&PSN_CERT_TYPE),
        may("certno", "证件号码", Text(50)),
        may("psn_name", "人员姓名", Text(50)),
        must("manu_lotnum", "生产批号", Text(30)),
        must("manu_date", "生产日期", Day),
        may("expy_end", "有效期止", Day),
        must("rx_flag", "处方药标志", Text(3)),
        must("trdn_flag", "拆零标志", Text(3)).of(&TRDN_FLAG),
        may("finl_trns_pric", "最终成交单价", Number(16, 6)),
        may("rxno", "处方号", Text(40)),
        may("rx_circ_flag", "外购处方标志", Text(3)),
        must("rtal_docno", "零售单据号", Text(40)),
        may("stoout_no", "销售出库单据号", Text(40)),
        may("bchno", "批次号", Text(30)),
        may("drug_trac_codg", "药品追溯码", Text(30)),
        may("drug_prod_barc", "药品条形码", Text(30)),
        may("shelf_posi", "货架位", Text(20)),
        must("sel_retn_cnt", "销售/退货数量", Number(16, 4)),
        must("sel_retn_time", "销售/退货时间", Time),
        must("sel_retn_opter_name", "销售/退货经办人姓名", Text(50)),
        may("memo", "备注", Text(500)),
        may("MDTRT_SETL_TYPE", "就诊结算类型", Text(6)),
        must("drugtracinfo", "溯源码节点信息", Json),
    ],
};

/// 3505 input, `drugtracinfo`.
pub static IN_3505_DRUGTRACINFO: Shape = Shape {
    number: "3505",
    way: Way::In,
    node: "drugtracinfo",
    list: true,
    fields: &[may("drug_trac_codg", "药品追溯码", Text(30))],
};

/// 3506 input, `selinfo`.
pub static IN_3506_SELINFO: Shape = Shape {
    number: "3506",
    way: Way::In,
    node: "selinfo",
    list: false,
    fields: &[
        must("med_list_codg", "医疗目录编码", Text(50)),
        must("fixmedins_hilist_id", "定点医药机构目录编号", Text(30)),
        must("fixmedins_hilist_name", "定点医药机构目录名称", Text(200)),
        must("fixmedins_bchno", "定点医药机构批次流水号", Text(30)),
        may("setl_id", "结算ID", Text(30)),
        may("psn_no", "人员编号", Text(30)),
        may("psn_cert_type", "人员证件类型", Text(6)).of(&PSN_CERT_TYPE),
        may("certno", "证件号码", Text(50)),
        may("psn_name", "人员姓名", Text(50)),
        must("manu_lotnum", "生产批号", Text(30)),
        must("manu_date", "生产日期", Day),
        may("expy_end", "有效期止", Day),
        must("rx_flag", "处方药标志", Text(3)),
        must("trdn_flag", "拆零标志", Text(3)).of(&TRDN_FLAG),
        may("finl_trns_pric", "最终成交单价", Number(16, 6)),
        must("sel_retn_cnt", "销售/退货数量", Number(16, 4)),
        must("sel_retn_time", "销售/退货时间", Time),
        must("sel_retn_opter_name", "销售/退货经办人姓名", Text(50)),
        may("memo", "备注", Text(500)),
        may("medins_prod_sel_no", "商品销售流水号", Text(50)),
        must("mdtrt_sn", "就医流水号", Text(30)),
        may("drugtracinfo", "溯源码节点信息", Json),
    ],
};

/// 3507 input, `data`.
pub static IN_3507_DATA: Shape = Shape {
    number: "3507",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("fixmedins_bchno", "定点医药机构批次流水号", Text(30)),
        must("inv_data_type", "进销存数据类型", Text(30)),
    ],
};
