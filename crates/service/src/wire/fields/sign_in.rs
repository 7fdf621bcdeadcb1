//! Shapes: the tables of signing in and out.

use super::Kind::{Day, Text};
use super::{Shape, Way, must};

/// 9001 input, `signIn`.
pub static IN_9001_SIGN_IN: Shape = Shape {
    number: "9001",
    way: Way::In,
    node: "signIn",
    list: false,
    fields: &[
        must("opter_no", "操作员编号", Text(20)),
        must("mac", "签到MAC地址", Text(20)),
        must("ip", "签到IP地址", Text(20)),
    ],
};

/// 9001 output, `signinoutb`.
pub static OUT_9001_SIGNINOUTB: Shape = Shape {
    number: "9001",
    way: Way::Out,
    node: "signinoutb",
    list: false,
    fields: &[
        must("sign_time", "签到时间", Day),
        must("sign_no", "签到编号", Text(30)),
    ],
};

/// 9002 input, `signOut`.
pub static IN_9002_SIGN_OUT: Shape = Shape {
    number: "9002",
    way: Way::In,
    node: "signOut",
    list: false,
    fields: &[
        must("sign_no", "签到编号", Text(30)),
        must("opter_no", "操作员编号", Text(20)),
    ],
};

/// 9002 output, `signoutoutb`.
pub static OUT_9002_SIGNOUTOUTB: Shape = Shape {
    number: "9002",
    way: Way::Out,
    node: "signoutoutb",
    list: false,
    fields: &[must("sign_time", "签退时间", Day)],
};
