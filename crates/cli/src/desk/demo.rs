//! `yibao demo`: an agency with a synthetic town, and months that go by; the same seed gives the same books.

mod late;
mod life;
mod settling;
mod taking_in;

use std::process::ExitCode;
use std::sync::Arc;

use agency::{Agency, Request, Swept};
use domain::explain::amount;
use domain::ledger::{Holder, LedgerAccount};
use domain::month::Month;
use domain::region::Region;
use domain::words::Lang;
use domain::{Fen, ledger::EntryKind};
use serde_json::{Value, json};
use store::{Head, Key, LaneId};
use town::Town;

use super::progress::Progress;
use super::{Desk, sums};
use crate::args::desk::Demo;
use crate::output::{count, numbers_right, pretty, right};

/// Persons that are worked out at once.
const CHUNK: usize = 20_000;

/// A town and its agency.
struct Run<'a> {
    desk: &'a Desk<'a>,
    agency: &'a Agency,
    town: Town,
    /// The town's numbers of its persons in the order of the agency's: neighbours in the database are worked at together.
    order: Arc<[u64]>,
    /// Codes of the employers by their numbers.
    employers: Vec<String>,
    /// Codes of the providers by their numbers.
    facilities: Vec<String>,
    visits: bool,
    progress: Progress,
    swept: Swept,
}

pub(crate) fn run(command: &Demo, desk: &Desk<'_>) -> Result<ExitCode, String> {
    let region = match desk.place.of_region {
        Some(region) => region,
        None => Region::parse("310000").ok_or("310000 is a region")?,
    };
    let (agency, swept) = built(command, desk, region, None)?;
    report(command, desk, &agency, &swept)
}

/// The agency of a town whose months have gone by. With a month until which all is paid in advance, the last month has only begun:
/// premiums and credits are in, and what it will bring has not happened.
pub(super) fn built(
    command: &Demo,
    desk: &Desk<'_>,
    region: Region,
    ahead: Option<Month>,
) -> Result<(Agency, Swept), String> {
    let agency = made(command, desk, region)?;
    let start = command.start.first_day();
    let town = Town::new(command.seed, command.persons, start, region);
    let work = town.persons() * (1 + u64::from(command.months) * 2);
    let mut run = Run {
        desk,
        agency: &agency,
        town,
        order: order(&town, &agency),
        employers: Vec::new(),
        facilities: Vec::new(),
        visits: !command.no_visits,
        progress: Progress::of(Some(work), desk.output.say("参保", "enrolling")),
        swept: Swept::default(),
    };
    run.take_in()?;
    let months = i32::try_from(command.months).unwrap_or(i32::MAX);
    for month in (0..months).map(|n| command.start.plus(n)) {
        let name = format!("{}-{:02}", month.year(), month.month());
        run.progress.says(&name);
        run.pay_and_credit(month)?;
        if ahead.is_none() || month < command.start.plus(months - 1) {
            run.live(month)?;
        }
    }
    if let Some(until) = ahead {
        run.pay_ahead(command.start.plus(months), until)?;
    }
    run.progress.done();
    let swept = std::mem::take(&mut run.swept);
    Ok((agency, swept))
}

/// An agency whose key is made from the seed.
fn made(command: &Demo, desk: &Desk<'_>, region: Region) -> Result<Agency, String> {
    let path = desk.key();
    let bytes = key_bytes(command.seed);
    if path.exists() {
        let probe = "demo";
        let known = Key::read(&path).map_err(|e| desk.told(&e.into()))?;
        if known.find(probe) != Key::from_bytes(bytes).find(probe) {
            let path = path.display();
            return Err(match desk.lang() {
                Lang::Zh => format!("{path}：已有另一把密钥；请用 --key 另指文件"),
                Lang::En => format!("{path}: there is another key; name another file with --key"),
            });
        }
    } else {
        Key::create_of(&path, bytes).map_err(|e| desk.told(&e.into()))?;
    }
    Agency::create(&desk.options(region), command.lanes).map_err(|e| desk.told(&e))
}

fn key_bytes(seed: u64) -> [u8; 64] {
    let mut bytes = *b"the key of a demonstration is made from its seed and no secret!!";
    bytes[32..40].copy_from_slice(&seed.to_be_bytes());
    bytes
}

impl Run<'_> {
    /// Hands requests in and counts what became of them.
    fn bulk(&mut self, requests: Vec<Request>) -> Result<(), String> {
        let swept = self.agency.bulk(requests);
        let mut swept = swept.map_err(|e| self.desk.stored(e))?;
        swept.refusals.clear();
        self.swept.add(swept);
        Ok(())
    }
}

