//! Proposals: a clerk proposes, another decides, the agency carries out once; what stops on the way is told.

use std::sync::Arc;

use agency::Request;
use agency::act::Act;
use agency::deed::{Deed, Doing};
use agency::domain::registration::RegistrationKind;
use agency::proposal::{Decision, Proposal, Stand};
use agency::record::{Event, Registered};
use axum::http::StatusCode;
use jiff::civil::{Date, date};

use crate::been::{Been, location};
use crate::house::WANG;
use crate::visitor::Visitor;

/// A form by which a clerk proposes that somebody lives elsewhere for long.
const LONG_TERM: &str =
    "kind=long_term&disease=&region=310000&facility=&from=2026-11-01&until=&why=moved+to+a+son";

/// A clerk proposes, a reviewer approves, the record has it; then it is cancelled the same way, and a settlement taken back.
#[tokio::test]
async fn what_is_proposed_is_decided_by_another_and_carried_out() {
    let been = Been::open().await;
    let mut clerk = been.at_work("c.clerk").await;
    let mut reviewer = been.at_work("v.reviewer").await;
    let cover = been.path("/agency/persons/N/cover");
    let number = been.proposed(&mut clerk, "register", LONG_TERM).await;
    let own = clerk.get("/agency/proposals").await.text;
    assert!(
        own.contains("/withdraw") && !own.contains("/approve"),
        "{own}"
    );
    assert!(
        !clerk.get(&cover).await.text.contains("310000"),
        "nothing is done yet"
    );
    let early = been.decides(&mut reviewer, number, "carry-out").await;
    assert_eq!(early.status, StatusCode::CONFLICT, "nobody has approved it");
    let list = reviewer.get("/agency/proposals").await.text;
    for told in [
        "living elsewhere for long, 310000, 2026-11-01",
        "李*",
        "moved to a son",
        "c.clerk",
    ] {
        assert!(list.contains(told), "{told}: {list}");
    }
    let shown = been.decides(&mut reviewer, number, "approve").await;
    assert_eq!(location(&shown), "/agency/proposals");
    assert!(
        clerk
            .get(&cover)
            .await
            .text
            .contains("living elsewhere for long, 310000, 2026-11-01")
    );
    let proposal = been.proposal(number).await;
    let registered = proposal.entry.unwrap();
    // After a refusal the one that was chosen is still chosen, and nobody proposes to cancel another.
    let short = format!("entry={registered}&why=no");
    let path = been.path("/agency/persons/N/cancel");
    let shown = clerk.send(&path, &short).await;
    assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let chosen = format!("<option value=\"{registered}\" selected>");
    assert!(shown.text.contains(&chosen), "{}", shown.text);
    assert_eq!(
        (proposal.stand, proposal.decided_by.as_deref()),
        (Stand::CarriedOut, Some("v.reviewer"))
    );
    // Decided twice is refused, and nothing is done twice.
    for path in ["approve", "carry-out", "turn-down"] {
        let again = been.decides(&mut reviewer, number, path).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "{path}");
        assert!(again.text.contains("carried out by now"), "{}", again.text);
    }
    let cancel = format!("entry={registered}&why=came+back+home");
    let reverse = format!("entry={}&why=charged+twice", been.entries[2]);
    let (home, sum) = (
        "living elsewhere for long, 310000, 2026-11-01",
        "市一医院, 43,",
    );
    for (form, fields, told) in [("cancel", cancel, home), ("reverse", reverse, sum)] {
        let number = been.proposed(&mut clerk, form, &fields).await;
        let list = reviewer.get("/agency/proposals").await.text;
        let (waits, _) = list.split_once("<h2>Decided last").unwrap();
        assert!(waits.contains(told), "{told}: {waits}");
        let shown = been.decides(&mut reviewer, number, "approve").await;
        assert_eq!(location(&shown), "/agency/proposals");
        assert_eq!(
            been.proposal(number).await.stand,
            Stand::CarriedOut,
            "{form}"
        );
    }
    assert!(
        !clerk
            .get(&cover)
            .await
            .text
            .contains("living elsewhere for long, 310000, 2026-11-01")
    );
    // What was done is told by what it was, not by numbers alone.
    let list = reviewer.get("/agency/proposals").await.text;
    let last = been.entries[2];
    for told in [
        format!(
            "cancel the registration of entry {registered}: living elsewhere for long, 310000, 2026-11-01"
        ),
        format!("take settlement {last} back: 2026-04-09, 市一医院, 43,"),
    ] {
        assert!(list.contains(&told), "{told}: {list}");
    }
    let sheet = format!(
        "/agency/persons/{}/settlements/{}",
        been.person, been.entries[2]
    );
    let sheet = clerk.get(&sheet).await.text;
    assert!(
        sheet.contains("Taken back on") && !sheet.contains("/reverse"),
        "{sheet}"
    );
    let history = been.history().await;
    let of = |is: fn(&Event) -> bool| history.iter().filter(|(_, event)| is(event)).count();
    assert_eq!(of(|event| matches!(event, Event::Registered(_))), 1);
    assert_eq!(of(|event| matches!(event, Event::Unregistered(_))), 1);
    assert_eq!(of(|event| matches!(event, Event::Reversed(_))), 1);
    let deeds = been.deeds().await;
    let told: Vec<_> = deeds
        .iter()
        .filter(|deed| deed.about == format!("proposal {number}"))
        .map(|deed| (deed.what, &*deed.by))
        .collect();
    assert_eq!(
        told,
        [
            (Doing::Approved, "v.reviewer"),
            (Doing::CarriedOut, "v.reviewer")
        ]
    );
    been.end().await;
}

