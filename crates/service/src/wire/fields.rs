//! `Shape`: one table of the specification as data; the folder has them, a file for each family.
//!
//! A shape is named by its way, its transaction and its node, so that it is found from the specification.

use super::codes::Table;

pub mod catalogue;
pub mod catalogue_query;
pub mod columns;
pub mod department;
pub mod envelope;
pub mod filing;
pub mod inpatient;
pub mod outpatient;
pub mod person;
pub mod pharmacy;
pub mod query;
pub mod reconciliation;
pub mod register_query;
pub mod registration;
pub mod settlement;
pub mod settlement_rows;
pub mod sign_in;
pub mod stock;

#[cfg(test)]
mod tests;

/// One node of a transaction's input or output.
#[derive(Debug)]
pub struct Shape {
    /// The transaction.
    pub number: &'static str,
    /// Input or output.
    pub way: Way,
    /// The key of the node; empty when the fields stand directly in the input or output.
    pub node: &'static str,
    /// Many rows?
    pub list: bool,
    /// In the order of the specification.
    pub fields: &'static [Field],
}

/// To us or from us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// What an institution sends.
    In,
    /// What it is answered.
    Out,
}

/// One row of a table of the specification.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key.
    pub name: &'static str,
    /// Its Chinese name.
    pub zh: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Which codes it may be, if there is a list of them.
    pub table: Option<&'static Table>,
    /// May it be left out?
    pub need: Need,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// So many characters.
    Text(u16),
    /// So many digits.
    Digits(u16),
    /// A decimal of so many digits, of which so many stand behind the point.
    Number(u8, u8),
    /// `yyyy-MM-dd`.
    Day,
    /// `yyyy-MM-dd HH:mm:ss`.
    Time,
    /// JSON inside a text, or a node of its own.
    Json,
    /// A file: numbers of a list, or base64.
    Bytes,
}

/// Whether a field must say something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The table asks for it.
    Required,
    /// It may be empty or missing.
    Optional,
}

impl Shape {
    /// The field of this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Field {
    const fn of(mut self, table: &'static Table) -> Field {
        self.table = Some(table);
        self
    }
}

const fn must(name: &'static str, zh: &'static str, kind: Kind) -> Field {
    Field {
        name,
        zh,
        kind,
        table: None,
        need: Need::Required,
    }
}

const fn may(name: &'static str, zh: &'static str, kind: Kind) -> Field {
    Field {
        need: Need::Optional,
        ..must(name, zh, kind)
    }
}

/// The shapes of a transaction, in the order of the specification.
pub fn shapes(number: &str, way: Way) -> impl Iterator<Item = &'static Shape> {
    let number = home(number);
    let of = move |shape: &&&Shape| shape.number == number && shape.way == way;
    ALL.iter().filter(of).copied()
}

/// The number under which the tables of a transaction stand: some share theirs.
fn home(number: &str) -> String {
    let known = |number: &str| ALL.iter().any(|shape| shape.number == number);
    let plain = number.strip_suffix('A').unwrap_or(number);
    match () {
        () if known(number) => number.to_owned(),
        () if known(plain) => plain.to_owned(),
        () if plain.len() == 4 && plain.starts_with("13") => "13xx".to_owned(),
        () => number.to_owned(),
    }
}

