//! `yibao trace`: one message with all that is known of it, or the last messages; read from the file while the service works.

use std::path::PathBuf;
use std::process::ExitCode;

use comfy_table::Cell;
use domain::words::Lang;
use serde_json::{Value, json};
use service::settings::{Settings, Sources};
use service::trace::{Find, Record, Why, find, pretty};

use super::Desk;
use crate::args::trace::Trace;
use crate::output::{count, numbers_right, pretty as printed, right};

/// So many are listed where nothing is said.
const LISTED: u32 = 20;

pub(crate) fn run(command: &Trace, desk: &Desk<'_>) -> Result<ExitCode, String> {
    let path = path(command, desk);
    let last = command.last.unwrap_or(LISTED);
    let looked = Find {
        message: command.message.as_deref(),
        institution: command.institution.as_deref(),
        number: command.number.as_deref(),
        refused: command.refused,
        from: command.from.map(service::trace::moment),
        until: command.until.map(service::trace::moment),
        older_than: None,
        last: usize::try_from(last).unwrap_or(usize::MAX),
    };
    let found = find(&path, &looked).map_err(|e| format!("{}: {e}", path.display()))?;
    if !path.exists() && found.is_empty() {
        return Err(nowhere(&path, desk.lang()));
    }
    if command.json {
        let all: Vec<Value> = found.iter().map(as_json).collect();
        desk.output.line(&printed(&json!(all)));
    } else if command.message.is_none() {
        list(&found, desk);
    } else if let Some((record, earlier)) = found.split_first() {
        tell(record, desk);
        before(earlier, desk);
    }
    match (&command.message, found.is_empty()) {
        (Some(message), true) => Err(absent(message, &path, desk.lang())),
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// The file named, or the one of the settings, or the one of a sandbox.
fn path(command: &Trace, desk: &Desk<'_>) -> PathBuf {
    if let Some(file) = &command.file {
        return file.clone();
    }
    Settings::trace_of(&Sources {
        flags: &[],
        environment: &|_| None,
        file: command.settings.as_deref(),
        home: &desk.place.data,
    })
}

fn nowhere(path: &std::path::Path, lang: Lang) -> String {
    let path = path.display();
    match lang {
        Lang::Zh => format!(
            "{path}：没有报文留痕；沙箱默认留痕，其他情况须在设置中用 trace 指明文件（用 --settings 或 --data 指明位置）"
        ),
        Lang::En => format!(
            "{path}: there is no trace; a sandbox keeps one, elsewhere `trace` names a file in the settings (say where with --settings or --data)"
        ),
    }
}

fn absent(message: &str, path: &std::path::Path, lang: Lang) -> String {
    let path = path.display();
    match lang {
        Lang::Zh => format!("{path}：没有报文 {message}"),
        Lang::En => format!("{path}: there is no message {message}"),
    }
}

/// The record as it is kept: bodies are texts, word for word.
fn as_json(record: &Record) -> Value {
    serde_json::to_value(record).unwrap_or_default()
}

fn list(records: &[Record], desk: &Desk<'_>) {
    let output = desk.output;
    if records.is_empty() {
        output.line(output.say("没有报文。", "There are no messages."));
        return;
    }
    let header = [
        output.say("时间", "time"),
        output.say("机构", "institution"),
        output.say("交易", "transaction"),
        output.say("报文", "message"),
        output.say("结果", "outcome"),
        output.say("微秒", "µs"),
    ];
    let mut table = output.table(&header);
    numbers_right(&mut table, 5..6);
    for record in records {
        let named = match record.message.is_empty() {
            true => &record.request,
            false => &record.message,
        };
        table.add_row([
            Cell::new(clean(
                &record.came().strftime("%m-%d %H:%M:%S%.3f").to_string(),
            )),
            Cell::new(clean(&record.institution)),
            Cell::new(clean(&record.number)),
            Cell::new(clean(named)),
            Cell::new(clean(&outcome(record, desk.lang()))),
            right(count(record.timings.whole())),
        ]);
    }
    output.line(&table.to_string());
}

fn outcome(record: &Record, lang: Lang) -> String {
    match (&record.refusal, lang) {
        (None, Lang::Zh) => "已办理".to_owned(),
        (None, Lang::En) => "done".to_owned(),
        (Some(why), _) => format!("{}: {}", why.code, reason(why, lang)),
    }
}

fn reason(why: &Why, lang: Lang) -> &str {
    match lang {
        Lang::Zh => &why.zh,
        Lang::En => &why.en,
    }
}

fn tell(record: &Record, desk: &Desk<'_>) {
    let (output, lang) = (desk.output, desk.lang());
    output.heading(&clean(&format!("{} {}", record.number, record.message)));
    facts(record, desk);
    if let Some(why) = &record.refusal {
        refusal(why, desk);
    }
    if !record.warnings.is_empty() {
        output.heading(output.say("提示", "Warnings"));
        for warning in &record.warnings {
            output.line(&clean(warning));
        }
    }
    body(output.say("请求", "Request"), &record.asked, desk);
    if let Some(opened) = &record.opened {
        body(
            output.say("解密后的入参", "Input, deciphered"),
            opened,
            desk,
        );
    }
    match (record.file, lang) {
        (None, _) => body(output.say("应答", "Answer"), &record.answered, desk),
        (Some(bytes), Lang::Zh) => output.line(&format!("\n应答：文件，{bytes} 字节")),
        (Some(bytes), Lang::En) => output.line(&format!("\nAnswer: a file of {bytes} bytes")),
    }
    if let Some(output_of) = &record.unsealed {
        let title = output.say("加密前的出参", "Output before it was enciphered");
        body(title, output_of, desk);
    }
    if record.cut {
        output.line(output.say(
            "报文过长，只保留了开头。",
            "A body was too long; only its beginning is kept.",
        ));
    }
    steps(record, desk);
}

fn facts(record: &Record, desk: &Desk<'_>) {
    let (output, lang) = (desk.output, desk.lang());
    let came = record.came().strftime("%Y-%m-%d %H:%M:%S%.3f").to_string();
    let came_from = format!("{} {}", record.address, record.path);
    let person = record.person.map(|person| person.to_string());
    let took = took(record, lang);
    let facts = [
        (output.say("时间", "time"), Some(&came)),
        (output.say("请求编号", "request"), Some(&record.request)),
        (output.say("机构", "institution"), Some(&record.institution)),
        (output.say("来自", "from"), Some(&came_from)),
        (output.say("人员", "person"), person.as_ref()),
        (output.say("就诊", "visit"), record.visit.as_ref()),
        (output.say("结算", "settlement"), record.settlement.as_ref()),
        (output.say("用时", "took"), Some(&took)),
    ];
    let mut table = output.table(&[]);
    for (name, value) in facts {
        if let Some(value) = value {
            table.add_row([name.to_owned(), clean(value)]);
        }
    }
    let outcome = match &record.refusal {
        None => output.say("已办理", "done"),
        Some(why) => &why.code,
    };
    let outcome = format!("HTTP {} {}", record.status, clean(outcome));
    table.add_row([output.say("结果", "outcome").to_owned(), outcome]);
    output.line(&table.to_string());
}

fn took(record: &Record, lang: Lang) -> String {
    let micros = record.timings;
    let whole = count(micros.whole());
    let [admit, read, agency, write] =
        [micros.admit, micros.read, micros.agency, micros.write].map(count);
    match lang {
        Lang::Zh => format!("{whole} 微秒：准入 {admit}，读取 {read}，经办 {agency}，应答 {write}"),
        Lang::En => {
            format!("{whole} µs: let in {admit}, read {read}, agency {agency}, answer {write}")
        }
    }
}

fn refusal(why: &Why, desk: &Desk<'_>) {
    let (output, lang) = (desk.output, desk.lang());
    output.heading(output.say("未办理的原因", "Why it was not carried out"));
    let hint = match lang {
        Lang::Zh => &why.hint_zh,
        Lang::En => &why.hint_en,
    };
    if why.faults.is_empty() {
        output.line(&clean(reason(why, lang)));
    }
    if let Some(hint) = hint {
        output.line(&clean(hint));
    }
    if why.faults.is_empty() {
        return;
    }
    let header = [
        output.say("位置", "place"),
        output.say("内容", "found"),
        output.say("规则", "rule"),
        output.say("处理", "what to do"),
    ];
    let mut table = output.table(&header);
    for fault in &why.faults {
        let (rule, hint) = match lang {
            Lang::Zh => (&fault.rule_zh, &fault.hint_zh),
            Lang::En => (&fault.rule_en, &fault.hint_en),
        };
        table.add_row([&fault.path, &fault.found, rule, hint].map(|text| clean(text)));
    }
    output.line(&table.to_string());
}

fn body(title: &str, text: &str, desk: &Desk<'_>) {
    desk.output.heading(title);
    desk.output.line(&clean(&pretty(text)));
}

fn steps(record: &Record, desk: &Desk<'_>) {
    let (output, lang) = (desk.output, desk.lang());
    if record.steps.is_empty() {
        return;
    }
    output.heading(output.say("结算步骤", "Steps of the settlement"));
    let header = [
        output.say("环节", "stage"),
        output.say("元", "yuan"),
        output.say("说明", "what it did"),
    ];
    let mut table = output.table(&header);
    numbers_right(&mut table, 1..2);
    for step in &record.steps {
        let (stage, text) = match lang {
            Lang::Zh => (&step.stage_zh, &step.zh),
            Lang::En => (&step.stage_en, &step.en),
        };
        table.add_row([
            Cell::new(stage),
            right(step.amount.clone()),
            Cell::new(clean(text)),
        ]);
    }
    output.line(&table.to_string());
}

/// The same number came before.
fn before(earlier: &[Record], desk: &Desk<'_>) {
    if earlier.is_empty() {
        return;
    }
    desk.output.heading(
        desk.output
            .say("同一报文更早的到达", "Earlier arrivals of the same message"),
    );
    list(earlier, desk);
}

/// What came from outside moves no cursor and changes no colour: signs that steer a terminal are shown as `�`.
fn clean(text: &str) -> String {
    let steers = |c: char| c.is_control() && c != '\n';
    text.chars()
        .map(|c| if steers(c) { '\u{fffd}' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn a_terminal_is_not_steered_from_outside() {
        assert_eq!(clean("a\u{1b}[31mb\r\u{9b}1m字\n"), "a�[31mb��1m字\n");
    }
}