/// What the agency would refuse is not proposed, nor what waits already, nor what is not told whole.
#[tokio::test]
async fn why_something_is_not_proposed_is_told_at_once() {
    let been = Been::open().await;
    let mut clerk = been.at_work("c.clerk").await;
    let entry = been.entries[1];
    for (form, fields, why) in [
        (
            "register",
            "kind=long_term&from=2026-11-01&why=moved+away",
            "living elsewhere for long: the region is needed",
        ),
        (
            "register",
            "kind=long_term&region=31&from=2026-11-01&why=moved+away",
            "a code of six digits",
        ),
        (
            "register",
            "kind=referral&from=2026-11-01&why=moved+away",
            "a region or an institution is needed",
        ),
        (
            "register",
            "kind=approval&facility=H0&from=2026-11-01&why=moved+away",
            "its code is not known here",
        ),
        (
            "register",
            "kind=disease&disease=gout&from=2026-11-01&why=moved+away",
            "no such disease",
        ),
        (
            "register",
            "kind=disease&from=2026-11-01&why=moved+away",
            "choose the disease",
        ),
        (
            "register",
            "kind=king&from=2026-11-01&why=moved+away",
            "choose what is to be registered",
        ),
        (
            "register",
            "kind=temporary&from=tomorrow&why=moved+away",
            "day `tomorrow`",
        ),
        (
            "register",
            "kind=temporary&from=20261101&why=moved+away",
            "day `20261101`",
        ),
        (
            "register",
            "kind=temporary&from=2026-11-01&until=2026-10-01&why=moved+away",
            "2026-10-01 lies before 2026-11-01",
        ),
        (
            "register",
            "kind=temporary&from=1900-01-01&why=moved+away",
            "before the person was born",
        ),
        (
            "register",
            "kind=temporary&from=9998-01-01&why=moved+away",
            "more than a year from now",
        ),
        (
            "register",
            "kind=long_term&region=330102&from=2026-11-01&why=moved+away",
            "the region is this one",
        ),
        (
            "register",
            "kind=temporary&from=2026-11-01&why=",
            "5 to 200 characters",
        ),
        (
            "cancel",
            "entry=7&why=came+back",
            "the person has no entry 7",
        ),
        ("cancel", "entry=x&why=came+back", "There is no such entry"),
        (
            "reverse",
            "entry=1&why=charged+twice",
            "There is no such entry",
        ),
    ] {
        let path = been.path(&format!("/agency/persons/N/{form}"));
        let shown = clerk.send(&path, fields).await;
        assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields}");
        assert!(shown.text.contains(why), "{fields}: {}", shown.text);
    }
    let form = format!("entry={entry}&why=charged+twice");
    let number = been.proposed(&mut clerk, "reverse", &form).await;
    let path = been.path("/agency/persons/N/reverse");
    let again = clerk.send(&path, &form).await;
    let waits = format!("it is proposed already and waits: proposal {number}");
    assert!(again.text.contains(&waits), "{}", again.text);
    let proposed = been.deeds().await;
    let proposed = proposed.iter().filter(|deed| deed.what == Doing::Proposed);
    assert_eq!(
        proposed.map(|deed| &*deed.about).collect::<Vec<_>>(),
        [format!("reverse {entry}")]
    );
    been.end().await;
}

