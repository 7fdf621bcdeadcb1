//! The lists that a load draws from: persons, items and institutions, as CSV with a heading.

use std::path::Path;

/// The columns of each list; those after the bar may be absent, and their value then stands behind the `=`.
pub(super) const PERSONS: &str = "number,identity,name,insurance|kind=11,area=";
pub(super) const ITEMS: &str = "code,price|own=,use=drug";
pub(super) const INSTITUTIONS: &str =
    "code,name,kind|area=,doctor=,doctor_name=,department=A03,department_name=内科,sign=";

/// Everything that a load draws from.
pub(super) struct Lists {
    pub(super) persons: Rows,
    /// Drugs first.
    pub(super) items: Vec<Item>,
    pub(super) drugs: usize,
    pub(super) institutions: Rows,
    /// The places of the pharmacies and of the hospitals among the institutions.
    pub(super) pharmacies: Vec<usize>,
    pub(super) hospitals: Vec<usize>,
}

/// What can be bought, with its price in fen.
pub(super) struct Item {
    pub(super) code: String,
    pub(super) own: String,
    pub(super) price: i64,
    drug: bool,
}

/// A list as its text: a million persons take what their file takes.
pub(super) struct Rows {
    text: String,
    starts: Vec<usize>,
    columns: Vec<Column>,
}

/// Where a column stands, or what it is where the file has none.
enum Column {
    At(usize),
    Always(&'static str),
}

impl Rows {
    pub(super) fn of(text: String, columns: &'static str) -> Result<Rows, String> {
        let heading = text.lines().next().unwrap_or_default();
        let columns = placed(heading.trim_start_matches('\u{feff}'), columns)?;
        if let Some((line, _)) = text.lines().zip(1..).find(|(line, _)| line.contains('"')) {
            return Err(format!("a quoted value is not read: `{line}`"));
        }
        let mut starts = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            if start > 0 && !line.trim().is_empty() {
                starts.push(start);
            }
            start += line.len();
        }
        match starts.is_empty() {
            true => Err("the list is empty".to_owned()),
            false => Ok(Rows {
                text,
                starts,
                columns,
            }),
        }
    }

    pub(super) fn count(&self) -> usize {
        self.starts.len()
    }

    /// A value of a row, by the place of its column in the constant above.
    pub(super) fn value(&self, row: usize, column: usize) -> &str {
        match self.columns[column] {
            Column::Always(value) => value,
            Column::At(place) => {
                let line = self.text[self.starts[row]..].lines().next();
                let value = line.unwrap_or_default().split(',').nth(place);
                value.unwrap_or_default().trim()
            }
        }
    }
}

/// Where each column stands in a heading.
fn placed(heading: &str, columns: &'static str) -> Result<Vec<Column>, String> {
    let (needed, optional) = columns.split_once('|').unwrap_or((columns, ""));
    let at = |name: &str| heading.split(',').position(|word| word.trim() == name);
    let needed = needed.split(',').map(|name| {
        let place = at(name).map(Column::At);
        place.ok_or(format!("the heading `{heading}` has no column `{name}`"))
    });
    let optional = optional.split(',').map(|column| {
        let (name, value) = column.split_once('=').unwrap_or((column, ""));
        Ok(at(name).map_or(Column::Always(value), Column::At))
    });
    needed.chain(optional).collect()
}

impl Lists {
    pub(super) fn read(persons: &Path, items: &Path, institutions: &Path) -> Result<Lists, String> {
        let text = |path: &Path| {
            std::fs::read_to_string(path)
                .map_err(|why| format!("cannot read {}: {why}", path.display()))
        };
        let named = |path: &Path, why: String| format!("{}: {why}", path.display());
        Lists::of(
            Rows::of(text(persons)?, PERSONS).map_err(|why| named(persons, why))?,
            &Rows::of(text(items)?, ITEMS).map_err(|why| named(items, why))?,
            Rows::of(text(institutions)?, INSTITUTIONS).map_err(|why| named(institutions, why))?,
        )
    }

