//! The transactions: which number does what.

pub mod table;

use agency::domain::region::Region;
use agency::domain::registration::RegistrationKind;

use super::fields::{
    inpatient as inpatient_tables, outpatient as outpatient_tables,
    registration as registration_tables,
};
use super::refusal::Refusal;
use super::work::{Done, Work};
use super::{
    catalogue, dictionary, enquiry, extract, files, filing, inpatient, lookup, matching,
    outpatient, paths, pharmacy, reconciliation, registration, reversal, sign,
};
use table::What;

/// A number without a province's spelling.
#[must_use]
pub fn canonical(number: &str) -> &str {
    paths::of_alias(number)
}

/// The number, if it is one of those that are carried out here: what is counted by number must not grow with what strangers send.
#[must_use]
pub fn known(number: &str) -> Option<&'static str> {
    let known = KNOWN.iter().find(|known| **known == number);
    known.copied().or_else(|| kept(number))
}

/// Those that are only kept, and those that are answered without a row.
fn kept(number: &str) -> Option<&'static str> {
    let row = table::row(number)?;
    let first = (row.first == number).then_some(row.first);
    let last = (row.last == number).then_some(row.last);
    match row.what {
        What::Kept(_) | What::Empty => first
            .or(last)
            .or_else(|| BETWEEN.iter().find(|one| **one == number).copied()),
        What::Carried | What::Outside => None,
    }
}

/// Kept numbers within a row of the table, which names only the first and the last.
const BETWEEN: &[&str] = &[
    "3102", "3501A", "3502", "3502A", "3503", "3503A", "3504", "3504A", "3505", "3505A", "3506",
    "3506A", "3507A", "3602", "3603", "3604", "3605", "3606", "3607", "3608", "3609", "3610",
    "3702", "3703", "4262", "4502", "4503", "4504", "4505",
];

/// All that are carried out here.
const KNOWN: &[&str] = &[
    "1101", "1201", "1301", "1302", "1303", "1304", "1305", "1306", "1307", "1308", "1309", "1310",
    "1311", "1312", "1313", "1314", "1315", "1316", "1317", "1318", "1319", "1320", "1321", "1322",
    "1323", "1324", "1325", "1326", "1327", "1901", "2001", "2101", "2102", "2103", "2201", "2202",
    "2203", "2204", "2205", "2206", "2207", "2208", "2301", "2302", "2303", "2304", "2305", "2401",
    "2402", "2403", "2404", "2405", "2501", "2502", "2503", "2504", "2505", "2506", "2507", "2601",
    "3201", "3202", "3203", "3204", "3301", "3302", "3401", "3401A", "3402", "3403", "3508",
    "3509", "3510", "3511", "3512", "3513", "4102", "4103", "5101", "5201", "5202", "5203", "5204",
    "5205", "5206", "5301", "5302", "5303", "5304", "9001", "9002", "9101", "9102", "100001",
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
        "2501" => registration::refer(work).await,
        "2502" => {
            let (table, kind) = (
                &registration_tables::IN_2502_DATA,
                RegistrationKind::Referral,
            );
            registration::cancel(work, table, kind).await
        }
        "2503" => registration::disease(work).await,
        "2504" => {
            let (table, kind) = (
                &registration_tables::IN_2504_DATA,
                RegistrationKind::Disease,
            );
            registration::cancel(work, table, kind).await
        }
        "2505" => registration::designate(work).await,
        "2506" => {
            let (table, kind) = (
                &registration_tables::IN_2506_DATA,
                RegistrationKind::Designation,
            );
            registration::cancel(work, table, kind).await
        }
        "2507" => registration::accident(work).await,
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
        "5201" => enquiry::visits(work).await,
        "5202" => enquiry::diagnoses(work).await,
        "5203" => enquiry::settlement(work).await,
        "5204" => enquiry::lines(work).await,
        "5205" => enquiry::chronic(work).await,
        "5206" => enquiry::sums(work).await,
        "5301" => registration::diseases(work).await,
        "5302" => registration::designations(work).await,
        "5303" => enquiry::inside(work).await,
        "5304" => registration::referrals(work).await,
        "100001" => enquiry::items(work).await,
        "3203" => filing::apply(work).await,
        "3204" => filing::withdraw(work).await,
        "3401" | "3401A" | "3402" => filing::enter(work).await,
        "3403" => filing::end(work).await,
        "3508" => filing::query(work, "3501").await,
        "3509" => filing::query(work, "3502").await,
        "3510" => filing::query(work, "3503").await,
        "3511" => filing::query(work, "3504").await,
        "3512" => filing::query(work, "3505").await,
        "3513" => filing::query(work, "3506").await,
        "4102" => filing::mark(work).await,
        "4103" => filing::marks(work).await,
        "5101" => filing::departments(work).await,
        "9001" => sign::sign_in(work).await,
        "9002" => sign::sign_out(work).await,
        number => by_table(work, number).await,
    }
}

/// What has no code of its own.
async fn by_table(work: &Work<'_>, number: &str) -> Result<Done, Refusal> {
    let Some(row) = table::row(number) else {
        return Err(unknown(number));
    };
    match row.what {
        What::Kept(whose) => filing::keep(work, whose).await,
        What::Empty => Ok(filing::empty(work)),
        What::Outside => {
            let zh = format!("本平台不提供该业务：{number}{}", row.zh);
            let en = format!("{number} ({}) is not offered here", row.en);
            Err(Refusal::door("not_offered", zh, en))
        }
        What::Carried => Err(unknown(number)),
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