/// Nobody decides on the own, only whoever proposed takes back, and a no has its reason.
#[tokio::test]
async fn nobody_decides_on_what_is_the_own() {
    let been = Been::open().await;
    let mut clerk = been.at_work("c.clerk").await;
    let mut reviewer = been.at_work("v.reviewer").await;
    let mut numbers = Vec::new();
    for region in ["310000", "320100", "110000"] {
        let form = LONG_TERM.replace("310000", region);
        numbers.push(been.proposed(&mut clerk, "register", &form).await);
    }
    let [first, second, third] = numbers[..] else {
        panic!("three were proposed");
    };
    let turn_down = format!("/agency/proposals/{first}/turn-down");
    let shown = reviewer.send(&turn_down, "why=no").await;
    assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(been.proposal(first).await.stand, Stand::Open);
    reviewer.send(&turn_down, "why=no+proof+came").await;
    been.decides(&mut clerk, second, "withdraw").await;
    let list = reviewer.get("/agency/proposals").await.text;
    assert!(
        list.contains("no proof came") && list.contains("withdrawn"),
        "{list}"
    );
    let stands = [
        been.proposal(first).await.stand,
        been.proposal(second).await.stand,
    ];
    assert_eq!(stands, [Stand::TurnedDown, Stand::Withdrawn]);
    // The clerk becomes a reviewer: what was proposed before is still the own, and the page offers no button.
    let mut admin = been.at_work("a.admin").await;
    let change = "called=c&role=reviewer&institution=&why=promoted&version=1";
    assert_eq!(
        admin.send("/agency/operators/c.clerk", change).await.status,
        StatusCode::OK
    );
    let mut promoted = been.at_work("c.clerk").await;
    let list = promoted.get("/agency/proposals").await.text;
    assert!(
        list.contains("110000") && !list.contains("/approve"),
        "{list}"
    );
    for path in ["approve", "turn-down"] {
        let shown = been.decides(&mut promoted, third, path).await;
        assert_eq!(shown.status, StatusCode::CONFLICT, "{path}");
        assert!(
            shown.text.contains("Nobody decides on what is the own"),
            "{}",
            shown.text
        );
    }
    assert_eq!(been.proposal(third).await.stand, Stand::Open);
    let history = been.history().await;
    assert!(
        !history
            .iter()
            .any(|(_, event)| matches!(event, Event::Registered(_)))
    );
    been.end().await;
}