    /// Lists with as many persons as asked for: enough for a server that looks nothing up.
    pub(super) fn made_up(persons: usize) -> Result<Lists, String> {
        let mut text = String::from("number,identity,name,insurance\n");
        for person in 0..persons {
            text += &format!("3100000000000000{person:010},3100001990{person:08},测试甲,310\n");
        }
        let mut items = String::from("code,price,use\n");
        for item in 0..200 {
            let kind = if item % 4 == 0 { "service" } else { "drug" };
            items += &format!(
                "XA00SYN{item:03}A001010100,{}.{:02},{kind}\n",
                item + 3,
                item % 100
            );
        }
        let mut institutions = String::from("code,name,kind\n");
        for place in 0..50 {
            institutions += &format!("P3100{place:07},示例大药房,pharmacy\n");
            institutions += &format!("H3100{place:07},示例市医院,hospital\n");
        }
        let items = Rows::of(items, ITEMS)?;
        Lists::of(
            Rows::of(text, PERSONS)?,
            &items,
            Rows::of(institutions, INSTITUTIONS)?,
        )
    }

    fn of(persons: Rows, items: &Rows, institutions: Rows) -> Result<Lists, String> {
        let mut read = (0..items.count())
            .map(|row| item(items, row))
            .collect::<Result<Vec<_>, _>>()?;
        read.sort_by_key(|item| !item.drug);
        let of_kind = |kind: &str| {
            let rows = 0..institutions.count();
            rows.filter(|row| institutions.value(*row, 2) == kind)
                .collect::<Vec<_>>()
        };
        let (pharmacies, hospitals) = (of_kind("pharmacy"), of_kind("hospital"));
        if pharmacies.len() + hospitals.len() < institutions.count() {
            return Err("an institution is neither a `pharmacy` nor a `hospital`".to_owned());
        }
        Ok(Lists {
            drugs: read.iter().filter(|item| item.drug).count(),
            items: read,
            persons,
            institutions,
            pharmacies,
            hospitals,
        })
    }
}

fn item(rows: &Rows, row: usize) -> Result<Item, String> {
    let code = rows.value(row, 0).to_owned();
    let price = super::fen::read(rows.value(row, 1).as_bytes()).filter(|price| *price > 0);
    let price = price.ok_or(format!("the price of the item `{code}` is not whole fen"))?;
    let own = match rows.value(row, 2) {
        "" => code.clone(),
        own => own.to_owned(),
    };
    let drug = match rows.value(row, 3) {
        "drug" => true,
        "service" => false,
        other => return Err(format!("the use `{other}` of the item `{code}` is unknown")),
    };
    Ok(Item {
        code,
        own,
        price,
        drug,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_their_heading_and_may_be_absent() {
        let text = "name,number,insurance,identity\n王一,7,310,x\n李二,8,390,y\n\n".to_owned();
        let rows = Rows::of(text, PERSONS).expect("a list");
        assert_eq!(rows.count(), 2);
        let values = [0, 1, 2, 3, 4, 5].map(|column| rows.value(1, column));
        assert_eq!(values, ["8", "y", "李二", "390", "11", ""]);
    }

    #[test]
    fn a_list_that_cannot_be_right_is_refused() {
        for (text, why) in [
            ("number,name\n1,a\n", "no column `identity`"),
            ("number,identity,name,insurance\n", "empty"),
            ("number,identity,name,insurance\n1,2,\"a\",310\n", "quoted"),
        ] {
            let told = Rows::of(text.to_owned(), PERSONS).err().unwrap_or_default();
            assert!(told.contains(why), "{told}");
        }
    }

    #[test]
    fn drugs_come_first_and_prices_are_fen() {
        let lists = Lists::made_up(3).expect("lists");
        assert_eq!(
            (lists.persons.count(), lists.drugs, lists.items.len()),
            (3, 150, 200)
        );
        assert!(lists.items[..150].iter().all(|item| item.drug));
        assert_eq!((lists.pharmacies.len(), lists.hospitals.len()), (50, 50));
    }
}
