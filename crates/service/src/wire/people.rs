//! `Somebody`: an insured person as an answer tells them: name and identity number opened, age, class.

use std::time::Instant;

use agency::domain::day::age_on;
use agency::domain::identity_number::IdentityNumber;
use agency::domain::person::{Identity, Status};
use agency::{Seen, Who};
use jiff::civil::Date;
use serde::Deserialize;

use super::ids::PersonId;
use super::kinds;
use super::read::{Faulty, Fields, Rule};
use super::refusal::Refusal;
use super::work::Work;
use super::write::Out;
use crate::vouchers::Vouchers;
use crate::window::Window;

/// An insured person on a day.
pub(super) struct Somebody {
    /// The number as the interface has it.
    pub(super) id: String,
    pub(super) name: String,
    pub(super) identity: String,
    pub(super) who: Who,
    pub(super) day: Date,
}

/// What is sealed.
#[derive(Default, Deserialize)]
struct Named {
    #[serde(default)]
    name: String,
    #[serde(default)]
    identity_number: String,
}

impl Somebody {
    /// Of an answer's or a look's person. What was never kept, or cannot be opened, stays empty.
    pub(super) fn new(work: &Work<'_>, person: u64, who: Who, day: Date) -> Somebody {
        let sealed = who.sealed.as_deref();
        let key = work.window.agency.key();
        let opened = sealed.and_then(|sealed| key.open(person, sealed).ok());
        let named = opened.and_then(|text| serde_json::from_str(&text).ok());
        let named: Named = named.unwrap_or_default();
        Somebody {
            id: work.person_id(person),
            name: named.name,
            identity: named.identity_number,
            who,
            day,
        }
    }

    /// Of a person that was looked at.
    pub(super) fn seen(work: &Work<'_>, person: u64, seen: &Seen, day: Date) -> Option<Somebody> {
        let who = seen.who(day)?;
        Some(Somebody::new(work, person, who, day))
    }

    pub(super) fn age(&self) -> Option<u16> {
        age_on(self.who.birth?, self.day)
    }

    fn is(&self, identity: Identity) -> bool {
        self.who
            .identities
            .iter()
            .any(|known| known == identity.code())
    }

    pub(super) fn class(&self) -> &'static str {
        let status = self.who.status.unwrap_or(Status::Resident);
        kinds::person_class(status, self.age(), self.is(Identity::Student))
    }

    pub(super) fn civil_servant(&self) -> &'static str {
        match self.is(Identity::CivilServant) {
            true => "1",
            false => "0",
        }
    }

    /// Writes a field that tells of a person, whatever the table; false if it is none of them. A table.
    pub(super) fn know(&self, work: &Work<'_>, out: &mut Out, name: &str) -> bool {
        match name {
            "psn_no" => out.text(name, &self.id),
            "psn_name" => out.text(name, &self.name),
            "psn_cert_type" => out.text(name, "01"),
            "certno" => out.text(name, &self.identity),
            "gend" => out.text(name, kinds::sex(self.who.sex)),
            "naty" => out.null(name),
            "brdy" => {
                let birth = self.who.birth.map(|birth| birth.to_string());
                out.opt_text(name, birth.as_deref())
            }
            "age" => out.age(name, self.age().unwrap_or(0)),
            "insutype" => out.opt_text(name, self.who.scheme.map(kinds::insurance)),
            "psn_type" => out.text(name, self.class()),
            "cvlserv_flag" => out.text(name, self.civil_servant()),
            "flxempe_flag" => {
                let flexible = self.who.status == Some(Status::Flexible);
                out.text(name, if flexible { "1" } else { "0" })
            }
            "insu_optins" => out.text(name, work.window.area.as_str()),
            _ => return false,
        };
        true
    }

    /// Number, name and papers.
    pub(super) fn write_names(&self, out: &mut Out) {
        out.text("psn_no", &self.id)
            .text("psn_name", &self.name)
            .text("psn_cert_type", "01")
            .text("certno", &self.identity);
    }

    /// What follows the names. The agency keeps no ethnic group.
    pub(super) fn write_body(&self, out: &mut Out) {
        out.text("gend", kinds::sex(self.who.sex)).null("naty");
        match self.who.birth {
            Some(birth) => out.text("brdy", &birth.to_string()),
            None => out.null("brdy"),
        };
        out.age("age", self.age().unwrap_or(0));
    }

    /// Insurance and class.
    pub(super) fn write_class(&self, out: &mut Out) {
        let insurance = self.who.scheme.map(kinds::insurance);
        out.opt_text("insutype", insurance)
            .text("psn_type", self.class())
            .text("cvlserv_flag", self.civil_servant());
    }
}

/// The token of an e-voucher that this agency made, where that is the paper that was shown. Its kind may be left out.
pub(super) fn voucher(fields: &Fields<'_>) -> Result<Option<String>, Faulty> {
    let kind = fields.opt_text("mdtrt_cert_type")?;
    let token = fields.opt_text("mdtrt_cert_no")?.unwrap_or_default();
    let token = token.to_ascii_uppercase();
    let is_ours = kind.is_none_or(|kind| kind == "01") && Vouchers::is_token(&token);
    Ok(is_ours.then_some(token))
}

/// Whose voucher it is; none if it is not good any more, or another institution used it.
pub(super) fn holder(work: &Work<'_>, token: &str) -> Option<u64> {
    let institution = &work.message.institution;
    work.window
        .vouchers
        .used(token, institution, Instant::now())
}

/// Whose paper a scanner has read at an institution: an e-voucher of this agency, a person's number as the interface has it, and else an
/// identity number, by which cards are known, too.
pub(crate) fn whose(window: &Window, institution: &str, paper: &str) -> Result<u64, Refusal> {
    let paper = paper.to_ascii_uppercase();
    if Vouchers::is_token(&paper) {
        let used = window.vouchers.used(&paper, institution, Instant::now());
        return used.ok_or_else(no_voucher);
    }
    match PersonId::parse(&paper) {
        Some(id) if id.region == window.area => Ok(id.number),
        Some(_) => Err(nobody()),
        None => Ok(window.agency.find(&paper).0),
    }
}

pub(super) fn no_voucher() -> Refusal {
    Refusal::door(
        "no_voucher",
        "电子凭证不存在、已失效或已在其他机构使用，请参保人重新出示",
        "there is no such e-voucher, or it has ended, or another institution has used it",
    )
}

pub(crate) fn nobody() -> Refusal {
    Refusal::door(
        "nobody",
        "未查询到参保人，请核对凭证号码与参保地",
        "nobody is insured here by this number",
    )
}

/// An identity number or a voucher beside a person's number is the same person's; other papers are not known to the agency.
pub(super) fn same(work: &Work<'_>, fields: &Fields<'_>, person: u64) -> Result<(), Faulty> {
    for name in ["certno", "mdtrt_cert_no"] {
        let text = fields.opt_text(name)?.unwrap_or_default();
        let Ok(identity) = IdentityNumber::parse(text) else {
            continue;
        };
        if work.window.agency.find(identity.as_str()).0 != person {
            return Err(fields.refuse(name, Rule::SamePerson));
        }
    }
    // A voucher that has ended since the person was looked up says nothing any more.
    let shown = voucher(fields)?.and_then(|token| holder(work, &token));
    match shown.is_none_or(|shown| shown == person) {
        true => Ok(()),
        false => Err(fields.refuse("mdtrt_cert_no", Rule::SamePerson)),
    }
}
