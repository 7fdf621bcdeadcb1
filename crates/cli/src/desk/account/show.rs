//! `yibao account show`: the balances of both parts, grants received and given, the year's sums in words, open visits.

use agency::Agency;
use agency::record::Event;
use agency::record::money::Grant;
use agency::state::{PersonState, YearSums};
use agency::visit::VisitState;
use comfy_table::Cell;
use domain::Fen;
use domain::explain::amount;
use domain::ledger::{AccountNumber, Chart, YearFigure};
use domain::words::Lang;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::written;
use crate::args::account::Show;
use crate::desk::{Desk, person};
use crate::output::{numbers_right, pretty, right};

/// A grant that the person gave.
struct Given {
    grant: Grant,
    to: u64,
    on: Date,
    amount: Fen,
    /// What is left of it with the relative.
    left: Fen,
}

/// Everything that is shown.
struct Shown {
    person: u64,
    state: PersonState,
    given: Vec<Given>,
    visits: Vec<(u64, VisitState)>,
}

pub(super) fn run(command: &Show, desk: &Desk<'_>) -> Result<(), String> {
    let agency = desk.open()?;
    let (person, state) = person::find(&agency, desk, &command.person)?;
    let mut visits = Vec::new();
    for &number in &state.visits {
        let visit = agency.visit(person, number).map_err(|e| desk.stored(e))?;
        visits.extend(visit.map(|visit| (number, visit)));
    }
    let shown = Shown {
        person,
        given: given(&agency, desk, person)?,
        state,
        visits,
    };
    if command.json {
        desk.output.line(&pretty(&shown.json()));
        return Ok(());
    }
    shown.balances(desk);
    shown.grants(desk);
    shown.years(desk);
    shown.visits(desk);
    Ok(())
}

/// The grants that a person gave, with what the relatives have left of them.
fn given(agency: &Agency, desk: &Desk<'_>, person: u64) -> Result<Vec<Given>, String> {
    let lane = agency.lane_of(person).digits();
    let history = agency.history(person).map_err(|e| desk.stored(e))?;
    let mut all = Vec::new();
    for (entry, event) in history {
        let Event::GrantGiven(given) = event else {
            continue;
        };
        let grant = (lane, entry.seq);
        let relative = agency.person(given.to).map_err(|e| desk.stored(e))?;
        let received = relative.map(|relative| relative.received);
        let received = received.unwrap_or_default();
        let left = received.iter().find(|r| r.grant == grant).map(|r| r.left);
        all.push(Given {
            grant,
            to: given.to,
            on: entry.day,
            amount: entry.postings.iter().map(|p| p.amount).sum(),
            left: left.unwrap_or_default(),
        });
    }
    Ok(all)
}

impl Shown {
    fn balances(&self, desk: &Desk<'_>) {
        let (output, account) = (desk.output, &self.state.account);
        let person = self.person;
        output.heading(&match output.lang {
            Lang::Zh => format!("个人账户 · 人员编号 {person}"),
            Lang::En => format!("Account of person {person}"),
        });
        let mut table = output.table(&["", output.say("金额（元）", "yuan")]);
        numbers_right(&mut table, 1..2);
        let always = [
            (output.say("当年余额", "current year"), account.current),
            (output.say("历年余额", "prior years"), account.prior),
        ];
        let sometimes = [
            (
                output.say("其中可支取", "of which may be withdrawn"),
                account.withdrawable,
            ),
            (
                output.say("已缴待划入", "paid in and not yet credited"),
                account.awaiting,
            ),
            (
                output.say("多划待扣", "credited too much, to be set off"),
                account.owed,
            ),
            (
                output.say("家庭共济额度", "relatives' grants"),
                self.state.granted(),
            ),
        ];
        let sometimes = sometimes.into_iter().filter(|(_, sum)| !sum.is_zero());
        for (name, sum) in always.into_iter().chain(sometimes) {
            table.add_row([Cell::new(name), right(amount(sum))]);
        }
        output.line(&table.to_string());
    }

