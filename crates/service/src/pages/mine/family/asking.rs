//! `Told`: what came of a form of the family page: an amount given to a relative, or what is left of a grant gone back.

use std::time::Instant;

use agency::act::Act;
use agency::domain::explain::amount;
use agency::domain::fen::Fen;
use agency::domain::identity_number::IdentityNumber;
use agency::record::Event;
use agency::record::money::Grant;
use agency::{Answer, Holder, Refused, Request, yuan};
use serde::{Deserialize, Serialize};

use super::super::super::plain;
use super::misses::Misses;
use super::{of_text, written};
use crate::clock;
use crate::door::Door;
use crate::random;
use crate::wire::refusal::Refusal;

/// A form without a key is none of ours: it could not be carried out once.
const NO_KEY: (&str, &str) = ("请刷新页面后重试", "Open the page anew, and try again");

/// What came of a form, in both languages.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) is_done: bool,
    pub(super) zh: String,
    pub(super) en: String,
}

/// The form by which an amount is given.
#[derive(Deserialize)]
pub(super) struct Giving {
    #[serde(default)]
    key: String,
    #[serde(default)]
    identity_number: String,
    #[serde(default)]
    amount: String,
}

/// The form by which what is left goes back.
#[derive(Deserialize)]
pub(super) struct Ending {
    #[serde(default)]
    key: String,
    #[serde(default)]
    grant: String,
}

impl Told {
    fn done(zh: String, en: String) -> Told {
        let is_done = true;
        Told { is_done, zh, en }
    }

    fn not(zh: &str, en: &str) -> Told {
        let (zh, en) = (zh.to_owned(), en.to_owned());
        let is_done = false;
        Told { is_done, zh, en }
    }

    /// Why not.
    fn refused(refusal: &Refusal) -> Told {
        Told::not(&refusal.told(false), &refusal.english())
    }
}

/// Gives a relative an amount of the account. A number that nobody here has is told apart only when all else would do.
pub(super) async fn give(door: &Door, misses: &Misses, person: u64, form: &Giving) -> Told {
    if !random::is_name(&form.key) {
        return Told::not(NO_KEY.0, NO_KEY.1);
    }
    let number = plain::paper(&form.identity_number);
    let Ok(identity) = IdentityNumber::parse(&number) else {
        return Told::not(
            "身份证号码不正确，请核对",
            "This is no identity number; please compare",
        );
    };
    let Ok(sum) = yuan(&plain::figure(&form.amount)) else {
        return Told::not(
            "金额请以元填写，最多两位小数",
            "The amount is yuan with at most two decimals",
        );
    };
    if !misses.begin(person, Instant::now()) {
        return Told::not(
            "查无此人的次数过多，请15分钟后再试",
            "Numbers that nobody has were named too often; try again in a quarter of an hour",
        );
    }
    let (to, _) = door.window.agency.find(identity.as_str());
    let given = given(door, person, to, sum, &form.key).await;
    // Only a number that nobody has stays counted.
    if !matches!(given, Ok(None)) {
        misses.hit(person);
    }
    match given {
        Ok(Some(answer)) => {
            let grant = written((answer.lane.digits(), answer.entry));
            let (sum, to) = (amount(sum), masked(identity));
            Told::done(
                format!("已授权 {to} 使用 {sum} 元，授权编号 {grant}。"),
                format!("{to} may draw {sum} yuan; the grant's number is {grant}."),
            )
        }
        Ok(None) => Told::not(
            "该号码没有参保登记，未授权",
            "Nobody with this number is enrolled here; nothing was given",
        ),
        Err(refusal) => Told::refused(&refusal),
    }
}

/// The entry that gives it; none if nobody has the relative's number. Money for nobody would lie on its way for ever.
async fn given(
    door: &Door,
    person: u64,
    to: u64,
    amount: Fen,
    key: &str,
) -> Result<Option<Answer>, Refusal> {
    let on = clock::now().date();
    let act = Act::Grant { to, amount, on };
    if !door.window.is_known(to).await? {
        door.window.ask(Request::trial(person, act)).await?;
        return Ok(None);
    }
    let said = format!("grant {to} {}", amount.fen());
    let request = request(person, (person, key), act, said);
    door.window.ask(request).await.map(Some)
}

/// Ends a grant: what is left of it goes back to its giver. The giver asks for it as well as the relative who received it, and nobody else.
pub(super) async fn end(door: &Door, person: u64, form: &Ending) -> Told {
    if !random::is_name(&form.key) {
        return Told::not(NO_KEY.0, NO_KEY.1);
    }
    let ended = match of_text(&form.grant) {
        Some(grant) => ended(door, person, grant, &form.key).await,
        None => Err(Refused::NoGrant.into()),
    };
    match ended {
        Ok(answer) => {
            let sum: Fen = answer.postings.iter().map(|p| p.amount).sum();
            let (sum, grant) = (amount(sum), form.grant.trim());
            Told::done(
                format!("授权 {grant} 余下的 {sum} 元退还授权人。"),
                format!("The {sum} yuan that are left of grant {grant} go back to its giver."),
            )
        }
        Err(refusal) => Told::refused(&refusal),
    }
}

async fn ended(door: &Door, person: u64, grant: Grant, key: &str) -> Result<Answer, Refusal> {
    let received = receiver(door, person, grant).await?;
    let received = received.ok_or(Refused::NoGrant)?;
    let on = clock::now().date();
    let said = format!("return {}", written(grant));
    let act = Act::ReturnGrant { grant, on };
    let request = request(received, (person, key), act, said);
    door.window.ask(request).await
}

/// Who received a grant, by the entries of a person who gave or received it.
async fn receiver(door: &Door, person: u64, grant: Grant) -> Result<Option<u64>, Refusal> {
    let own = door.window.agency.lane_of(person).digits();
    let history = door.window.history(person).await?;
    let found = history.iter().find_map(|(entry, event)| match event {
        Event::GrantGiven(given) => (grant == (own, entry.seq)).then_some(given.to),
        Event::GrantReceived(received) => (grant == received.grant).then_some(person),
        _ => None,
    });
    Ok(found)
}

/// A request that is carried out once for the form. Its content is what the form says, so that one sent again after midnight is the same.
fn request(person: u64, (by, key): (u64, &str), act: Act, said: String) -> Request {
    // Nobody's form meets the key of an institution or of somebody else's form.
    let key = format!("mine/{by}/{key}");
    Request {
        at: Some(clock::second(clock::now())),
        said: Some(said),
        ..Request::keyed(person, key, act)
    }
}

fn masked(identity: IdentityNumber) -> String {
    let holder = Holder {
        name: String::new(),
        identity_number: identity.as_str().to_owned(),
    };
    holder.masked().identity_number
}
