//! `Operator`: somebody who works with the pages, at the agency or at an institution's till: the role, and what it may do. A table.

use domain::words;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::word;

words! {
    /// What somebody is there for. Each has the rights that its work needs and no other.
    pub enum Role {
        Reader: "reader", "查询员", "reader";
        Clerk: "clerk", "经办员", "clerk";
        Reviewer: "reviewer", "复核员", "reviewer";
        Administrator: "administrator", "系统管理员", "administrator";
        Cashier: "cashier", "收费员", "cashier";
    }
}

words! {
    /// What one may do.
    pub enum Right {
        Look: "look", "查询参保人、机构、基金与政策，试算", "look at persons, institutions, funds and policies; what-if";
        Unmask: "unmask", "说明理由后查看完整姓名和身份证号", "see a whole name and identity number, for a reason that is told";
        Propose: "propose", "提出备案、撤销备案、退费等业务", "propose registrations, their cancelling, reversals";
        Decide: "decide", "复核他人提出的业务", "decide on what others proposed";
        Reconcile: "reconcile", "与机构对账", "reconcile with institutions";
        Audit: "audit", "核查账目", "have the books audited";
        ReadMessages: "read_messages", "查看原始报文", "read messages word for word";
        Manage: "manage", "管理操作员，查看操作日志", "manage operators, read the log of who did what";
        Charge: "charge", "在本机构试算、结算、退费、对账", "try, settle, take back and reconcile at the own institution";
    }
}

impl Role {
    /// What the role may do: the one table of rights.
    #[must_use]
    pub const fn rights(self) -> &'static [Right] {
        match self {
            Role::Reader => &[Right::Look],
            Role::Clerk => &[Right::Look, Right::Unmask, Right::Propose, Right::Reconcile],
            Role::Reviewer => &[
                Right::Look,
                Right::Unmask,
                Right::Decide,
                Right::Reconcile,
                Right::Audit,
                Right::ReadMessages,
            ],
            Role::Administrator => &[Right::Manage],
            Role::Cashier => &[Right::Charge],
        }
    }

    /// Whether the role may do it.
    #[must_use]
    pub fn may(self, right: Right) -> bool {
        self.rights().contains(&right)
    }
}

/// Somebody who works with the pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operator {
    /// The name by which one signs in.
    pub name: String,
    /// What people call the person.
    pub called: String,
    /// What the person is there for.
    #[serde(with = "word")]
    pub role: Role,
    /// The institution whose bills a cashier makes; no other role has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<String>,
    /// A digest of the password, as whoever checks it writes it.
    pub password: String,
    /// The password was given by somebody else: another is to be chosen first.
    #[serde(default)]
    pub given: bool,
    /// One more with each change: a session that began before a change ends.
    pub version: u32,
    /// Since when.
    pub since: Date,
    /// The last day, if it has come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl Operator {
    /// Whether a text can be a name: 2 to 32 small letters, digits, `.`, `-` and `_`, and a letter first.
    #[must_use]
    pub fn is_name(text: &str) -> bool {
        let letter = |byte: u8| byte.is_ascii_lowercase();
        let allowed = |byte: u8| letter(byte) || byte.is_ascii_digit() || b".-_".contains(&byte);
        (2..=32).contains(&text.len())
            && text.bytes().all(allowed)
            && text.bytes().next().is_some_and(letter)
    }

    /// Whether the person still works here.
    #[must_use]
    pub const fn is_at_work(&self) -> bool {
        self.until.is_none()
    }

    /// Whether the operator may do it.
    #[must_use]
    pub fn may(&self, right: Right) -> bool {
        self.is_at_work() && self.role.may(right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who decides does not propose, who manages sees nobody's money, and a cashier has nothing of the agency's.
    #[test]
    fn rights_are_apart() {
        for role in Role::ALL {
            assert!(!(role.may(Right::Propose) && role.may(Right::Decide)));
            assert!(!(role.may(Right::Manage) && role.rights().len() > 1));
            assert!(!(role.may(Right::Charge) && role.rights().len() > 1));
        }
        for right in Right::ALL {
            assert!(Role::ALL.iter().any(|role| role.may(*right)), "{right:?}");
        }
    }

    #[test]
    fn a_name_is_plain() {
        for (text, is) in [
            ("wang.li-2", true),
            ("ab", true),
            ("a", false),
            ("2ab", false),
            ("Wang", false),
            ("王丽", false),
            ("a b", false),
            ("a\nb", false),
            ("abcdefghijklmnopqrstuvwxyzabcdefg", false),
        ] {
            assert_eq!(Operator::is_name(text), is, "{text:?}");
        }
    }
}
