//! Shapes: the tables of the envelopes.
//!
//! Where the specification is shorter than what is sent everywhere, the longer stands here: numbers with a suffix,
//! codes and names of institutions.

use super::Kind::{Json, Number, Text, Time};
use super::{Shape, Way, may, must};
use crate::wire::codes::person::OPTER_TYPE;

/// What every request has.
pub static REQUEST: Shape = Shape {
    number: "",
    way: Way::In,
    node: "",
    list: false,
    fields: &[
        must("infno", "交易编号", Text(10)),
        must("msgid", "发送方报文ID", Text(30)),
        must("mdtrtarea_admvs", "就医地医保区划", Text(6)),
        may("insuplc_admdvs", "参保地医保区划", Text(6)),
        must("recer_sys_code", "接收方系统代码", Text(10)),
        may("dev_no", "设备编号", Text(100)),
        may("dev_safe_info", "设备安全信息", Text(2000)),
        may("cainfo", "数字签名信息", Text(1024)),
        may("signtype", "签名类型", Text(10)),
        must("infver", "接口版本号", Text(6)),
        must("opter_type", "经办人类别", Text(3)).of(&OPTER_TYPE),
        must("opter", "经办人", Text(30)),
        must("opter_name", "经办人姓名", Text(50)),
        must("inf_time", "交易时间", Time),
        must("fixmedins_code", "定点医药机构编号", Text(30)),
        must("fixmedins_name", "定点医药机构名称", Text(200)),
        may("sign_no", "交易签到流水号", Text(30)),
        must("input", "交易输入", Json),
    ],
};

/// What every answer has.
pub static RESPONSE: Shape = Shape {
    number: "",
    way: Way::Out,
    node: "",
    list: false,
    fields: &[
        must("infcode", "交易状态码", Number(4, 0)),
        must("inf_refmsgid", "接收方报文ID", Text(30)),
        may("refmsg_time", "接收报文时间", Text(17)),
        may("respond_time", "响应报文时间", Text(17)),
        may("err_msg", "错误信息", Text(200)),
        may("output", "交易输出", Json),
    ],
};
