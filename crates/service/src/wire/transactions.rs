//! The transactions: which number does what.

use agency::domain::region::Region;

use super::fields::{inpatient as inpatient_tables, outpatient as outpatient_tables};
use super::refusal::Refusal;
use super::work::{Done, Work};
use super::{
    catalogue, dictionary, extract, files, inpatient, lookup, matching, outpatient, paths,
    pharmacy, reconciliation, reversal,
};

/// A number without a province's spelling.
#[must_use]
pub fn canonical(number: &str) -> &str {
    paths::of_alias(number)
}

/// The number, if it is one of those that are carried out here: what is counted by number must not grow with what strangers send.
#[must_use]
pub fn known(number: &str) -> Option<&'static str> {
    KNOWN.iter().find(|known| **known == number).copied()
}

/// All that are carried out here.
const KNOWN: &[&str] = &[
    "1101", "1201", "1901", "2001", "2101", "2102", "2103", "2201", "2202", "2203", "2204", "2205",
    "2206", "2207", "2208", "2301", "2302", "2303", "2304", "2305", "2401", "2402", "2403", "2404",
    "2405", "2601", "3201", "3202", "9001", "9002", "3301", "3302", "9101", "9102", "1301", "1302",
    "1303", "1304", "1305", "1306", "1307", "1308", "1309", "1310", "1311", "1312", "1313", "1314",
    "1315", "1316", "1317", "1318", "1319", "1320", "1321", "1322", "1323", "1324", "1325", "1326",
    "1327",
];

/// Carries a message out. A table.
///
/// # Errors
/// Why it was not.
pub async fn carry_out(work: &Work<'_>) -> Result<Done, Refusal> {
    insured_here(work)?;
    match work.number {
        "1101" => lookup::person(work).await,
        "1201" => lookup::institution(work),
        "2001" => lookup::entitlement(work).await,
        "2101" => pharmacy::attempt(work).await,
        "2102" => pharmacy::settle(work).await,
        "2103" => pharmacy::cancel(work).await,
        "2201" => outpatient::register(work).await,
        "2202" => outpatient::cancel(work, &outpatient_tables::IN_2202_DATA).await,
        "2203" => outpatient::describe(work).await,
        "2204" => outpatient::add(work).await,
        "2205" => outpatient::remove(work).await,
        "2206" => outpatient::attempt(work).await,
        "2207" => outpatient::settle(work).await,
        "2208" => reversal::of_settlement(work, &outpatient_tables::IN_2208_DATA).await,
        "2301" => inpatient::add(work).await,
        "2302" => inpatient::remove(work).await,
        "2303" => inpatient::attempt(work).await,
        "2304" => inpatient::settle(work).await,
        "2305" => reversal::of_settlement(work, &inpatient_tables::IN_2305_DATA).await,
        "2401" => inpatient::admit(work).await,
        "2402" => inpatient::discharge(work).await,
        "2403" => inpatient::change(work).await,
        "2404" => inpatient::cancel(work).await,
        "2405" => inpatient::undischarge(work).await,
        "2601" => reversal::undo(work).await,
        "3201" => reconciliation::totals(work).await,
        "3202" => reconciliation::rows(work).await,
        "9101" => files::upload(work).await,
        "9102" => files::download(work).await,
        "1304" => catalogue::ethnic(work),
        "1312" => catalogue::insured(work),
        "1316" => catalogue::matched(work),
        "1317" => matching::query(work).await,
        "1318" => catalogue::limits(work),
        "1319" => catalogue::shares(work),
        "1301" | "1302" | "1303" | "1305" | "1306" | "1307" | "1308" | "1309" | "1310" | "1311"
        | "1313" | "1314" | "1315" | "1320" | "1321" | "1322" | "1323" | "1324" | "1325"
        | "1326" | "1327" => extract::ask(work).await,
        "1901" => dictionary::table(work),
        "3301" => matching::add(work).await,
        "3302" => matching::cancel(work).await,
        number => Err(unknown(number)),
    }
}

/// A message about persons is for the agency of their region. Where it does not say the region, it is this one.
fn insured_here(work: &Work<'_>) -> Result<(), Refusal> {
    let area = &work.message.insured_area;
    let about_persons = work.number.starts_with('2') || work.number.starts_with('5');
    match Region::parse(area) {
        Some(region) if about_persons && !work.window.region.covers(region) => {
            let ours = work.window.region;
            Err(Refusal::door(
                "other_region",
                format!("参保地{region}不属于本统筹区{ours}，请核对参保地医保区划"),
                format!("persons of {region} are not insured with the agency of {ours}"),
            ))
        }
        _ => Ok(()),
    }
}

fn unknown(number: &str) -> Refusal {
    let number = super::node::shortened(number);
    Refusal::door(
        "no_transaction",
        format!("不支持的交易编号：{number}，请核对infno"),
        format!("there is no transaction {number}"),
    )
}