/// The service stops between the approval and the agency's answer; also between the answer and its being written down.
#[tokio::test]
async fn what_was_approved_before_a_stop_is_carried_out_once() {
    let been = Been::open().await;
    let mut clerk = been.at_work("c.clerk").await;
    let mut reviewer = been.at_work("v.reviewer").await;
    let mut numbers = Vec::new();
    for (entry, answered) in [(been.entries[0], false), (been.entries[1], true)] {
        let form = format!("entry={entry}&why=charged+twice");
        let number = been.proposed(&mut clerk, "reverse", &form).await;
        let (agency, deed) = (Arc::clone(&been.agency), approving(number, been.person));
        let stopped = tokio::task::spawn_blocking(move || {
            let (tell, told) = std::sync::mpsc::channel();
            let decision = Decision::Approve(deed.at.date());
            agency.decide(number, decision, deed, move |done| {
                tell.send(done).unwrap();
            });
            let proposal = told.recv().unwrap().unwrap().unwrap();
            if answered {
                let key = Proposal::key(number);
                let request = Request::keyed(proposal.person, key, proposal.act);
                agency.call(request).unwrap();
            }
        });
        stopped.await.unwrap();
        assert_eq!(been.proposal(number).await.stand, Stand::Approved);
        numbers.push(number);
    }
    let list = reviewer.get("/agency/proposals").await.text;
    let mut entries = Vec::new();
    // Another reviewer carries out what the first one approved; both are told.
    let mut other = promoted(&been).await;
    for number in numbers {
        assert!(list.contains(&format!("/proposals/{number}/carry-out")));
        let shown = been.decides(&mut reviewer, number, "approve").await;
        assert_eq!(shown.status, StatusCode::CONFLICT);
        let shown = been.decides(&mut other, number, "carry-out").await;
        assert_eq!(location(&shown), "/agency/proposals");
        let proposal = been.proposal(number).await;
        assert_eq!(proposal.stand, Stand::CarriedOut);
        assert_eq!(proposal.decided_by.as_deref(), Some("v.reviewer"));
        assert_eq!(proposal.carried_out_by.as_deref(), Some("r.reader"));
        entries.push(proposal.entry);
        let shown = been.decides(&mut reviewer, number, "carry-out").await;
        assert_eq!(shown.status, StatusCode::CONFLICT);
    }
    let history = been.history().await;
    let reversed: Vec<u64> = history
        .iter()
        .filter(|(_, event)| matches!(event, Event::Reversed(_)))
        .map(|(entry, _)| *entry)
        .collect();
    entries.sort_unstable();
    assert_eq!(entries, reversed.into_iter().map(Some).collect::<Vec<_>>());
    been.end().await;
}

/// The one who only read becomes a second reviewer.
async fn promoted(been: &Been) -> Visitor {
    let mut admin = been.at_work("a.admin").await;
    let change = "called=r&role=reviewer&institution=&why=promoted&version=1";
    let shown = admin.send("/agency/operators/r.reader", change).await;
    assert_eq!(shown.status, StatusCode::OK);
    been.at_work("r.reader").await
}

/// Proposed weeks ago, approved today: the books have the day of the approval.
#[tokio::test]
async fn what_was_proposed_earlier_is_done_on_the_day_of_approval() {
    let been = Been::open().await;
    let mut reviewer = been.at_work("v.reviewer").await;
    let earlier = date(2026, 5, 4);
    let act = Act::Reverse {
        entry: been.entries[1],
        on: earlier,
    };
    let number = been.proposed_on(act, earlier).await;
    let shown = been.decides(&mut reviewer, number, "approve").await;
    assert_eq!(location(&shown), "/agency/proposals");
    let proposal = been.proposal(number).await;
    let deeds = been.deeds().await;
    let today = deeds.last().unwrap().at.date();
    assert_ne!(today, earlier);
    let (agency, person) = (Arc::clone(&been.agency), been.person);
    let history = tokio::task::spawn_blocking(move || agency.history(person).unwrap());
    let history = history.await.unwrap();
    let (reversed, _) = history.last().unwrap();
    assert_eq!(Some(reversed.seq), proposal.entry);
    assert_eq!(reversed.day, today);
    been.end().await;
}

