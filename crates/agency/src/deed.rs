//! `Deed`: what somebody did at the pages: who, when, what, about whom and why. Deeds are the entries of the office's lane, chained like
//! the ledger: none is changed, none is taken out.

use domain::words;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use store::{EntryRow, LaneId, START};

use crate::moment;
use crate::operator::Role;
use crate::word;

words! {
    /// What was done.
    pub enum Doing {
        SignedIn: "signed_in", "登录", "signed in";
        NotSignedIn: "not_signed_in", "登录失败", "failed to sign in";
        SignedOut: "signed_out", "退出", "signed out";
        Found: "found", "查找参保人", "looked for a person";
        Looked: "looked", "查看参保人档案", "looked at a person's record";
        Unmasked: "unmasked", "查看完整姓名和身份证号", "saw the whole name and identity number";
        Tried: "tried", "试算", "tried a settlement";
        Settled: "settled_at_till", "提交结算", "asked to settle";
        TookBack: "taken_back_at_till", "提交退费", "asked to take back";
        Reconciled: "reconciled", "对账", "reconciled";
        Proposed: "proposed", "提出业务", "proposed";
        Withdrew: "proposal_called_back", "撤回业务", "withdrew a proposal";
        Approved: "proposal_approved", "复核通过", "approved a proposal";
        TurnedDown: "proposal_turned_down", "复核不通过", "turned a proposal down";
        CarriedOut: "proposal_carried_out", "办结", "carried a proposal out";
        CouldNot: "proposal_not_carried_out", "未能办理", "could not carry a proposal out";
        Audited: "books_audited", "核查账目", "had the books audited";
        ReadMessages: "messages_read", "查看原始报文", "read messages";
        Made: "operator_made", "新增操作员", "made an operator";
        Changed: "operator_changed", "变更操作员", "changed an operator";
        Renewed: "operator_renewed", "重设操作员密码", "gave an operator another password";
        Resumed: "operator_resumed", "恢复操作员", "let an operator work again";
        Ended: "operator_ended", "停用操作员", "ended an operator";
        ChosePassword: "password_chosen", "修改密码", "chose a password";
    }
}

/// What somebody did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// The operator's name; empty for whoever works at the command line.
    pub by: String,
    /// In which role.
    pub role: Option<Role>,
    /// When, by the door's clock.
    pub at: DateTime,
    /// What.
    pub what: Doing,
    /// About whom.
    pub person: Option<u64>,
    /// What else it was about: an operator, an institution, a settlement, a proposal.
    pub about: String,
    /// Why, as the operator told it.
    pub why: String,
}

/// A deed as it stands in an entry's record.
#[derive(Serialize, Deserialize)]
struct Form {
    #[serde(with = "moment")]
    at: Option<DateTime>,
    #[serde(
        default,
        with = "word::option",
        skip_serializing_if = "Option::is_none"
    )]
    role: Option<Role>,
    #[serde(with = "word")]
    what: Doing,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    about: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    why: String,
}

impl Deed {
    /// The kind of such entries. They move no money.
    pub(crate) const KIND: &'static str = "deed";

    /// The entry after another.
    pub(crate) fn entry(&self, lane: LaneId, head: &store::Head) -> Result<EntryRow, String> {
        let form = Form {
            at: Some(self.at),
            role: self.role,
            what: self.what,
            about: plain(&self.about),
            why: plain(&self.why),
        };
        let mut entry = EntryRow {
            seq: head.seq + 1,
            day: self.at.date(),
            year: None,
            kind: Deed::KIND.to_owned(),
            person: self.person.unwrap_or_default(),
            party: plain(&self.by),
            about: 0,
            policy: 0,
            postings: Vec::new(),
            record: serde_json::to_string(&form).map_err(|e| e.to_string())?,
            hash: START,
        };
        entry.hash = entry.chained(lane, &head.hash);
        Ok(entry)
    }

    /// The deed of an entry.
    ///
    /// # Errors
    /// When it is none.
    pub(crate) fn of(entry: &EntryRow) -> Result<Deed, String> {
        if entry.kind != Deed::KIND {
            return Err(format!("its kind `{}` is no deed", entry.kind));
        }
        let form: Form = serde_json::from_str(&entry.record).map_err(|e| e.to_string())?;
        Ok(Deed {
            by: entry.party.clone(),
            role: form.role,
            at: form.at.ok_or("it has no moment")?,
            what: form.what,
            person: Some(entry.person).filter(|person| *person > 0),
            about: form.about,
            why: form.why,
        })
    }
}

/// A text of one line, without what a database or a terminal takes for something else.
fn plain(text: &str) -> String {
    text.chars()
        .map(|character| match character.is_control() {
            true => ' ',
            false => character,
        })
        .take(500)
        .collect()
}

#[cfg(test)]
mod tests {
    use domain::region::Region;
    use jiff::civil::datetime;

    use super::*;

    #[test]
    fn a_deed_comes_back_from_its_entry() {
        let region = Region::parse("999900").expect("a region");
        let lane = LaneId { region, number: 0 };
        let head = store::Head {
            seq: 4,
            hash: START,
        };
        let deed = Deed {
            by: "wang".into(),
            role: Some(Role::Clerk),
            at: datetime(2026, 11, 27, 9, 30, 0, 0),
            what: Doing::Unmasked,
            person: Some(7),
            about: String::new(),
            why: "a letter\nof the person\0".into(),
        };
        let entry = deed.entry(lane, &head).expect("an entry");
        assert_eq!(entry.seq, 5);
        assert_eq!(entry.hash, entry.chained(lane, &START));
        let why = "a letter of the person ".to_owned();
        assert_eq!(Deed::of(&entry), Ok(Deed { why, ..deed }));
        let other = EntryRow {
            kind: "settlement".into(),
            ..entry
        };
        assert!(Deed::of(&other).is_err());
    }
}
