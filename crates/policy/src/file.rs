//! A policy file's text into a [`domain::Policy`] and its plan; `docs/policy.md` is the form.

mod amounts;
mod contribution;
pub mod frame;
mod head;
mod ids;
mod keeping;
mod membership;
pub mod rates;
mod rows;
mod space;

use domain::fault::Fault;
use domain::policy::RowRef;
use domain::{Plan, Policy};

use crate::error::{Error, Errors};
use crate::reader::{Reader, Table};
use crate::source::Source;

use ids::Ids;

/// A policy file that was read and compiled.
#[derive(Clone, Debug)]
pub struct PolicyFile {
    /// Its name, as it was given.
    pub name: String,
    /// SHA-256 of its text.
    pub hash: String,
    /// The compiled policy.
    pub plan: Plan,
}

/// Where the rows of a file stand, by table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places(Vec<(&'static str, Vec<usize>)>);

impl Places {
    /// The next row of a table stands here.
    pub(crate) fn add(&mut self, table: &'static str, at: usize) -> RowRef {
        let known = self.0.iter().position(|(name, _)| *name == table);
        let place = known.unwrap_or_else(|| {
            self.0.push((table, Vec::new()));
            self.0.len() - 1
        });
        let rows = &mut self.0[place].1;
        rows.push(at);
        RowRef {
            table,
            number: rows.len() - 1,
        }
    }

    fn at(&self, row: &RowRef) -> Option<usize> {
        let (_, rows) = self.0.iter().find(|(name, _)| *name == row.table)?;
        rows.get(row.number).copied()
    }
}

impl PolicyFile {
    /// Reads and compiles a policy file.
    ///
    /// # Errors
    /// Everything that is wrong with it: form first; then, if the form is right, every question that no row or two rows answer.
    pub fn read(source: &Source) -> Result<PolicyFile, Errors> {
        let (policy, places) = parse(source)?;
        let described = policy.clone();
        match domain::compile::compile(policy) {
            Ok(plan) => Ok(PolicyFile {
                name: source.name.clone(),
                hash: source.hash(),
                plan,
            }),
            Err(faults) => {
                let mut errors: Vec<Error> = faults
                    .iter()
                    .map(|fault| error(source, &places, &described, fault))
                    .collect();
                errors.sort_by_key(|error| error.at);
                Err(Errors(errors))
            }
        }
    }
}

/// A fault of the policy at the row that is to blame.
fn error(source: &Source, places: &Places, policy: &Policy, fault: &Fault) -> Error {
    let blamed = fault.rows.first();
    let at = blamed.and_then(|row| places.at(row)).unwrap_or(0);
    let path = match blamed {
        // These are no lists of rows.
        Some(row) if ["ends", "contribution_base"].contains(&row.table) => row.table.to_owned(),
        Some(row) => format!("{}[{}]", row.table, row.number + 1),
        None => String::new(),
    };
    let mut error = source.error(at, &path, fault.describe(policy));
    let others = fault.rows.iter().skip(1).filter_map(|row| places.at(row));
    let others: Vec<String> = others
        .map(|at| format!("line {}", source.position(at).0))
        .collect();
    if !others.is_empty() {
        error.hint = Some(format!("the other row begins at {}", others.join(", ")));
    }
    error
}

/// The typed rows of a policy file.
fn parse(source: &Source) -> Result<(Policy, Places), Errors> {
    let tree = source.tree()?;
    let mut r = Reader::new(source);
    let mut t = Table::root(&tree);
    let mut places = Places::default();
    let policy = policy(&mut r, &mut t, &mut places);
    r.done(t);
    r.finish(policy).map(|policy| (policy, places))
}

/// The tables in the order of `docs/policy.md`. Everything is read before anything is given up, so that every error is told.
fn policy(r: &mut Reader<'_>, t: &mut Table<'_>, places: &mut Places) -> Option<Policy> {
    let head = head::head(r, t, places);
    let (documents, document_ids) = head::documents(r, t);
    let mut ids = Ids::new(document_ids);
    let year = head::year(r, t, &ids);
    let coverage = head::coverage(r, t, &ids);
    let rounding = head::rounding(r, t, &ids);
    let rest = head::rest(r, t, &ids);
    let place = head::place(r, t, &ids);
    let facilities = space::facilities(r, t, &mut ids.facilities, places);
    let persons = space::persons(r, t, &mut ids.persons, places);
    let diseases = space::diseases(r, t, &mut ids.diseases, places);
    let settings = space::settings(r, t, &ids, places);
    let aid_precedence = space::aid(r, t);
    rows::base_amounts(r, t, &mut ids, places);
    ids.fund_round = rounding.as_ref().map(|rounding| rounding.fund);
    let no_rules = rows::no_rules(r, t, &ids, places);
    let exclusions = rows::exclusions(r, t, &ids, places);
    let payment_limits = rows::payment_limits(r, t, &ids, places);
    let first_shares = rows::first_shares(r, t, &ids, places);
    let off_region_shares = rows::off_region_shares(r, t, &ids, places);
    let deductibles = rows::deductibles(r, t, &ids, places);
    let deductible_caps = rows::deductible_caps(r, t, &ids, places);
    let waivers = rows::waivers(r, t, &ids, places);
    let bands = rows::bands(r, t, &ids, places);
    let adjusts = rows::adjusts(r, t, &ids, places);
    let caps = rows::caps(r, t, &ids, places);
    let layers = rows::layers(r, t, &ids, places);
    let accounts = rows::accounts(r, t, &ids, places);
    let rising = rows::rising(r, t, &ids, places);
    let contributions = contribution::contributions(r, t, &ids, places);
    let membership = membership::membership(r, t, &ids, places);
    let keeping = keeping::keeping(r, t, &ids, places);
    let gaps = rows::gaps(r, t, &ids);
    let (region, region_name, scheme, effective, ends) = head?;
    Some(Policy {
        region,
        region_name,
        scheme,
        effective,
        ends,
        documents,
        year: year?,
        coverage: coverage?,
        rounding: rounding?,
        rest: rest?,
        place: place?,
        settings,
        facilities,
        persons,
        diseases,
        aid_precedence,
        no_rules,
        exclusions,
        payment_limits,
        first_shares,
        off_region_shares,
        deductibles,
        deductible_caps,
        waivers,
        bands,
        adjusts,
        caps,
        layers,
        accounts,
        rising,
        base_amounts: ids.base_amounts,
        contributions,
        membership,
        keeping,
        gaps,
    })
}
