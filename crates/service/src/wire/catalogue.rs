//! The paged queries of the catalogue: insured items (1312), what matches what (1316), price limits (1318), first shares (1319).

use agency::domain::Ratio;
use agency::domain::catalogue::CatalogueItem;
use agency::domain::region::Region;
use jiff::civil::Date;

use super::fields::Shape;
use super::fields::catalogue_query::{
    IN_1304_DATA, IN_1312_DATA, IN_1316_DATA, IN_1318_DATA, IN_1319_DATA,
};
use super::items::{LIMIT_BORNE, LIMIT_OF_ALL, Listed, PLAIN_SHARE, SHARE_OF_ALL};
use super::kinds;
use super::paging::Paging;
use super::read::{Faulty, Fields};
use super::refusal::Refusal;
use super::work::{Done, Work};
use super::write::Out;

/// Which rows are wanted: what is not said holds for all.
struct Wanted {
    code: Option<String>,
    /// A part of the name.
    name: Option<String>,
    /// In force on this day.
    on: Option<Date>,
    /// Begun on this day or later.
    from: Option<Date>,
    /// Ended on this day or before.
    until: Option<Date>,
    /// Changed on this day or later.
    since: Option<Date>,
    area: Option<String>,
    /// Other fields with their values.
    others: Vec<(&'static str, String)>,
}

/// Fields that are not compared with a row's value.
const APART: &[&str] = &[
    "hilist_code",
    "med_list_codg",
    "hilist_name",
    "query_date",
    "begndate",
    "enddate",
    "updt_time",
    "insu_admdvs",
    "poolarea_no",
    "page_num",
    "page_size",
];

impl Wanted {
    fn read(data: &Fields<'_>, shape: &'static Shape) -> Result<Wanted, Faulty> {
        let own = |name| data.opt_text(name).map(|text| text.map(str::to_owned));
        let others = shape.fields.iter().filter(|f| !APART.contains(&f.name));
        let others = others.filter_map(|f| match own(f.name) {
            Ok(value) => value.map(|value| Ok((f.name, value))),
            Err(faulty) => Some(Err(faulty)),
        });
        let area = own("insu_admdvs")?;
        Ok(Wanted {
            code: own("hilist_code")?.or(own("med_list_codg")?),
            name: own("hilist_name")?,
            on: data.opt_day("query_date")?,
            from: data.opt_day("begndate")?,
            until: data.opt_day("enddate")?,
            since: data.opt_day("updt_time")?,
            area: area.or(own("poolarea_no")?),
            others: others.collect::<Result<_, _>>()?,
        })
    }

    fn takes(&self, row: Listed<'_>) -> bool {
        let item = row.item;
        let same = |(name, value): &(&str, String)| {
            // Some write 1 for 01.
            let bare = |text: &str| text.trim_start_matches('0').to_owned();
            row.says(name).is_some_and(|own| bare(&own) == bare(value))
        };
        self.code.as_ref().is_none_or(|code| *code == item.code)
            && self
                .name
                .as_ref()
                .is_none_or(|part| item.name.contains(part))
            && self.on.is_none_or(|day| item.days().covers(day))
            && self.from.is_none_or(|day| item.from >= day)
            && self
                .until
                .is_none_or(|day| item.until.is_some_and(|until| until <= day))
            && self.since.is_none_or(|day| row.changed >= day)
            && self.others.iter().all(same)
    }

