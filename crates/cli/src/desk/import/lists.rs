//! The office's lists: employers, providers, the catalogue; what is known already is left out.

use std::fs::File;
use std::path::Path;

use agency::Employer;
use domain::catalogue::{Catalogue, CatalogueItem};
use policy::import::Row;

use super::{Came, Opener, Work};

pub(super) fn employers(work: &Work<'_>, file: &Path) -> Result<Came, String> {
    let (mut came, rows) = rows(work, file, policy::import::employers)?;
    let office = work.agency.office();
    let mut new = Vec::new();
    for Row { row, .. } in rows {
        let code = row.code.as_str().to_owned();
        if office.employers.get(&code) == Some(&row.name) {
            came.known += 1;
        } else {
            new.push((code, row.from, Employer { name: row.name }));
        }
    }
    came.taken = new.len() as u64;
    let listed = work.agency.list_employers(new);
    listed.map_err(|e| work.desk.told(&e))?;
    Ok(came)
}

pub(super) fn facilities(work: &Work<'_>, file: &Path) -> Result<Came, String> {
    let (mut came, rows) = rows(work, file, policy::import::facilities)?;
    let office = work.agency.office();
    let mut new = Vec::new();
    for Row { row, .. } in rows {
        let known = office.agreements.get(&row.code);
        if known.is_some_and(|known| known.contains(&row)) {
            came.known += 1;
        } else {
            new.push(row);
        }
    }
    came.taken = new.len() as u64;
    let listed = work.agency.list_institutions(new);
    listed.map_err(|e| work.desk.told(&e))?;
    Ok(came)
}

pub(super) fn catalogue(work: &Work<'_>, file: &Path) -> Result<Came, String> {
    let (mut came, rows) = rows(work, file, policy::import::catalogue_rows)?;
    let numbered = rows.into_iter().map(|Row { line, row }| (line, row));
    let numbered: Vec<_> = numbered.collect();
    if let Err(overlaps) = Catalogue::new(numbered.clone()) {
        for overlap in overlaps {
            let line = overlap.lines.last().copied().unwrap_or(1);
            came.refuse_row(line, overlap.to_string());
        }
        came.whole = true;
        return Ok(came);
    }
    let items = numbered.into_iter().map(|(_, item)| item).collect();
    items_listed(work, &mut came, items)?;
    Ok(came)
}

/// Lists the items that are not known as they are.
pub(super) fn items_listed(
    work: &Work<'_>,
    came: &mut Came,
    mut items: Vec<CatalogueItem>,
) -> Result<(), String> {
    let office = work.agency.office();
    let read = items.len();
    let known: std::collections::HashSet<_> = office
        .catalogue
        .items()
        .iter()
        .map(|item| (item.code.as_str(), item.from))
        .collect();
    items.retain(|item| {
        !known.contains(&(item.code.as_str(), item.from))
            || !office.catalogue.items().contains(item)
    });
    came.known += (read - items.len()) as u64;
    came.taken += items.len() as u64;
    let listed = work.agency.list_items(&items);
    listed.map_err(|e| work.desk.told(&e))
}

/// All good rows of a file; none if one is bad and only whole files are taken.
fn rows<T>(work: &Work<'_>, file: &Path, open: Opener<T>) -> Result<(Came, Vec<Row<T>>), String> {
    let name = file.display().to_string();
    let mut came = Came::of(&name);
    let opened = File::open(file).map_err(|e| format!("{name}: {e}"))?;
    let mut rows = Vec::new();
    match open(&name, opened) {
        Err(errors) => came.refuse(errors),
        Ok(sheet) => {
            for row in sheet {
                match row {
                    Ok(row) => rows.push(row),
                    Err(errors) => came.refuse(errors),
                }
            }
        }
    }
    came.whole = came.refused > 0 && !work.command.keep_good;
    if came.whole {
        rows.clear();
    }
    Ok((came, rows))
}
