//! Shapes: the tables of reversal, reconciliation and clearing.

use super::Kind::{Day, Number, Text, Time};
use super::{Shape, Way, may, must};
use crate::wire::codes::clearing::{CLR_TYPE, CLR_WAY, STMT_RSLT};
use crate::wire::codes::person::INSUTYPE;
use crate::wire::codes::settlement::REFD_SETL_FLAG;

/// 2601 input, `data`.
pub static IN_2601_DATA: Shape = Shape {
    number: "2601",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("psn_no", "人员编号", Text(30)),
        must("omsgid", "原发送方报文ID", Text(30)),
        must("oinfno", "原交易编号", Text(4)),
    ],
};

/// 3201 input, `data`.
pub static IN_3201_DATA: Shape = Shape {
    number: "3201",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("insutype", "险种", Text(6)).of(&INSUTYPE),
        must("clr_type", "清算类别", Text(6)).of(&CLR_TYPE),
        must("setl_optins", "结算经办机构", Text(6)),
        must("stmt_begndate", "对账开始日期", Day),
        must("stmt_enddate", "对账结束日期", Day),
        must("medfee_sumamt", "医疗费总额", Number(16, 2)),
        must("fund_pay_sumamt", "基金支付总额", Number(16, 2)),
        must("acct_pay", "个人账户支付金额", Number(16, 2)),
        must("fixmedins_setl_cnt", "定点医药机构结算笔数", Number(10, 0)),
        may("refd_setl_flag", "退费结算标志", Text(6)),
        must(
            "fixmedins_refd_setl_flag",
            "定点医药机构退费结算标志",
            Text(6),
        ),
    ],
};

/// 3201 output, `stmtinfo`.
pub static OUT_3201_STMTINFO: Shape = Shape {
    number: "3201",
    way: Way::Out,
    node: "stmtinfo",
    list: false,
    fields: &[
        may("setl_optins", "结算经办机构", Text(6)),
        must("stmt_rslt", "对账结果", Text(6)).of(&STMT_RSLT),
        may("stmt_rslt_dscr", "对账结果说明", Text(200)),
    ],
};

/// 3202 input, `data`.
pub static IN_3202_DATA: Shape = Shape {
    number: "3202",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("setl_optins", "结算经办机构", Text(6)),
        must("file_qury_no", "文件查询号", Text(30)),
        must("stmt_begndate", "对账开始日期", Day),
        must("stmt_enddate", "对账结束日期", Day),
        must("medfee_sumamt", "医疗费总额", Number(16, 2)),
        must("fund_pay_sumamt", "基金支付总额", Number(16, 2)),
        must("cash_payamt", "现金支付金额", Number(16, 2)),
        must("fixmedins_setl_cnt", "定点医药机构结算笔数", Number(10, 0)),
        must("clr_type", "清算类别", Text(6)).of(&CLR_TYPE),
        may("refd_setl_flag", "退费结算标志", Text(3)).of(&REFD_SETL_FLAG),
        must(
            "fixmedins_refd_setl_flag",
            "定点医药机构退费结算标志",
            Text(6),
        ),
    ],
};

/// 3202 output, `fileinfo`.
pub static OUT_3202_FILEINFO: Shape = Shape {
    number: "3202",
    way: Way::Out,
    node: "fileinfo",
    list: false,
    fields: &[
        must("file_qury_no", "文件查询号", Text(30)),
        must("filename", "文件名称", Text(200)),
        must("dld_endtime", "下载截止时间", Time),
    ],
};

/// 3202 input, the columns of the uploaded file.
pub static IN_3202_COLUMNS: Shape = Shape {
    number: "3202",
    way: Way::In,
    node: "",
    list: true,
    fields: &[
        must("setl_id", "结算ID", Text(30)),
        must("mdtrt_id", "就诊ID", Text(30)),
        must("psn_no", "人员编号", Text(30)),
        must("medfee_sumamt", "医疗费总额", Number(16, 2)),
        must("fund_pay_sumamt", "基金支付总额", Number(16, 2)),
        must("acct_pay", "个人账户支出", Number(16, 2)),
        must("refd_setl_flag", "退费结算标志", Text(3)).of(&REFD_SETL_FLAG),
    ],
};

/// 3202 output, the columns of the result file.
pub static OUT_3202_COLUMNS: Shape = Shape {
    number: "3202",
    way: Way::Out,
    node: "",
    list: true,
    fields: &[
        must("psn_no", "人员编号", Text(30)),
        may("mdtrt_id", "就诊ID", Text(30)),
        may("setl_id", "结算ID", Text(30)),
        must("msgid", "发送方报文ID", Text(30)),
        must("stmt_rslt", "对账结果", Text(6)).of(&STMT_RSLT),
        must("refd_setl_flag", "退费结算标志", Text(3)).of(&REFD_SETL_FLAG),
        may("memo", "备注", Text(500)),
        may("medfee_sumamt", "医疗费总额", Number(16, 2)),
        may("fund_pay_sumamt", "基金支付总额", Number(16, 2)),
        may("acct_pay", "个人账户支出", Number(16, 2)),
    ],
};

/// 3203 input, `data`.
pub static IN_3203_DATA: Shape = Shape {
    number: "3203",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("clr_type", "清算类别", Text(30)).of(&CLR_TYPE),
        may("clr_way", "清算方式", Text(30)).of(&CLR_WAY),
        must("setlym", "清算年月", Text(6)),
        must("psntime", "清算人次", Number(6, 0)),
        must("medfee_sumamt", "医疗费总额", Number(16, 2)),
        must("med_sumfee", "医保认可费用总额", Number(16, 2)),
        must("fund_appy_sum", "基金申报总额", Number(16, 2)),
        must("cash_payamt", "现金支付金额", Number(16, 2)),
        must("acct_pay", "个人账户支出", Number(16, 2)),
        must("begndate", "开始日期", Day),
        must("enddate", "结束日期", Day),
    ],
};

/// 3203 output, `result`.
pub static OUT_3203_RESULT: Shape = Shape {
    number: "3203",
    way: Way::Out,
    node: "result",
    list: false,
    fields: &[must("clr_appy_evt_id", "机构清算申请事件ID", Text(30))],
};

/// 3204 input, `data`.
pub static IN_3204_DATA: Shape = Shape {
    number: "3204",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[must("clr_appy_evt_id", "机构清算申请事件ID", Text(30))],
};
