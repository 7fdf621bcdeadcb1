//! The operators of a demonstration, of each role, whose passwords anybody may know. A table.

use agency::operator::Role;

/// One operator of a demonstration.
#[derive(Clone, Copy, Debug)]
pub struct DemoOperator {
    /// The name by which one signs in.
    pub name: &'static str,
    /// What people call the person: the role again.
    pub called: &'static str,
    /// The role.
    pub role: Role,
    /// Where the person works.
    pub at: At,
}

/// Where somebody works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// At the agency.
    Agency,
    /// At the till of a pharmacy.
    Pharmacy,
    /// At the till of a small clinic.
    Clinic,
}

/// Its operators.
pub const OPERATORS: [DemoOperator; 6] = [
    DemoOperator {
        name: "reader",
        called: "演示查询员",
        role: Role::Reader,
        at: At::Agency,
    },
    DemoOperator {
        name: "clerk",
        called: "演示经办员",
        role: Role::Clerk,
        at: At::Agency,
    },
    DemoOperator {
        name: "reviewer",
        called: "演示复核员",
        role: Role::Reviewer,
        at: At::Agency,
    },
    DemoOperator {
        name: "administrator",
        called: "演示系统管理员",
        role: Role::Administrator,
        at: At::Agency,
    },
    DemoOperator {
        name: "pharmacy",
        called: "演示药店收费员",
        role: Role::Cashier,
        at: At::Pharmacy,
    },
    DemoOperator {
        name: "clinic",
        called: "演示诊所收费员",
        role: Role::Cashier,
        at: At::Clinic,
    },
];

/// The password of one of them. Outside a sandbox it opens nothing.
#[must_use]
pub fn password(name: &str) -> String {
    format!("{OF_DEMO}{name}")
}

/// Passwords of a demonstration begin so, and no others do.
const OF_DEMO: &str = "sandbox-";

/// Whether a password has the form of those of a demonstration.
#[must_use]
pub fn is_of_demo(password: &str) -> bool {
    password.starts_with(OF_DEMO)
}
