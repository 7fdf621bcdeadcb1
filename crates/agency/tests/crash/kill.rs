//! Kills: a working process is ended by force again and again; nothing that it acknowledged is lost, nothing is done twice.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;

use agency::act::Act;
use agency::record::{Cost, Event};
use agency::{Agency, Refused, Request};
use domain::ledger::EntryKind;
use domain::person::Status;
use domain::setting::Setting;
use fastrand::Rng;
use jiff::civil::date;

use crate::house::mirror::Mirror;
use crate::house::{House, enrolled, pay};
use crate::load::{PERSONS, person};
use crate::myself;

/// What a killed process has said: by key, the person, the act, and the entry if it was acknowledged.
type Said = BTreeMap<String, (u64, Act, Option<u64>)>;

/// What was tried in all.
#[derive(Debug, Default)]
struct Tried {
    kills: u64,
    acknowledged: u64,
    /// Asked and not acknowledged: carried out all the same, carried out when asked again, refused.
    unanswered: [u64; 3],
}

/// Kills it so often.
pub(crate) fn kills(kills: u64) {
    let House {
        agency,
        options,
        root,
    } = House::new("310000", 3);
    prepare(&agency);
    drop(agency);
    let mut dice = Rng::with_seed(kills);
    let mut tried = Tried::default();
    for run in 1..=kills {
        // Every fifth dies while it opens or takes its first steps.
        let lines = if run % 5 == 0 {
            dice.usize(..3)
        } else {
            dice.usize(3..400)
        };
        let said = killed(root.path(), run, lines);
        let agency = Agency::open(&options).unwrap();
        again(&agency, said, &mut tried);
        assert_eq!(agency.settle_messages().unwrap(), 0, "run {run}");
        let mirror = Mirror::of(&agency);
        once(&mirror);
        tried.kills += 1;
    }
    println!(
        "{} kills: {} acknowledged requests all stand; of those without an answer {} were carried out, {} not, {} are refused",
        tried.kills,
        tried.acknowledged,
        tried.unanswered[0],
        tried.unanswered[1],
        tried.unanswered[2],
    );
    assert!(
        tried.acknowledged > kills,
        "too little was tried: {tried:?}"
    );
}

fn prepare(agency: &Agency) {
    for number in 0..PERSONS {
        let whom = person(agency, number);
        let act = Act::Enrol {
            enrolled: enrolled(Status::Active, date(2024, 1, 1)),
            opening: domain::Fen::from_yuan(100),
        };
        agency.call(Request::plain(whom, act)).unwrap();
        let paid = pay(202_401, 202_403, date(2024, 1, 10));
        agency.call(Request::plain(whom, paid)).unwrap();
    }
}

/// Starts the work, kills it after so many lines, and returns what it said.
fn killed(root: &Path, run: u64, lines: usize) -> Said {
    let mut command = myself();
    let mut child = command
        .args(["load".as_ref(), root.as_os_str()])
        .arg(run.to_string())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut text = Vec::new();
    for _ in 0..lines {
        out.read_until(b'\n', &mut text).unwrap();
    }
    child.kill().unwrap();
    let status = child.wait().unwrap();
    assert_eq!(status.signal(), Some(9), "it ended by itself: {status}");
    out.read_to_end(&mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    let mut said = Said::new();
    // The last line may have been cut short, and then it was not said.
    for line in text
        .split_inclusive('\n')
        .filter(|line| line.ends_with('\n'))
    {
        let fields: Vec<&str> = line.trim_end().splitn(5, '\t').collect();
        let [mark, key, person, entry, act] = fields[..] else {
            panic!("a line of another form: {line}");
        };
        let act = serde_json::from_str(act).unwrap();
        let entry = (mark == "!").then(|| entry.parse().unwrap());
        said.insert(key.to_owned(), (person.parse().unwrap(), act, entry));
    }
    said
}

/// Everything that was said is asked again: what was acknowledged has the same answer.
fn again(agency: &Agency, said: Said, tried: &mut Tried) {
    for (key, (person, act, acknowledged)) in said {
        let lane = agency.lane_of(person);
        let head = agency.read(lane, |store| Ok(store.head()?.seq)).unwrap();
        let request = Request::keyed(person, key.clone(), act);
        let answer = agency.call(request.clone());
        if let Some(entry) = acknowledged {
            let answer = answer.as_ref().map(|answer| answer.entry);
            assert_eq!(answer, Ok(entry), "{key} was acknowledged");
            tried.acknowledged += 1;
        } else {
            let at = match &answer {
                Ok(answer) if answer.entry <= head => 0,
                Ok(_) => 1,
                Err(Refused::Unavailable(why)) => panic!("{key}: {why}"),
                Err(_) => 2,
            };
            tried.unanswered[at] += 1;
        }
        assert_eq!(agency.call(request), answer, "{key} asked once more");
    }
}

/// No bill was settled twice: no two cost the same.
fn once(mirror: &Mirror) {
    let mut costs = BTreeMap::new();
    for kept in mirror.lanes.values() {
        for entry in kept.entries.values() {
            if entry.kind != EntryKind::Settlement.code() {
                continue;
            }
            let event = Event::read(EntryKind::Settlement, &entry.record)
                .unwrap()
                .event;
            let Event::Settled(settled) = event else {
                continue;
            };
            assert_eq!(settled.care.setting, Setting::Outpatient);
            let Cost::Sums(sums) = settled.care.cost else {
                continue;
            };
            let other = costs.insert(sums, entry.seq);
            assert_eq!(
                other, None,
                "entries {other:?} and {} are one bill",
                entry.seq
            );
        }
    }
}
