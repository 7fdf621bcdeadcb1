//! Shapes: the tables of departments.

use super::Kind::{Day, Number, Text, Time};
use super::{Shape, Way, may, must};

/// 3401 input, `deptinfo`.
pub static IN_3401_DEPTINFO: Shape = Shape {
    number: "3401",
    way: Way::In,
    node: "deptinfo",
    list: false,
    fields: &[
        must("hosp_dept_codg", "医院科室编码", Text(20)),
        must("caty", "科别", Text(6)),
        must("hosp_dept_name", "医院科室名称", Text(100)),
        must("begntime", "开始时间", Time),
        may("endtime", "结束时间", Time),
        must("itro", "简介", Text(500)),
        must("dept_resper_name", "科室负责人姓名", Text(50)),
        must("dept_resper_tel", "科室负责人电话", Text(50)),
        may("dept_med_serv_scp", "科室医疗服务范围", Text(500)),
        must("dept_estbdat", "科室成立日期", Time),
        must("aprv_bed_cnt", "批准床位数量", Number(11, 0)),
        may("hi_crtf_bed_cnt", "医保认可床位数", Number(11, 0)),
        must("poolarea_no", "统筹区编号", Text(6)),
        must("dr_psncnt", "医师人数", Number(5, 0)),
        must("phar_psncnt", "药师人数", Number(5, 0)),
        must("nurs_psncnt", "护士人数", Number(5, 0)),
        must("tecn_psncnt", "技师人数", Number(5, 0)),
        may("memo", "备注", Text(500)),
    ],
};

/// 3403 input, `data`.
pub static IN_3403_DATA: Shape = Shape {
    number: "3403",
    way: Way::In,
    node: "data",
    list: false,
    fields: &[
        must("hosp_dept_codg", "医院科室编码", Text(20)),
        must("hosp_dept_name", "医院科室名称", Text(100)),
        must("begntime", "开始时间", Day),
    ],
};