    fn grants(&self, desk: &Desk<'_>) {
        let output = desk.output;
        if self.state.received.is_empty() && self.given.is_empty() {
            return;
        }
        output.heading(output.say("家庭共济", "Family grants"));
        for received in &self.state.received {
            let (grant, from) = (written(received.grant), received.from);
            let left = amount(received.left);
            output.line(&match output.lang {
                Lang::Zh => format!("  {grant}：由 {from} 授权，余 {left} 元"),
                Lang::En => format!("  {grant}: from person {from}, {left} left"),
            });
        }
        for given in &self.given {
            let (grant, to, on) = (written(given.grant), given.to, given.on);
            let (sum, left) = (amount(given.amount), amount(given.left));
            output.line(&match output.lang {
                Lang::Zh => format!("  {grant}：{on} 授权给 {to}，{sum} 元，余 {left} 元"),
                Lang::En => format!("  {grant}: to person {to} on {on}, {sum}, {left} left"),
            });
        }
    }

    fn years(&self, desk: &Desk<'_>) {
        let output = desk.output;
        for year in &self.state.years.0 {
            let (scheme, first) = (year.scheme.name(output.lang), year.first);
            output.heading(&match output.lang {
                Lang::Zh => format!("{scheme} · {first} 起的年度"),
                Lang::En => format!("Year from {first}, {scheme}"),
            });
            for (account, sum) in of_year(year) {
                let name = account.name(output.lang);
                let name = name.split_once([':', '：']).map_or(&*name, |(_, of)| of);
                output.line(&format!("  {}: {sum}", name.trim()));
            }
        }
    }

    fn visits(&self, desk: &Desk<'_>) {
        let output = desk.output;
        if self.visits.is_empty() {
            return;
        }
        output.heading(output.say("未结算的就诊", "Open visits"));
        for (number, visit) in &self.visits {
            let setting = visit.care.setting.name(output.lang);
            let (facility, from) = (&visit.care.facility, visit.care.when.from);
            let open = visit.lines.iter().filter(|line| line.is_open()).count();
            output.line(&match output.lang {
                Lang::Zh => {
                    format!("  {number}：{setting}，{facility}，{from} 起，待结算费用 {open} 条")
                }
                Lang::En => {
                    format!("  {number}: {setting}, {facility}, from {from}, open lines: {open}")
                }
            });
        }
    }

    fn json(&self) -> Value {
        let account = &self.state.account;
        let received = self.state.received.iter().map(
            |r| json!({ "grant": written(r.grant), "from": r.from, "left": r.left.to_string() }),
        );
        let given = self.given.iter().map(|g| {
            json!({
                "grant": written(g.grant),
                "to": g.to,
                "day": g.on.to_string(),
                "amount": g.amount.to_string(),
                "left": g.left.to_string(),
            })
        });
        let years = self.state.years.0.iter().map(|year| {
            let sums = of_year(year)
                .map(|(account, sum)| json!({ "what": account.name(Lang::En), "sum": sum }));
            json!({
                "scheme": year.scheme.code(),
                "first": year.first.to_string(),
                "sums": sums.collect::<Vec<_>>(),
            })
        });
        json!({
            "person": self.person,
            "current": account.current.to_string(),
            "prior": account.prior.to_string(),
            "withdrawable": account.withdrawable.to_string(),
            "awaiting": account.awaiting.to_string(),
            "owed": account.owed.to_string(),
            "received": received.collect::<Vec<_>>(),
            "given": given.collect::<Vec<_>>(),
            "years": years.collect::<Vec<_>>(),
            "visits": self.state.visits,
        })
    }
}

/// The sums of a year: amounts in yuan, stays counted.
fn of_year(year: &YearSums) -> impl Iterator<Item = (Chart, String)> {
    let told = |&(number, sum): &(AccountNumber, u64)| {
        let account = Chart::of(number)?;
        let sum = match account {
            Chart::Year(of) if of.figure == YearFigure::Stays => sum.to_string(),
            _ => amount(Fen::new(sum)),
        };
        Some((account, sum))
    };
    year.sums.iter().filter_map(told)
}
