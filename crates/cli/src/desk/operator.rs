//! `yibao operator`: who works with the pages: making one, the list, another password, the end.

use std::process::ExitCode;
use std::sync::mpsc::channel;

use agency::deed::{Deed, Doing};
use agency::operator::Operator;
use agency::{Agency, NotChanged, StoreError};
use domain::words::Lang;
use jiff::civil::DateTime;
use serde_json::json;
use service::operators::{Wanted, told};

use super::Desk;
use super::person::{now, today};
use crate::args::operator::{List, Make, Named, Operator as Command};
use crate::output::pretty;

pub(crate) fn run(command: &Command, desk: &Desk<'_>) -> Result<ExitCode, String> {
    match command {
        Command::Make(command) => make(command, desk),
        Command::List(command) => list(command, desk),
        Command::Renew(command) => renew(command, desk),
        Command::End(command) => end(command, desk),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn make(command: &Make, desk: &Desk<'_>) -> Result<(), String> {
    let agency = desk.open()?;
    let wanted = Wanted {
        name: command.name.clone(),
        called: command.called.clone(),
        role: command.role,
        institution: command.institution.clone(),
    };
    let wanted = wanted
        .checked(&agency.office(), today())
        .map_err(|faults| told(&faults, desk.lang()))?;
    let made = wanted.made(today());
    let (operator, given) = made.map_err(|fault| told(&[fault], desk.lang()))?;
    hired(&agency, operator.clone(), desk)?;
    show(&operator, &given, command.json, desk);
    Ok(())
}

/// Puts a new operator among the others.
pub(super) fn hired(agency: &Agency, operator: Operator, desk: &Desk<'_>) -> Result<(), String> {
    let deed = deed(Doing::Made, &operator);
    let name = operator.name.clone();
    let done = waited(|tell| agency.make_operator(operator, deed, tell));
    changed(done, &name, desk)
}

fn renew(command: &Named, desk: &Desk<'_>) -> Result<(), String> {
    let agency = desk.open()?;
    let operator = at_work(&agency, &command.name, desk)?;
    let made = Wanted::of(&operator).made(today());
    let (made, given) = made.map_err(|fault| told(&[fault], desk.lang()))?;
    let operator = Operator {
        password: made.password,
        given: true,
        ..operator
    };
    put(&agency, &operator, Doing::Renewed, desk)?;
    show(&operator, &given, command.json, desk);
    Ok(())
}

fn end(command: &Named, desk: &Desk<'_>) -> Result<(), String> {
    let agency = desk.open()?;
    let operator = Operator {
        until: Some(today()),
        ..at_work(&agency, &command.name, desk)?
    };
    put(&agency, &operator, Doing::Ended, desk)?;
    if command.json {
        desk.output.line(&pretty(&value(&operator)));
    } else {
        desk.output.line(&match desk.lang() {
            Lang::Zh => format!("{} 已停用。", operator.name),
            Lang::En => format!("{} has ended.", operator.name),
        });
    }
    Ok(())
}

fn put(agency: &Agency, operator: &Operator, what: Doing, desk: &Desk<'_>) -> Result<(), String> {
    let deed = deed(what, operator);
    let done = waited(|tell| agency.change_operator(operator.clone(), deed, tell));
    changed(done, &operator.name, desk)
}

fn list(command: &List, desk: &Desk<'_>) -> Result<(), String> {
    let agency = desk.open()?;
    let all = waited(|tell| agency.operators(tell)).map_err(|e| desk.stored(e))?;
    let output = desk.output;
    if command.json {
        let all: Vec<_> = all.iter().map(value).collect();
        output.line(&pretty(&json!(all)));
        return Ok(());
    }
    let heading = [
        output.say("用户名", "name"),
        output.say("姓名", "person"),
        output.say("角色", "role"),
        output.say("机构", "institution"),
        output.say("自", "since"),
        output.say("至", "until"),
    ];
    let mut table = output.table(&heading);
    for one in &all {
        table.add_row([
            one.name.clone(),
            one.called.clone(),
            one.role.name(desk.lang()).to_owned(),
            one.institution.clone().unwrap_or_default(),
            one.since.to_string(),
            one.until.map(|day| day.to_string()).unwrap_or_default(),
        ]);
    }
    output.line(&table.to_string());
    Ok(())
}

fn known(agency: &Agency, name: &str, desk: &Desk<'_>) -> Result<Operator, String> {
    let operator = waited(|tell| agency.operator(name.to_owned(), tell));
    let operator = operator.map_err(|e| desk.stored(e))?;
    operator.ok_or_else(|| not_changed(&NotChanged::Absent, name, desk.lang()))
}

/// One who still works here.
fn at_work(agency: &Agency, name: &str, desk: &Desk<'_>) -> Result<Operator, String> {
    let operator = known(agency, name, desk)?;
    match operator.until {
        None => Ok(operator),
        Some(until) => Err(match desk.lang() {
            Lang::Zh => format!("{name}：已于{until}停用"),
            Lang::En => format!("{name}: ended on {until}"),
        }),
    }
}

/// The office answers in its own thread.
fn waited<T: Send + 'static>(
    ask: impl FnOnce(Box<dyn FnOnce(Result<T, StoreError>) + Send>),
) -> Result<T, StoreError> {
    let (tell, told) = channel();
    ask(Box::new(move |done| {
        let _ = tell.send(done);
    }));
    told.recv().unwrap_or_else(|_| {
        Err(StoreError::Absent {
            path: "office".into(),
        })
    })
}

fn changed(
    done: Result<Result<(), NotChanged>, StoreError>,
    name: &str,
    desk: &Desk<'_>,
) -> Result<(), String> {
    let done = done.map_err(|e| desk.stored(e))?;
    done.map_err(|why| not_changed(&why, name, desk.lang()))
}

fn not_changed(why: &NotChanged, name: &str, lang: Lang) -> String {
    let (zh, en) = match why {
        NotChanged::Exists => ("已有此用户名", "there is an operator of this name"),
        NotChanged::Absent => ("没有这位操作员", "there is no such operator"),
        NotChanged::Last => (
            "至少须有一位系统管理员",
            "there must be an administrator left",
        ),
        NotChanged::Meanwhile => ("他人刚刚改过", "somebody else has just changed it"),
    };
    match lang {
        Lang::Zh => format!("{name}：{zh}"),
        Lang::En => format!("{name}: {en}"),
    }
}

/// Whoever works at the command line has no name here.
fn deed(what: Doing, operator: &Operator) -> Deed {
    let at: DateTime = now();
    Deed {
        by: String::new(),
        role: None,
        at,
        what,
        person: None,
        about: format!("{} {}", operator.name, operator.role.code()),
        why: String::new(),
    }
}

fn value(operator: &Operator) -> serde_json::Value {
    json!({
        "name": operator.name,
        "called": operator.called,
        "role": operator.role.code(),
        "institution": operator.institution,
        "since": operator.since.to_string(),
        "until": operator.until.map(|day| day.to_string()),
    })
}

fn show(operator: &Operator, given: &str, as_json: bool, desk: &Desk<'_>) {
    if as_json {
        let mut value = value(operator);
        value["password"] = json!(given);
        desk.output.line(&pretty(&value));
        return;
    }
    let role = operator.role.name(desk.lang());
    desk.output.line(&match desk.lang() {
        Lang::Zh => format!(
            "{}（{}，{role}）的初始密码，只显示这一次，首次登录须修改：\n  {given}",
            operator.name, operator.called
        ),
        Lang::En => format!(
            "The password of {} ({}, {role}), shown this once and to be changed at the first signing in:\n  {given}",
            operator.name, operator.called
        ),
    });
}
