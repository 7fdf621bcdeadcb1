//! Slips: what an institution finds at the agency when it reconciles a day or a month.

use agency::act::{Act, Settling};
use agency::record::{Care, Discharged, VisitOpened};
use agency::{Agency, Period, Request, Slip, SlipAsk, SlipSum};
use domain::Fen;
use domain::person::Status;
use domain::setting::Setting;
use jiff::civil::{date, datetime};

use crate::house::mirror::Mirror;
use crate::house::{
    CENTRE, HOSPITAL, PHARMACY, care, enrolled, line, outpatient, pay, settle, stay,
};
use crate::tale::{Tale, first};

fn ask(party: &str) -> SlipAsk {
    SlipAsk {
        party: party.into(),
        until: u64::MAX,
        ..SlipAsk::default()
    }
}

/// Asks in pages of so many.
fn slips(agency: &Agency, ask: &SlipAsk, limit: u32) -> Vec<Slip> {
    let mut slips: Vec<Slip> = Vec::new();
    loop {
        let after = slips.last().map(Slip::place);
        let page = agency.slips(ask, after, limit).unwrap();
        if page.is_empty() {
            return slips;
        }
        slips.extend(page);
    }
}

#[test]
fn institutions_reconcile_by_slips_over_all_lanes() {
    let mut tale = Tale::new("310000", 3);
    let persons: Vec<u64> = (1..=3)
        .map(|lane| {
            let li = tale.person("Li", lane, enrolled(Status::Active, first(2024, 1)));
            let paid = pay(202_401, 202_412, date(2024, 1, 10));
            tale.step("pays the year", li, paid);
            li
        })
        .collect();
    let agency = &tale.house.agency;
    let mut settled = Vec::new();
    for (n, &person) in persons.iter().cycle().take(12).enumerate() {
        let month = if n < 6 { 3 } else { 4 };
        let care: Care = match n % 4 {
            0 => care(CENTRE, Setting::Emergency, (date(2024, month, 1), None), 50),
            _ => outpatient(HOSPITAL, date(2024, month, 1), 900 + n as u64),
        };
        let request = Request {
            // Three lanes at the same moment; some of no known moment.
            at: (n % 4 != 1).then(|| datetime(2024, month, 1, 10, 0, 0, 0)),
            ..Request::keyed(person, format!("K:{n}"), settle(care))
        };
        settled.push((person, agency.call(request).unwrap().entry));
    }
    let (person, entry) = settled[11];
    let reverse = Act::Reverse {
        entry,
        on: date(2024, 4, 2),
    };
    let reverse = Request {
        at: Some(datetime(2024, 5, 6, 7, 8, 9, 0)),
        ..Request::keyed(person, "R:1".into(), reverse)
    };
    let reversed = agency.call(reverse).unwrap().entry;

    let all = slips(agency, &ask(HOSPITAL), 100);
    assert_eq!(all.len(), 10);
    assert!(all.is_sorted_by_key(Slip::place));
    for limit in [1, 2, 7] {
        assert_eq!(slips(agency, &ask(HOSPITAL), limit), all);
    }
    let last = &all[9].row;
    assert_eq!(
        (last.at, last.seq, last.about),
        (20_240_506_070_809, reversed, entry)
    );
    let first_at = agency.slips(&ask(HOSPITAL), None, 1).unwrap()[0].row.at;
    assert_eq!(
        first_at, 20_240_301_000_000,
        "the day, where no moment was told"
    );
    let original = all
        .iter()
        .find(|s| s.row.seq == entry && s.lane == all[9].lane);
    let original = &original.unwrap().row;
    assert_eq!((last.total, last.funds), (original.total, original.funds));
    assert_eq!((original.key.as_str(), last.key.as_str()), ("K:11", "R:1"));
    assert_eq!(original.total, Fen::from_yuan(911));

    let sums = agency.slip_sums(&ask(HOSPITAL), Period::Month).unwrap();
    let told: Vec<_> = sums
        .iter()
        .map(|s| (s.period, s.refunds, s.count))
        .collect();
    assert_eq!(
        told,
        [(202_403, false, 4), (202_404, false, 5), (202_405, true, 1)]
    );
    let whole = agency.slip_sums(&ask(HOSPITAL), Period::Whole).unwrap();
    let standing =
        |of: fn(&SlipSum) -> Fen| whole.iter().filter(|s| !s.refunds).map(of).sum::<Fen>();
    let rows = all.iter().filter(|s| s.row.about == 0);
    assert_eq!(standing(|s| s.funds), rows.map(|s| s.row.funds).sum());
    assert_eq!(
        standing(|s| s.total),
        standing(|s| s.funds)
            + standing(|s| s.account)
            + standing(|s| s.cash)
            + standing(|s| s.hospital)
    );
    let narrow = SlipAsk {
        settings: vec!["emergency".into()],
        scheme: Some("employee".into()),
        ..ask(CENTRE)
    };
    assert_eq!(slips(agency, &narrow, 2).len(), 3);
    let other = SlipAsk {
        scheme: Some("resident".into()),
        ..narrow
    };
    assert_eq!(slips(agency, &other, 2), []);
    assert_eq!(agency.slip_sums(&ask(PHARMACY), Period::Day).unwrap(), []);
    Mirror::of(agency);
}

/// The slip of a visit names it, and that of a reversal in the same batch is there, too.
#[test]
fn a_slip_names_its_visit() {
    let mut tale = Tale::new("310000", 1);
    let li = tale.person("Li", 1, enrolled(Status::Active, first(2024, 1)));
    tale.step("pays", li, pay(202_401, 202_412, date(2024, 1, 10)));
    let agency = &tale.house.agency;
    let opened = Act::Open(Box::new(VisitOpened {
        care: stay(HOSPITAL, date(2024, 3, 1)),
        paper: None,
    }));
    let visit = agency.call(Request::plain(li, opened)).unwrap().entry;
    let acts = [
        Act::AddLines {
            visit,
            lines: vec![line("x", date(2024, 3, 1), 4000)],
            returns: Vec::new(),
            on: date(2024, 3, 1),
        },
        Act::Discharge(Box::new(Discharged {
            visit,
            on: date(2024, 3, 5),
            paper: None,
        })),
        Act::SettleVisit(Settling {
            visit,
            ..Settling::default()
        }),
        Act::Reverse {
            entry: visit + 3,
            on: date(2024, 3, 6),
        },
    ];
    let requests = acts.map(|act| Request::plain(li, act));
    let trial = Request::trial(li, settle(outpatient(HOSPITAL, date(2024, 3, 1), 10)));
    agency.call(trial).unwrap();
    let refusals = agency.bulk(requests.into()).unwrap().refusals;
    assert_eq!(refusals, []);
    let told: Vec<_> = slips(agency, &ask(HOSPITAL), 9)
        .into_iter()
        .map(|slip| {
            (
                slip.row.seq,
                slip.row.about,
                slip.row.visit,
                slip.row.setting,
                slip.row.total,
            )
        })
        .collect();
    let bill = Fen::from_yuan(4000);
    let inpatient = || "inpatient".to_owned();
    assert_eq!(
        told,
        [
            (visit + 3, 0, visit, inpatient(), bill),
            (visit + 4, visit + 3, visit, inpatient(), bill)
        ]
    );
    Mirror::of(agency);
}
