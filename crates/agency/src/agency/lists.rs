//! The office's lists in its lane: institutions, employers, catalogue, the chart of accounts; written by import, read at opening.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};

use domain::agreement::Agreement;
use domain::catalogue::{Catalogue, CatalogueItem};
use domain::day::Span;
use domain::facility::FacilityKind;
use domain::ledger::{Chart, Holder};
use domain::region::Region;
use domain::words::Lang;
use domain::{Ratio, bill};
use jiff::civil::Date;

use policy::Shelf;
use serde::{Deserialize, Serialize};
use store::{Batch, LaneStore, ListedRow};

use super::{Agency, AgencyError};
use crate::office::{Office, Policies};
use crate::word;

/// An institution as it is kept.
#[derive(Serialize, Deserialize)]
struct AgreementForm {
    name: String,
    #[serde(with = "word::region")]
    region: Region,
    #[serde(with = "word")]
    kind: FacilityKind,
    level: u8,
    community: bool,
    tags: Vec<String>,
    until: Option<Date>,
    suspended: Vec<(Date, Option<Date>)>,
}

/// A catalogue item as it is kept.
#[derive(Serialize, Deserialize)]
struct ItemForm {
    name: String,
    #[serde(with = "word")]
    category: bill::Category,
    #[serde(with = "word")]
    class: bill::ItemClass,
    limit: Option<u64>,
    first_share: Option<(u32, u32)>,
    restriction: Option<String>,
    until: Option<Date>,
}

/// An employer as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Employer {
    /// Its name.
    pub name: String,
}

impl Agency {
    /// Lists institutions; the same code and first day is replaced.
    ///
    /// # Errors
    /// When the database did not take them.
    pub fn list_institutions(&self, agreements: Vec<Agreement>) -> Result<(), AgencyError> {
        let rows = agreements.iter().map(agreement_row);
        self.list(rows.collect::<Result<_, _>>()?)?;
        self.refresh(|office| {
            for agreement in agreements {
                let known = office.agreements.entry(agreement.code.clone()).or_default();
                known.retain(|a| a.from != agreement.from);
                known.push(agreement);
                known.sort_by_key(|a| a.from);
            }
            Ok(())
        })
    }

    /// Lists employers by code.
    ///
    /// # Errors
    /// When the database did not take them.
    pub fn list_employers(
        &self,
        employers: Vec<(String, Date, Employer)>,
    ) -> Result<(), AgencyError> {
        let rows = employers
            .iter()
            .map(|(code, from, employer)| row("employer", code, *from, employer));
        self.list(rows.collect::<Result<_, _>>()?)?;
        self.refresh(|office| {
            let named = employers.into_iter().map(|(code, _, e)| (code, e.name));
            office.employers.extend(named);
            Ok(())
        })
    }

    /// Lists catalogue items; the same code and first day is replaced.
    ///
    /// # Errors
    /// When two versions of one code overlap, or the database did not take them.
    pub fn list_items(&self, items: &[CatalogueItem]) -> Result<(), AgencyError> {
        let rows = items.iter().map(item_row);
        let rows: Vec<ListedRow> = rows.collect::<Result<_, _>>()?;
        let office = self.office();
        let key = |item: &CatalogueItem| (item.code.clone(), item.from);
        let mut all: HashMap<_, _> = office
            .catalogue
            .items()
            .iter()
            .map(|i| (key(i), i))
            .collect();
        all.extend(items.iter().map(|item| (key(item), item)));
        let catalogue = made(all.into_values().cloned().collect())?;
        self.list(rows)?;
        self.refresh(|office| {
            office.catalogue = catalogue;
            Ok(())
        })
    }

    fn list(&self, rows: Vec<ListedRow>) -> Result<(), AgencyError> {
        let office = self.lane_ids().next();
        let Some(office) = office else {
            return Ok(());
        };
        self.read(office, move |store| {
            store.commit(&Batch {
                listed: rows,
                ..Batch::default()
            })
        })?;
        Ok(())
    }

    fn refresh(
        &self,
        change: impl FnOnce(&mut Office) -> Result<(), AgencyError>,
    ) -> Result<(), AgencyError> {
        let mut office = self.office.write().unwrap_or_else(PoisonError::into_inner);
        let mut changed = Office::clone(&office);
        change(&mut changed)?;
        *office = Arc::new(changed);
        Ok(())
    }
}

