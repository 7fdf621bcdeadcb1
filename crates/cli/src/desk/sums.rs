//! What a sweep over many persons came to: how many, sums by account, refusals by reason; as tables and as JSON.

use std::collections::BTreeMap;

use agency::Swept;
use domain::Fen;
use domain::explain::amount;
use domain::ledger::{AccountNumber, Chart, LedgerAccount};
use serde_json::{Map, Value, json};

use super::reasons::reason;
use crate::output::{Output, count, numbers_right, right};

/// A table of sums by account, each with the sign of its heading; accounts without a sum are left out.
pub(crate) fn table(
    output: &Output,
    sections: &[(&str, &BTreeMap<AccountNumber, Fen>, &[LedgerAccount])],
) {
    let header = [
        "",
        output.say("账户", "account"),
        output.say("金额（元）", "yuan"),
    ];
    let mut table = output.table(&header);
    numbers_right(&mut table, 2..3);
    let mut rows = 0;
    for (heading, sums, accounts) in sections {
        for account in *accounts {
            let Some(sum) = sums.get(&account.number()) else {
                continue;
            };
            rows += 1;
            table.add_row([
                comfy_table::Cell::new(heading),
                comfy_table::Cell::new(account.name(output.lang)),
                right(amount(*sum)),
            ]);
        }
    }
    if rows > 0 {
        output.line(&table.to_string());
    }
}

/// Refusals by reason, the most first.
pub(crate) fn refused(output: &Output, refused: &BTreeMap<&'static str, u64>) {
    if refused.is_empty() {
        return;
    }
    output.heading(output.say("未办理", "Not done"));
    let mut rows: Vec<_> = refused.iter().collect();
    rows.sort_by_key(|(code, number)| (std::cmp::Reverse(**number), **code));
    for (code, number) in rows {
        let words = reason(code, output.lang);
        output.line(&format!("{:>12}  {words}", count(*number)));
    }
}

/// The same for machines; amounts are decimal yuan strings.
pub(crate) fn json(swept: &Swept) -> Value {
    json!({
        "persons": swept.persons,
        "recorded": swept.done,
        "debited": by_account(&swept.debited),
        "credited": by_account(&swept.credited),
        "refused": swept.refused,
    })
}

fn by_account(sums: &BTreeMap<AccountNumber, Fen>) -> Value {
    let named = sums.iter().filter_map(|(number, sum)| {
        let Some(Chart::Money(account)) = Chart::of(*number) else {
            return None;
        };
        Some((account.code().to_owned(), json!(sum.to_string())))
    });
    Value::Object(named.collect::<Map<_, _>>())
}