/// The key was used with another content: what was done under it is found, and nothing is told to have failed.
#[tokio::test]
async fn what_was_carried_out_otherwise_under_the_key_is_carried_out() {
    let been = Been::open().await;
    let mut clerk = been.at_work("c.clerk").await;
    let mut reviewer = been.at_work("v.reviewer").await;
    let (mine, other) = (been.entries[1], been.agency.find(WANG).0);
    let form = format!("entry={mine}&why=charged+twice");
    let number = been.proposed(&mut clerk, "reverse", &form).await;
    let (agency, person) = (Arc::clone(&been.agency), been.person);
    let meanwhile = tokio::task::spawn_blocking(move || {
        let on = date(2026, 5, 4);
        let act = Act::Reverse { entry: mine, on };
        let request = Request::keyed(person, Proposal::key(number), act);
        agency.call(request).unwrap().entry
    });
    let entry = meanwhile.await.unwrap();
    let shown = been.decides(&mut reviewer, number, "approve").await;
    assert_eq!(location(&shown), "/agency/proposals");
    let proposal = been.proposal(number).await;
    assert_eq!(
        (proposal.stand, proposal.entry),
        (Stand::CarriedOut, Some(entry))
    );
    // Under the key of this one something was done for somebody else: it stands as approved, and why is told.
    let form = format!("entry={}&why=charged+twice", been.entries[0]);
    let number = been.proposed(&mut clerk, "reverse", &form).await;
    assert_eq!(
        been.agency.lane_of(other),
        been.agency.lane_of(been.person),
        "keys live in lanes"
    );
    let agency = Arc::clone(&been.agency);
    let meanwhile = tokio::task::spawn_blocking(move || {
        let act = Act::Register(registered(date(2026, 5, 4)));
        let request = Request::keyed(other, Proposal::key(number), act);
        agency.call(request).unwrap();
    });
    meanwhile.await.unwrap();
    let shown = been.decides(&mut reviewer, number, "approve").await;
    assert_eq!(shown.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(
        shown.text.contains("It is approved, and not yet"),
        "{}",
        shown.text
    );
    assert_eq!(been.proposal(number).await.stand, Stand::Approved);
    been.end().await;
}

fn registered(from: Date) -> Registered {
    Registered {
        kind: RegistrationKind::Temporary,
        disease: None,
        facility: None,
        region: None,
        from,
        until: None,
        paper: None,
    }
}

/// The person's lane cannot write: what was approved waits, and is carried out later.
#[tokio::test]
async fn what_cannot_be_carried_out_now_stands_as_approved() {
    let been = Been::open().await;
    let mut clerk = been.at_work("c.clerk").await;
    let mut reviewer = been.at_work("v.reviewer").await;
    let number = been.proposed(&mut clerk, "register", LONG_TERM).await;
    let lane = been.agency.lane_of(been.person).number;
    let shut = been.shut(&format!("lane-{lane:02}"));
    let shown = been.decides(&mut reviewer, number, "approve").await;
    drop(shut);
    let told = "It is approved, and not yet written down as carried out";
    assert!(shown.text.contains(told), "{}", shown.text);
    assert_eq!(shown.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(been.proposal(number).await.stand, Stand::Approved);
    let shown = been.decides(&mut reviewer, number, "carry-out").await;
    assert_eq!(location(&shown), "/agency/proposals");
    assert_eq!(been.proposal(number).await.stand, Stand::CarriedOut);
    been.end().await;
}

fn approving(number: u64, person: u64) -> Deed {
    Deed {
        by: "v.reviewer".to_owned(),
        role: None,
        at: date(2026, 11, 27).at(10, 0, 0, 0),
        what: Doing::Approved,
        person: Some(person),
        about: format!("proposal {number}"),
        why: String::new(),
    }
}

/// Between the proposal and the decision the settlement was taken back by somebody else.
#[tokio::test]
async fn why_it_could_not_be_carried_out_is_told() {
    let been = Been::open().await;
    let mut clerk = been.at_work("c.clerk").await;
    let mut reviewer = been.at_work("v.reviewer").await;
    let entry = been.entries[1];
    let form = format!("entry={entry}&why=charged+twice");
    let number = been.proposed(&mut clerk, "reverse", &form).await;
    let (agency, person) = (Arc::clone(&been.agency), been.person);
    let meanwhile = tokio::task::spawn_blocking(move || {
        let on = date(2026, 11, 27);
        agency
            .call(Request::plain(person, Act::Reverse { entry, on }))
            .unwrap();
    });
    meanwhile.await.unwrap();
    let shown = been.decides(&mut reviewer, number, "approve").await;
    assert_eq!(location(&shown), "/agency/proposals");
    let proposal = been.proposal(number).await;
    assert_eq!((proposal.stand, proposal.entry), (Stand::CouldNot, None));
    let why = format!("记录 {entry} 已冲正 / entry {entry} is reversed");
    assert_eq!(proposal.told, why);
    assert!(reviewer.get("/agency/proposals").await.text.contains(&why));
    let deeds = been.deeds().await;
    let last: Vec<_> = deeds
        .iter()
        .rev()
        .filter(|deed| deed.about == format!("proposal {number}"))
        .collect();
    assert_eq!((last[0].what, &last[0].why), (Doing::CouldNot, &why));
    been.end().await;
}
