//! What the personal account may pay, and when.

use domain::account::AccountPart;
use domain::policy::AccountRule;

use super::super::Places;
use super::super::ids::{Ids, each_once, own_parts};
use super::read_rows;
use crate::bill::needed;
use crate::reader::{Field, Reader, Table};

pub(in crate::file) fn accounts(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Vec<AccountRule> {
    read_rows(r, t, "account", |r, t| {
        let row = places.add("account", t.at);
        let selector = ids.selector(r, t);
        let before = needed(r, t, "before", parts);
        let after = needed(r, t, "after", parts);
        let pays = needed(r, t, "pays", own_parts);
        let family = needed(r, t, "family", Reader::bool);
        let cite = ids.cite(r, t);
        let built = || {
            let (before, after, pays) = (before?, after?, pays?);
            Some(AccountRule {
                selector,
                before,
                after,
                pays,
                family: family?,
                cite: cite?,
                row,
            })
        };
        built().into_iter().collect()
    })
}

fn parts(r: &mut Reader<'_>, field: &Field<'_>) -> Option<Vec<AccountPart>> {
    each_once(r, field, AccountPart::ALL, AccountPart::code)
}