/// The chart of accounts, for whoever looks into the books with SQL.
pub(super) fn chart() -> Vec<ListedRow> {
    let accounts = Chart::all().into_iter();
    let body = |account: Chart| {
        let (code, holder) = match account {
            Chart::Money(account) => (account.code(), account.holder()),
            Chart::Year(_) => ("year_sum", Holder::Count),
        };
        serde_json::json!({
            "code": code,
            "holder": holder.code(),
            "zh": account.name(Lang::Zh),
            "en": account.name(Lang::En),
        })
    };
    accounts
        .map(|(number, account)| ListedRow {
            kind: "account".into(),
            code: number.0.to_string(),
            from: Date::constant(2000, 1, 1),
            body: body(account).to_string(),
        })
        .collect()
}

/// The office as its lane has it.
pub(super) fn office(
    store: &mut dyn LaneStore,
    shelf: &Shelf,
    policies: Policies,
    region: Region,
) -> Result<Office, AgencyError> {
    let mut agreements: HashMap<String, Vec<Agreement>> = HashMap::new();
    for row in store.listed("facility")? {
        let form: AgreementForm = read(&row)?;
        let agreement = agreement(row.code, row.from, form);
        let code = agreement.code.clone();
        agreements.entry(code).or_default().push(agreement);
    }
    let mut employers = HashMap::new();
    for row in store.listed("employer")? {
        let employer: Employer = read(&row)?;
        employers.insert(row.code, employer.name);
    }
    let mut items = Vec::new();
    for row in store.listed("item")? {
        let form: ItemForm = read(&row)?;
        items.push(item(row.code, row.from, form));
    }
    let national = shelf
        .rates()
        .map_err(|e| AgencyError::Policy(e.to_string()))?;
    Ok(Office {
        region,
        policies,
        agreements,
        employers,
        catalogue: made(items)?,
        rates: national
            .as_ref()
            .map(|n| n.rates.clone())
            .unwrap_or_default(),
        keeping: national.map(|n| n.keeping).unwrap_or_default(),
    })
}

fn made(items: Vec<CatalogueItem>) -> Result<Catalogue, AgencyError> {
    let numbered = (1..).zip(items).collect();
    Catalogue::new(numbered).map_err(|overlaps| {
        let codes: Vec<_> = overlaps.iter().map(|o| o.code.as_str()).collect();
        AgencyError::Stored(format!("versions of {} overlap", codes.join(", ")))
    })
}

fn row<T: Serialize>(
    kind: &str,
    code: &str,
    from: Date,
    form: &T,
) -> Result<ListedRow, AgencyError> {
    Ok(ListedRow {
        kind: kind.to_owned(),
        code: code.to_owned(),
        from,
        body: serde_json::to_string(form).map_err(|e| AgencyError::Stored(e.to_string()))?,
    })
}

fn read<'a, T: Deserialize<'a>>(row: &'a ListedRow) -> Result<T, AgencyError> {
    serde_json::from_str(&row.body)
        .map_err(|e| AgencyError::Stored(format!("{} {}: {e}", row.kind, row.code)))
}

fn agreement_row(agreement: &Agreement) -> Result<ListedRow, AgencyError> {
    let form = AgreementForm {
        name: agreement.name.clone(),
        region: agreement.region,
        kind: agreement.kind,
        level: agreement.level,
        community: agreement.community,
        tags: agreement.tags.clone(),
        until: agreement.until,
        suspended: agreement
            .suspended
            .iter()
            .map(|span| (span.from, span.until))
            .collect(),
    };
    row("facility", &agreement.code, agreement.from, &form)
}

fn agreement(code: String, from: Date, form: AgreementForm) -> Agreement {
    Agreement {
        code,
        name: form.name,
        region: form.region,
        kind: form.kind,
        level: form.level,
        community: form.community,
        tags: form.tags,
        from,
        until: form.until,
        suspended: form
            .suspended
            .into_iter()
            .map(|(from, until)| Span { from, until })
            .collect(),
    }
}

fn item_row(item: &CatalogueItem) -> Result<ListedRow, AgencyError> {
    let form = ItemForm {
        name: item.name.clone(),
        category: item.category,
        class: item.class,
        limit: item.limit.map(|limit| limit.0),
        first_share: item.first_share.map(|share| (share.num(), share.den())),
        restriction: item.restriction.clone(),
        until: item.until,
    };
    row("item", &item.code, item.from, &form)
}

fn item(code: String, from: Date, form: ItemForm) -> CatalogueItem {
    CatalogueItem {
        code,
        name: form.name,
        category: form.category,
        class: form.class,
        limit: form.limit.map(bill::UnitPrice),
        first_share: form
            .first_share
            .and_then(|(num, den)| Ratio::new(num.into(), den.into())),
        restriction: form.restriction,
        from,
        until: form.until,
    }
}