/// Every shape of a node, family by family; those of files stand in [`reconciliation`] only, the envelopes in [`envelope`].
pub static ALL: &[&Shape] = &[
    &sign_in::IN_9001_SIGN_IN,
    &sign_in::OUT_9001_SIGNINOUTB,
    &sign_in::IN_9002_SIGN_OUT,
    &sign_in::OUT_9002_SIGNOUTOUTB,
    &person::IN_1101_DATA,
    &person::OUT_1101_BASEINFO,
    &person::OUT_1101_INSUINFO,
    &person::OUT_1101_IDETINFO,
    &person::IN_1201_MEDINSINFO,
    &person::OUT_1201_MEDINSINFO,
    &person::IN_2001_DATA,
    &person::OUT_2001_TRTINFO,
    &person::IN_1901_DATA,
    &person::OUT_1901_LIST,
    &settlement::OUT_2101_SETLINFO,
    &settlement::OUT_2102_SETLINFO,
    &settlement::OUT_2103_SETLINFO,
    &settlement::OUT_2206_SETLINFO,
    &settlement::OUT_2207_SETLINFO,
    &settlement::OUT_2208_SETLINFO,
    &settlement::OUT_2303_SETLINFO,
    &settlement::OUT_2304_SETLINFO,
    &settlement::OUT_2305_SETLINFO,
    &settlement_rows::OUT_2101_SETLDETAIL,
    &settlement_rows::OUT_2102_SETLDETAIL,
    &settlement_rows::OUT_2103_SETLDETAIL,
    &settlement_rows::OUT_2206_SETLDETAIL,
    &settlement_rows::OUT_2207_SETLDETAIL,
    &settlement_rows::OUT_2208_SETLDETAIL,
    &settlement_rows::OUT_2303_SETLDETAIL,
    &settlement_rows::OUT_2304_SETLDETAIL,
    &settlement_rows::OUT_2305_SETLDETAIL,
    &settlement_rows::OUT_5203_SETLDETAIL,
    &settlement_rows::OUT_2101_DETLCUTINFO,
    &settlement_rows::OUT_2102_DETLCUTINFO,
    &settlement_rows::OUT_2204_RESULT,
    &settlement_rows::OUT_2301_RESULT,
    &pharmacy::IN_2101_DRUGINFO,
    &pharmacy::IN_2101_DRUGDETAIL,
    &pharmacy::IN_2102_DRUGINFO,
    &pharmacy::IN_2102_DRUGDETAIL,
    &pharmacy::IN_2102_DURG_TRAC_INFO,
    &pharmacy::IN_2103_DATA,
    &outpatient::IN_2201_DATA,
    &outpatient::OUT_2201_DATA,
    &outpatient::IN_2202_DATA,
    &outpatient::IN_2203_MDTRTINFO,
    &outpatient::IN_2203_DISEINFO,
    &outpatient::IN_2203A_MDTRTINFO,
    &outpatient::IN_2203A_DISEINFO,
    &outpatient::IN_2204_FEEDETAIL,
    &outpatient::IN_2205_DATA,
    &outpatient::IN_2206_DATA,
    &outpatient::IN_2207_DATA,
    &outpatient::IN_2208_DATA,
    &inpatient::IN_2401_MDTRTINFO,
    &inpatient::IN_2401_DISEINFO,
    &inpatient::OUT_2401_RESULT,
    &inpatient::IN_2403_ADMINFO,
    &inpatient::IN_2403_DISEINFO,
    &inpatient::IN_2301_FEEDETAIL,
    &inpatient::IN_2302_DATA,
    &inpatient::IN_2402_DSCGINFO,
    &inpatient::IN_2402_DISEINFO,
    &inpatient::IN_2303_DATA,
    &inpatient::IN_2304_DATA,
    &inpatient::IN_2305_DATA,
    &inpatient::IN_2404_DATA,
    &inpatient::IN_2405_DATA,
    &inpatient::IN_2306_DATA,
    &reconciliation::IN_2601_DATA,
    &reconciliation::IN_3201_DATA,
    &reconciliation::OUT_3201_STMTINFO,
    &reconciliation::IN_3202_DATA,
    &reconciliation::OUT_3202_FILEINFO,
    &reconciliation::IN_3203_DATA,
    &reconciliation::OUT_3203_RESULT,
    &reconciliation::IN_3204_DATA,
    &catalogue::IN_3301_DATA,
    &catalogue::IN_3302_DATA,
    &catalogue::IN_9101_FS_UPLOAD_IN,
    &catalogue::OUT_9101_FLAT,
    &catalogue::IN_9102_FS_DOWNLOAD_IN,
    &catalogue::IN_13XX_DATA,
    &catalogue::OUT_13XX_FLAT,
    &catalogue_query::IN_1304_DATA,
    &catalogue_query::IN_1312_DATA,
    &catalogue_query::OUT_1312_DATA,
    &catalogue_query::IN_1316_DATA,
    &catalogue_query::OUT_1316_DATA,
    &catalogue_query::IN_1317_DATA,
    &catalogue_query::OUT_1317_DATA,
    &catalogue_query::IN_1318_DATA,
    &catalogue_query::OUT_1318_DATA,
    &catalogue_query::IN_1319_DATA,
    &catalogue_query::OUT_1319_DATA,
    &query::IN_5201_DATA,
    &query::OUT_5201_MDTRTINFO,
    &query::IN_5202_DATA,
    &query::OUT_5202_DISEINFO,
    &query::IN_5203_DATA,
    &query::OUT_5203_SETLINFO,
    &query::IN_5204_DATA,
    &query::OUT_5204_ROWS,
    &query::IN_5205_DATA,
    &query::OUT_5205_FEEDETAIL,
    &query::IN_5206_DATA,
    &query::OUT_5206_CUMINFO,
    &query::IN_100001_DATA,
    &query::OUT_100001_DATA,
    &register_query::IN_5101_DATA,
    &register_query::OUT_5101_FEEDETAIL,
    &register_query::IN_5102_DATA,
    &register_query::OUT_5102_FEEDETAIL,
    &register_query::IN_5301_DATA,
    &register_query::OUT_5301_FEEDETAIL,
    &register_query::IN_5302_DATA,
    &register_query::OUT_5302_PSNFIXMEDIN,
    &register_query::IN_5303_DATA,
    &register_query::OUT_5303_DATA,
    &register_query::IN_5304_DATA,
    &register_query::OUT_5304_REFMEDIN,
    &registration::IN_2501_REFMEDIN,
    &registration::OUT_2501_RESULT,
    &registration::IN_2503_DATA,
    &registration::OUT_2503_RESULT,
    &registration::IN_2505_DATA,
    &registration::OUT_2505_RESULT,
    &registration::IN_2502_DATA,
    &registration::IN_2504_DATA,
    &registration::IN_2506_DATA,
    &registration::IN_2507_DATA,
    &department::IN_3401_DEPTINFO,
    &department::IN_3403_DATA,
    &stock::IN_3501_INVINFO,
    &stock::IN_3502_INVINFO,
    &stock::IN_3503_PURCINFO,
    &stock::IN_3504_PURCINFO,
    &stock::IN_3505_SELINFO,
    &stock::IN_3505_DRUGTRACINFO,
    &stock::IN_3506_SELINFO,
    &stock::IN_3507_DATA,
    &filing::IN_4101_SETLINFO,
    &filing::IN_4101_OPSPDISEINFO,
    &filing::IN_4101_DISEINFO,
    &filing::IN_4101_OPRNINFO,
    &filing::IN_4101_ICUINFO,
    &filing::IN_4101_PAYINFO,
    &filing::IN_4101_BLDINFO,
    &filing::OUT_4101_DATA,
    &filing::IN_4102_STASTINFO,
];