/// The town's numbers in the order of the persons' numbers.
fn order(town: &Town, agency: &Agency) -> Arc<[u64]> {
    let numbers: Vec<u64> = (0..town.persons()).collect();
    let mut persons = in_order(&numbers, |number, done| {
        let townsman = town.person(number);
        done.extend(townsman.map(|t| (agency.find(&t.identity_number).0, number)));
    });
    persons.sort_unstable();
    persons.into_iter().map(|(_, number)| number).collect()
}

/// Works something out for each number, on two threads; the results stand in the order of the numbers.
fn in_order<T: Send>(numbers: &[u64], work: impl Fn(u64, &mut Vec<T>) + Sync) -> Vec<T> {
    let part = |numbers: &[u64]| {
        let mut done = Vec::new();
        numbers.iter().for_each(|number| work(*number, &mut done));
        done
    };
    let (first, second) = numbers.split_at(numbers.len() / 2);
    std::thread::scope(|scope| {
        let second = scope.spawn(|| part(second));
        let mut first = part(first);
        // A thread that panicked has told so.
        first.extend(second.join().unwrap_or_default());
        first
    })
}

fn report(
    command: &Demo,
    desk: &Desk<'_>,
    agency: &Agency,
    swept: &Swept,
) -> Result<ExitCode, String> {
    let output = desk.output;
    let heads = heads(agency, desk)?;
    if command.json {
        output.line(&pretty(&told(agency, swept, &heads)));
        return Ok(ExitCode::SUCCESS);
    }
    output.line(&match output.lang {
        Lang::Zh => format!(
            "示范城镇：统筹区 {}，种子 {}，{} 个月，记录 {} 条",
            agency.region(),
            command.seed,
            command.months,
            count(swept.done)
        ),
        Lang::En => format!(
            "A town in region {}, seed {}, months: {}, entries: {}",
            agency.region(),
            command.seed,
            command.months,
            count(swept.done)
        ),
    });
    output.heading(output.say("发生了什么", "What happened"));
    let entries: u64 = heads.iter().map(|(_, head)| head.seq).sum();
    let inherited = entries.saturating_sub(swept.done);
    let sent = Some((&EntryKind::Inherited, &inherited)).filter(|_| inherited > 0);
    for (kind, number) in swept.kinds.iter().chain(sent) {
        output.line(&format!(
            "{:>12}  {}",
            count(*number),
            kind.name(output.lang)
        ));
    }
    output.heading(output.say("基金", "Funds"));
    let header = [
        output.say("基金", "fund"),
        output.say("收入（元）", "income, yuan"),
        output.say("支出（元）", "outlay, yuan"),
    ];
    let mut table = output.table(&header);
    numbers_right(&mut table, 1..3);
    for (account, income, outlay) in funds(swept) {
        table.add_row([
            comfy_table::Cell::new(account.name(output.lang)),
            right(amount(income)),
            right(amount(outlay)),
        ]);
    }
    output.line(&table.to_string());
    sums::refused(output, &swept.refused);
    output.heading(output.say("账本末端", "Where the chains end"));
    for (lane, head) in &heads {
        output.line(&format!("{lane}  {:>12}  {}", count(head.seq), head.hash));
    }
    Ok(ExitCode::SUCCESS)
}

fn told(agency: &Agency, swept: &Swept, heads: &[(LaneId, Head)]) -> Value {
    let mut value = sums::json(swept);
    let kind = |(kind, number): (&EntryKind, &u64)| (kind.code().to_owned(), json!(number));
    value["region"] = json!(agency.region().to_string());
    value["kinds"] = Value::Object(swept.kinds.iter().map(kind).collect());
    let head = |(lane, head): &(LaneId, Head)| {
        json!({
            "lane": lane.to_string(),
            "entries": head.seq,
            "hash": head.hash.to_string(),
        })
    };
    value["lanes"] = json!(heads.iter().map(head).collect::<Vec<_>>());
    value
}

/// Income and outlay of each fund that had any.
fn funds(swept: &Swept) -> Vec<(LedgerAccount, Fen, Fen)> {
    let funds = LedgerAccount::ALL.iter();
    let sum = |sums: &std::collections::BTreeMap<_, Fen>, account: LedgerAccount| {
        sums.get(&account.number()).copied().unwrap_or_default()
    };
    funds
        .filter(|account| account.holder() == Holder::Fund && account.number().0 < 3200)
        .map(|&account| {
            let income = sum(&swept.credited, account);
            (account, income, sum(&swept.debited, account))
        })
        .filter(|(_, income, outlay)| !income.is_zero() || !outlay.is_zero())
        .collect()
}

fn heads(agency: &Agency, desk: &Desk<'_>) -> Result<Vec<(LaneId, Head)>, String> {
    let lanes = agency.lane_ids().skip(1);
    let head = |lane| {
        let head = agency.read(lane, |store| store.head());
        head.map(|head| (lane, head)).map_err(|e| desk.stored(e))
    };
    lanes.map(head).collect()
}