    /// One area lies in the other.
    fn here(&self, region: Region) -> bool {
        let Some(area) = &self.area else {
            return true;
        };
        let area = Region::parse(area);
        area.is_some_and(|area| area.covers(region) || region.covers(area))
    }
}

/// 1304: drugs of ethnic medicine. The catalogue does not tell them from other drugs, so they are among those of 1301.
pub(super) fn ethnic(work: &Work<'_>) -> Result<Done, Refusal> {
    let paging = work.read(|reader| Paging::read(&reader.one(&IN_1304_DATA)?))?;
    let nothing: [(); 0] = [];
    Ok(Done::Output(paging.told(&nothing, |_, ()| {})))
}

/// 1312: what the insurance pays for, with class and restriction.
pub(super) fn insured(work: &Work<'_>) -> Result<Done, Refusal> {
    let all = |_: &CatalogueItem| true;
    found(work, &IN_1312_DATA, all, |out, row| {
        let item = row.item;
        out.text("hilist_code", &item.code)
            .text("hilist_name", &item.name);
        place(out, work, item);
        out.text("med_chrgitm_type", row.charge())
            .text("chrgitm_lv", kinds::item_class(item.class))
            .text("lmt_used_flag", row.restricted())
            .text("list_type", row.list());
        for name in [
            "med_use_flag",
            "matn_used_flag",
            "hilist_use_type",
            "lmt_cpnd_type",
        ] {
            out.text(name, &row.says(name).unwrap_or_default());
        }
        out.null("wubi")
            .null("pinyin")
            .opt_text("memo", item.restriction.as_deref());
        kept(out, row);
        out.text("poolarea_no", work.window.area.as_str());
    })
}

/// 1316: items of the country and insured items are the same here, so each code matches itself.
pub(super) fn matched(work: &Work<'_>) -> Result<Done, Refusal> {
    let all = |_: &CatalogueItem| true;
    found(work, &IN_1316_DATA, all, |out, row| {
        out.text("med_list_codg", &row.item.code)
            .text("hilist_code", &row.item.code)
            .text("list_type", row.list());
        place(out, work, row.item);
        out.null("memo");
        kept(out, row);
        out.text("poolarea_no", work.window.area.as_str());
    })
}

/// 1318: price limits.
pub(super) fn limits(work: &Work<'_>) -> Result<Done, Refusal> {
    let limited = |item: &CatalogueItem| item.limit.is_some();
    found(work, &IN_1318_DATA, limited, |out, row| {
        let limit = row.item.limit.map_or(0, |limit| limit.0);
        out.text("hilist_code", &row.item.code)
            .text("hilist_lmtpric_type", LIMIT_OF_ALL)
            .text("overlmt_dspo_way", LIMIT_BORNE);
        place(out, work, row.item);
        out.price("hilist_pric_uplmt_amt", limit);
        kept(out, row);
        out.null("tabname")
            .text("poolarea_no", work.window.area.as_str());
    })
}

/// 1319: first shares that items have of their own. Those that a policy gives to a whole class are the policy's.
pub(super) fn shares(work: &Work<'_>) -> Result<Done, Refusal> {
    let own = |item: &CatalogueItem| item.first_share.is_some();
    found(work, &IN_1319_DATA, own, |out, row| {
        let share = row.item.first_share.map_or(0, ten_thousandths);
        out.text("hilist_code", &row.item.code)
            .text("selfpay_prop_psn_type", SHARE_OF_ALL)
            .text("selfpay_prop_type", PLAIN_SHARE);
        place(out, work, row.item);
        out.ratio("selfpay_prop", share);
        kept(out, row);
        out.null("tabname")
            .text("poolarea_no", work.window.area.as_str());
    })
}

/// A share as the field holds it; a third is told as 0.3333.
fn ten_thousandths(share: Ratio) -> u32 {
    let (num, den) = (u64::from(share.num()), u64::from(share.den()));
    let told = (num * 10_000 + den / 2) / den.max(1);
    u32::try_from(told).unwrap_or(10_000)
}

/// The page of the rows that are wanted.
fn found(
    work: &Work<'_>,
    shape: &'static Shape,
    among: impl Fn(&CatalogueItem) -> bool,
    write: impl Fn(&mut Out, Listed<'_>),
) -> Result<Done, Refusal> {
    let (wanted, paging) = work.read(|reader| {
        let data = reader.one(shape)?;
        let wanted = Wanted::read(&data, shape);
        let paging = Paging::read(&data);
        Ok((wanted?, paging?))
    })?;
    let office = work.window.agency.office();
    let day = work.now.date();
    let here = wanted.here(work.window.region);
    let items = office.catalogue.items().iter().filter(|_| here);
    let rows: Vec<Listed<'_>> = items
        .filter(|item| among(item))
        .map(|item| Listed::on(day, item))
        .filter(|row| wanted.takes(*row))
        .collect();
    Ok(Done::Output(
        paging.told(&rows, |out, row| write(out, *row)),
    ))
}

/// Where and when it holds.
fn place(out: &mut Out, work: &Work<'_>, item: &CatalogueItem) {
    let until = item.until.map(|until| until.to_string());
    out.text("insu_admdvs", work.window.area.as_str())
        .text("begndate", &item.from.to_string())
        .opt_text("enddate", until.as_deref());
}

/// How the record is kept.
fn kept(out: &mut Out, row: Listed<'_>) {
    out.text("vali_flag", "1")
        .text("rid", &row.record())
        .text("updt_time", &row.changed.to_string());
    made(out, row.item.from);
}

/// Who made the record, which nobody asks, and when.
pub(super) fn made(out: &mut Out, day: Date) {
    out.null("crter_id")
        .null("crter_name")
        .text("crte_time", &day.to_string())
        .null("crte_optins_no")
        .null("opter_id")
        .null("opter_name")
        .null("opt_time")
        .null("optins_no");
}
