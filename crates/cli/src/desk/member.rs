//! `yibao member`: changes of one person's membership, its end, what is registered, and premiums.

use std::process::ExitCode;

use agency::act::Act;
use agency::record::money::Heir;
use agency::record::{Changed, Closed, Registered};
use domain::Fen;
use domain::explain::amount;
use domain::ledger::LedgerAccount;
use domain::membership::Leaving;
use domain::month::Month;
use domain::registration::RegistrationKind;
use domain::words::Lang;

use super::Desk;
use super::counter::{Counter, Done};
use super::stated::Stated;
use crate::args::member::{Change, Died, Leave, Member, MoveOut, Pay, Register};

pub(crate) fn run(command: &Member, desk: &Desk<'_>) -> Result<ExitCode, String> {
    match command {
        Member::Change(command) => change(command, desk),
        Member::Leave(command) => leave(command, desk),
        Member::MoveOut(command) => move_out(command, desk),
        Member::Died(command) => died(command, desk),
        Member::Register(command) => register(command, desk),
        Member::Pay(command) => pay(command, desk),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn change(command: &Change, desk: &Desk<'_>) -> Result<(), String> {
    let codes = |text: &String| -> Vec<String> {
        let codes = text.split(';').map(str::trim);
        codes.filter(|c| !c.is_empty()).map(str::to_owned).collect()
    };
    let employer = command.employer.map(|code| code.as_str().to_owned());
    let changed = Changed {
        from: command.from,
        status: command.status,
        retired: command.retired,
        identities: command.identities.as_ref().map(codes),
        employer: employer.or(command.no_employer.then(String::new)),
        base: command.base,
    };
    Counter::open(&command.asked, desk)?.carry_out(Act::Change(changed), |done| {
        let status = done.state.status(command.from);
        let status = status.map_or("", |status| status.name(desk.lang()));
        let base = done
            .state
            .base_on(command.from)
            .map_or("-".to_owned(), amount);
        match desk.lang() {
            Lang::Zh => format!("人员状态：{status}；缴费基数 {base} 元。"),
            Lang::En => format!("Status: {status}; base of contribution: {base}."),
        }
    })
}

fn leave(command: &Leave, desk: &Desk<'_>) -> Result<(), String> {
    let until = command.until;
    let closed = Closed {
        until,
        leaving: Leaving::Left,
    };
    let counter = Counter::open(&command.asked, desk)?;
    counter.carry_out(Act::Close(closed), |_| match desk.lang() {
        Lang::Zh => format!("参保至 {until}。"),
        Lang::En => format!("The enrolment ends with {until}."),
    })
}

fn move_out(command: &MoveOut, desk: &Desk<'_>) -> Result<(), String> {
    let to = command.to.trim();
    if to.is_empty() {
        let say = desk.output.say("--to 不能为空", "--to names a place");
        return Err(say.to_owned());
    }
    let act = Act::MoveOut {
        until: command.until,
        to: to.to_owned(),
    };
    let counter = Counter::open(&command.asked, desk)?;
    counter.carry_out(act, |done| {
        let sum = amount(credited(done, LedgerAccount::Moved));
        match desk.lang() {
            Lang::Zh => format!("账户余额 {sum} 元转往 {to}。"),
            Lang::En => format!("The account's {sum} go along to {to}."),
        }
    })
}

fn died(command: &Died, desk: &Desk<'_>) -> Result<(), String> {
    let counter = Counter::open(&command.asked, desk)?;
    let (to, account) = match &command.heir {
        Some(heir) => {
            let heir = counter.other(heir)?;
            if heir == counter.person {
                let say = desk.output;
                return Err(say
                    .say("继承人不能是本人", "nobody is his own heir")
                    .to_owned());
            }
            let lane = counter.agency.lane_of(heir).digits();
            (Heir::Account(heir, lane), LedgerAccount::InTransit)
        }
        None if command.in_cash => (Heir::Cash, LedgerAccount::Estate),
        None => (Heir::Nobody, LedgerAccount::PooledFund),
    };
    let on = command.on;
    counter.carry_out(Act::Die { on, to }, |done| {
        let from = [LedgerAccount::Current, LedgerAccount::Prior].map(LedgerAccount::number);
        let postings = done.answer.postings.iter();
        let gone = postings.filter(|p| from.contains(&p.debit) && p.credit == account.number());
        let sum = amount(gone.map(|p| p.amount).sum());
        match (to, desk.lang()) {
            (Heir::Account(heir, _), Lang::Zh) => {
                format!("账户余额 {sum} 元转入继承人 {heir} 的个人账户。")
            }
            (Heir::Account(heir, _), Lang::En) => {
                format!("The account's {sum} go to the account of the heir, person {heir}.")
            }
            (Heir::Cash, Lang::Zh) => format!("账户余额 {sum} 元以现金付给继承人。"),
            (Heir::Cash, Lang::En) => format!("The account's {sum} are paid to the heirs in cash."),
            (Heir::Nobody, Lang::Zh) => format!("没有继承人，账户余额 {sum} 元并入统筹基金。"),
            (Heir::Nobody, Lang::En) => {
                format!("There is no heir: the account's {sum} go to the pooled fund.")
            }
        }
    })
}

fn register(command: &Register, desk: &Desk<'_>) -> Result<(), String> {
    let kind = command.kind;
    if let Some(missing) = missing(command) {
        return Err(match desk.lang() {
            Lang::Zh => format!("{}须写明 {missing}", kind.name(Lang::Zh)),
            Lang::En => format!("the kind `{}` needs {missing}", kind.code()),
        });
    }
    let registered = Registered {
        kind,
        disease: command.disease.clone(),
        facility: command.facility.clone(),
        region: command.in_region,
        from: command.from,
        until: command.until,
        paper: None,
    };
    let counter = Counter::open(&command.asked, desk)?;
    counter.carry_out(Act::Register(registered), |_| {
        let mut of = vec![kind.name(desk.lang()).to_owned()];
        of.extend(command.disease.clone());
        of.extend(command.facility.clone());
        of.extend(command.in_region.map(|region| region.to_string()));
        match desk.lang() {
            Lang::Zh => format!("{}。", of.join("，")),
            Lang::En => format!("{}.", of.join(", ")),
        }
    })
}

/// What each kind must say, as the register of them must (`docs/import.md`).
fn missing(command: &Register) -> Option<&'static str> {
    let (region, facility) = (command.in_region.is_some(), command.facility.is_some());
    match command.kind {
        RegistrationKind::Disease => command.disease.is_none().then_some("--disease"),
        RegistrationKind::LongTerm => (!region).then_some("--in-region"),
        RegistrationKind::Referral => (!region && !facility).then_some("--in-region / --facility"),
        RegistrationKind::Temporary | RegistrationKind::Accident => None,
        RegistrationKind::Approval | RegistrationKind::Designation => {
            (!facility).then_some("--facility")
        }
    }
}

fn pay(command: &Pay, desk: &Desk<'_>) -> Result<(), String> {
    let counter = Counter::open(&command.asked, desk)?;
    let (first, last, paid) = match (command.month, command.year) {
        (Some(month), _) => {
            let last = command.to.unwrap_or(month);
            (month, last, last.last_day())
        }
        (None, year) => {
            let first = year.and_then(|year| Month::new(year, 1));
            let first = first.ok_or("a year is written like 2024")?;
            // Whoever joins within the year pays from the month of joining.
            let open = counter.state.open_enrolment();
            let joined = open.map_or(first, |open| Month::of(open.from));
            (first.max(joined), first.plus(11), first.first_day())
        }
    };
    // Stated amounts are those of a month: one after the other for as many months as are not paid yet.
    let times = match command.month {
        Some(_) => unpaid(&counter, first, last),
        None => 1,
    };
    let mut stated = Stated::all(
        &command.stated,
        command.base.or(counter.state.base_on(last.last_day())),
    );
    for part in &mut stated {
        let once = part.amount;
        part.amount = (0..times).map(|_| once).sum();
    }
    let act = Act::Pay {
        first: first.digits(),
        last: last.digits(),
        base: command.base,
        stated,
        paid: command.paid.unwrap_or(paid),
    };
    counter.carry_out(act, |done| {
        let sum: Fen = done.answer.postings.iter().map(|p| p.amount).sum();
        let account = amount(credited(done, LedgerAccount::Awaiting));
        let (first, last, sum) = (written(first), written(last), amount(sum));
        match desk.lang() {
            Lang::Zh => format!("{first} 至 {last}：{sum} 元，其中待划入个人账户 {account} 元。"),
            Lang::En => {
                format!("{first} to {last}: {sum}, of which {account} are for the account.")
            }
        }
    })
}

/// How many months of the span are not paid for.
fn unpaid(counter: &Counter<'_>, first: Month, last: Month) -> usize {
    let payments = &counter.state.membership.payments;
    let months = (0..120).map(|n| first.plus(n)).take_while(|m| *m <= last);
    let open = |month: &Month| {
        !payments
            .iter()
            .any(|p| p.first <= *month && *month <= p.last)
    };
    months.filter(open).count()
}

/// `2024-01`.
fn written(month: Month) -> String {
    format!("{}-{:02}", month.year(), month.month())
}

/// What an entry brought into an account.
fn credited(done: &Done, account: LedgerAccount) -> Fen {
    let postings = done.answer.postings.iter();
    let into = postings.filter(|p| p.credit == account.number());
    into.map(|p| p.amount).sum()
}
