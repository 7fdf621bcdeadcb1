//! Shapes: the tables of catalogue matching and files.

use super::Kind::{Bytes, Day, Number, Text};
use super::{Shape, Way, may, must};
use crate::wire::codes::catalogue::LIST_TYPE;

/// 3301 input, `data`.
pub static IN_3301_DATA: Shape = Shape {
    number: "3301",
    way: Way::In,
    node: "data",
    list: true,
    fields: &[
        must("fixmedins_hilist_id", "定点医药机构目录编号", Text(30)),
        must("fixmedins_hilist_name", "定点医药机构目录名称", Text(200)),
        must("list_type", "目录类别", Text(30)).of(&LIST_TYPE),
        must("med_list_codg", "医疗目录编码", Text(30)),
        must("begndate", "开始日期", Day),
        must("enddate", "结束日期", Day),
        may("aprvno", "批准文号", Text(30)),
        may("dosform", "剂型", Text(200)),
        may("exct_cont", "除外内容", Text(2000)),
        may("item_cont", "项目内涵", Text(2000)),
        may("prcunt", "计价单位", Text(100)),
        may("spec", "规格", Text(200)),
        may("pacspec", "包装规格", Text(100)),
        may("memo", "备注", Text(500)),
    ],
};

/// 3302 input, `data`.
pub static IN_3302_DATA: Shape = Shape {
    number: "3302",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("fixmedins_code", "定点医药机构编号", Text(30)),
        must("fixmedins_hilist_id", "定点医药机构目录编号", Text(30)),
        must("list_type", "目录类别", Text(30)),
        must("med_list_codg", "医疗目录编码", Text(30)),
    ],
};

/// 9101 input, `fsUploadIn`.
pub static IN_9101_FS_UPLOAD_IN: Shape = Shape {
    number: "9101",
    way: Way::In,
    node: "fsUploadIn",
    list: false,
    fields: &[
        must("in", "文件数据", Bytes),
        must("filename", "文件名", Text(200)),
        must("fixmedins_code", "医药机构编号", Text(30)),
    ],
};

/// 9101 input, `fsUploadIn`, when the file stands beside the message and not in it.
pub static IN_9101_BESIDE_FILE: Shape = Shape {
    number: "9101",
    way: Way::In,
    node: "fsUploadIn",
    list: false,
    fields: &[
        must("filename", "文件名", Text(200)),
        must("fixmedins_code", "医药机构编号", Text(30)),
    ],
};

/// 9101 output, no node.
pub static OUT_9101_FLAT: Shape = Shape {
    number: "9101",
    way: Way::Out,
    node: "",
    list: false,
    fields: &[
        must("file_qury_no", "文件查询号", Text(30)),
        must("filename", "文件名", Text(200)),
        must("fixmedins_code", "医药机构编号", Text(30)),
        may("dld_endtime", "截止时间", Text(30)),
    ],
};

/// 9102 input, `fsDownloadIn`.
pub static IN_9102_FS_DOWNLOAD_IN: Shape = Shape {
    number: "9102",
    way: Way::In,
    node: "fsDownloadIn",
    list: false,
    fields: &[
        must("file_qury_no", "文件查询号", Text(30)),
        must("filename", "文件名", Text(200)),
        must("fixmedins_code", "医药机构编号", Text(30)),
    ],
};

/// 13xx input, `data`.
pub static IN_13XX_DATA: Shape = Shape {
    number: "13xx",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[must("ver", "版本号", Text(20))],
};

/// 13xx output, no node.
pub static OUT_13XX_FLAT: Shape = Shape {
    number: "13xx",
    way: Way::Out,
    node: "",
    list: false,
    fields: &[
        must("file_qury_no", "文件查询号", Text(40)),
        must("filename", "文件名", Text(100)),
        may("dld_end_time", "下载截止时间", Day),
        may("data_cnt", "数据量", Number(10, 0)),
    ],
};
