//! `compile`: from a policy to its plan: for each point of the space every figure is chosen once, and every doubt is a fault.

mod bands;
mod classes;
mod contribution;
mod layers;
mod lines;
mod membership;
mod rising;
mod row;

use std::collections::BTreeMap;

use crate::bill::{Place, Setting};
use crate::cite::Cite;
use crate::fault::{Fault, FaultKind, Faults};
use crate::plan::{
    AccountPlan, BandPlan, Detail, FixedRules, LayerPlan, LineRules, Plan, Rule, position, space,
};
use crate::policy::{
    AccountRule, Adjust, Band, Cap, Deductible, DeductibleCap, FirstShare, Layer, NoRule,
    OffRegionShare, PaymentLimit, Point, Policy, Rising, RowRef, Selector, SettingFunds, Waiver,
};
use crate::step::RuleId;

/// Compiles a policy.
///
/// # Errors
/// Every fault of the policy: a question that no row answers or two rows answer, bands that do not follow each other,
/// ratios that fall where the file says that they rise, classes that overlap.
pub fn compile(policy: Policy) -> Result<Plan, Vec<Fault>> {
    sizes(&policy).or(())?;
    classes::overlaps(&policy).or(())?;
    let mut compiler = Compiler::new(&policy);
    compiler.faults = contribution::faults(&policy);
    membership::faults(&policy, &mut compiler.faults);
    let fixed = compiler.fixed_rules();
    let settings = compiler.settings();
    let exclusion_rules = compiler.exclusions();
    let mut index = vec![None; position_count(&policy)];
    let mut rows = Vec::new();
    for point in space(&policy) {
        if let (Some(at), Some(row)) = (position(&policy, &point), compiler.row(&point)) {
            index[at] = u32::try_from(rows.len()).ok();
            rows.push(row);
        }
    }
    let Compiler {
        bands,
        layers,
        accounts,
        line_rules,
        rules,
        identities,
        mut faults,
        ..
    } = compiler;
    let most = usize::from(u16::MAX);
    if rules.len() > most {
        faults.push(Fault::of(
            [],
            FaultKind::TooMany("rules", rules.len(), most),
        ));
    }
    faults.or(())?;
    let plan = Plan {
        policy,
        settings,
        index,
        rows,
        bands,
        layers,
        accounts,
        line_rules,
        rules,
        identities,
        exclusion_rules,
        fixed,
    };
    rising::falls(&plan).or(plan)
}

fn position_count(policy: &Policy) -> usize {
    let points = policy.facilities.len() * policy.persons.len() * (policy.diseases.len() + 1);
    Setting::COUNT * Place::COUNT * points
}

fn sizes(policy: &Policy) -> Faults {
    let mut faults = Faults::default();
    let mut at_most = |table, what, len: usize, most: usize| {
        if len > most {
            let first_too_many = RowRef {
                table,
                number: most,
            };
            faults.push(Fault::of(
                [first_too_many],
                FaultKind::TooMany(what, len, most),
            ));
        }
    };
    at_most(
        "facility",
        "classes of providers",
        policy.facilities.len(),
        32,
    );
    at_most("person", "classes of persons", policy.persons.len(), 32);
    at_most("disease", "diseases", policy.diseases.len(), 31);
    if let Some(ends) = policy.ends.filter(|ends| *ends < policy.effective) {
        let row = RowRef {
            table: "ends",
            number: 0,
        };
        faults.push(Fault::of(
            [row],
            FaultKind::EndsBeforeStart(ends, policy.effective),
        ));
    }
    faults
}

/// A row of a table: for whom it is and where it stands.
trait Selected {
    const TABLE: &'static str;
    fn selector(&self) -> &Selector;
    fn row(&self) -> RowRef;
}

macro_rules! selected {
    ($($row:ident: $table:literal),+ $(,)?) => {$(
        impl Selected for $row {
            const TABLE: &'static str = $table;
            fn selector(&self) -> &Selector { &self.selector }
            fn row(&self) -> RowRef { self.row }
        }
    )+};
}

selected! {
    NoRule: "no_rule", PaymentLimit: "payment_limit", FirstShare: "first_share", OffRegionShare: "off_region_share",
    Deductible: "deductible", DeductibleCap: "deductible_cap", Waiver: "waiver", Band: "band", Adjust: "adjust",
    Cap: "cap", Layer: "layer", AccountRule: "account", Rising: "rising",
}

struct Compiler<'p> {
    policy: &'p Policy,
    bands: Vec<BandPlan>,
    layers: Vec<LayerPlan>,
    accounts: Vec<AccountPlan>,
    line_rules: Vec<LineRules>,
    rules: Vec<Rule>,
    known_rules: BTreeMap<String, RuleId>,
    identities: Vec<String>,
    faults: Faults,
}

impl<'p> Compiler<'p> {
    fn new(policy: &'p Policy) -> Compiler<'p> {
        Compiler {
            policy,
            bands: Vec::new(),
            layers: Vec::new(),
            accounts: Vec::new(),
            line_rules: Vec::new(),
            rules: Vec::new(),
            known_rules: BTreeMap::new(),
            identities: Vec::new(),
            faults: Faults::default(),
        }
    }

    /// The id of a rule; equal rules share one.
    fn rule(&mut self, clauses: Vec<Cite>, detail: Detail) -> RuleId {
        let rule = Rule { clauses, detail };
        let key = format!("{rule:?}");
        if let Some(id) = self.known_rules.get(&key) {
            return *id;
        }
        // More than 65,535 rules are a fault, found before the plan is handed out.
        let id = RuleId(u16::try_from(self.rules.len()).unwrap_or(u16::MAX));
        self.rules.push(rule);
        self.known_rules.insert(key, id);
        id
    }

    fn plain(&mut self, cite: &Cite) -> RuleId {
        self.rule(vec![cite.clone()], Detail::Plain)
    }

    fn figure(&mut self, cite: &Cite, text: &str) -> RuleId {
        self.rule(vec![cite.clone()], Detail::Figure(text.to_owned()))
    }

    fn fixed_rules(&mut self) -> FixedRules {
        let policy = self.policy;
        FixedRules {
            stated: self.rule(Vec::new(), Detail::Stated),
            rest: self.plain(&policy.rest),
            coverage: self.plain(&policy.coverage.cite),
            year: self.plain(&policy.year.cite),
            rounding: self.plain(&policy.rounding.cite),
        }
    }

    fn exclusions(&mut self) -> Vec<RuleId> {
        let mut rules = Vec::new();
        let mut causes = BTreeMap::new();
        for row in &self.policy.exclusions {
            if let Some(other) = causes.insert(row.cause.as_str(), row.row) {
                let rows = [row.row, other];
                self.faults
                    .push(Fault::of(rows, FaultKind::TwoRows("exclusion")));
            }
            let detail = Detail::Cause(row.cause.clone(), row.name.clone());
            rules.push(self.rule(vec![row.cite.clone()], detail));
        }
        rules
    }

    fn settings(&mut self) -> [Option<Setting>; Setting::COUNT] {
        let mut settings = [None; Setting::COUNT];
        let policy = self.policy;
        for (number, row) in policy.settings.iter().enumerate() {
            if let Some(other) = policy.settings[..number]
                .iter()
                .find(|o| o.setting == row.setting)
            {
                self.faults.push(Fault::of(
                    [row.row, other.row],
                    FaultKind::TwoRows("setting"),
                ));
            }
            let stands_for = match row.funds {
                SettingFunds::As(other) => other,
                SettingFunds::Pays { .. } | SettingFunds::None => row.setting,
            };
            match policy
                .settings
                .iter()
                .find(|s| s.setting == stands_for)
                .map(|s| &s.funds)
            {
                None => self
                    .faults
                    .push(Fault::of([row.row], FaultKind::NoSetting(stands_for))),
                Some(SettingFunds::As(_)) => {
                    self.faults
                        .push(Fault::of([row.row], FaultKind::ChainedSetting(stands_for)));
                }
                Some(_) => {}
            }
            settings[row.setting.index()] = Some(stands_for);
        }
        settings
    }

    /// The one row that matches; two are a fault.
    fn at_most_one<T: Selected>(
        &mut self,
        rows: &'p [T],
        point: &Point,
        more: impl Fn(&T) -> bool,
    ) -> Option<&'p T> {
        let mut matching = rows.iter().filter(|r| r.selector().holds(point) && more(r));
        let first = matching.next()?;
        if let Some(second) = matching.next() {
            self.faults.push(Fault::at(
                point,
                [second.row(), first.row()],
                FaultKind::TwoRows(T::TABLE),
            ));
        }
        Some(first)
    }

    /// The one row that matches; none and two are faults.
    fn exactly_one<T: Selected>(
        &mut self,
        rows: &'p [T],
        point: &Point,
        more: impl Fn(&T) -> bool,
    ) -> Option<&'p T> {
        let row = self.at_most_one(rows, point, more);
        if row.is_none() {
            self.no_row(point, T::TABLE);
        }
        row
    }

    /// The row of the setting raises the question that no row answers.
    fn no_row(&mut self, point: &Point, table: &'static str) {
        let settings = &self.policy.settings;
        let asking = settings
            .iter()
            .find(|s| s.setting == point.setting)
            .map(|s| s.row);
        self.faults
            .push(Fault::at(point, asking, FaultKind::NoRow(table)));
    }
}

/// The place of an equal element, or of a new one.
fn shared<T: PartialEq>(list: &mut Vec<T>, element: T) -> u32 {
    let known = list.iter().position(|known| *known == element);
    let at = known.unwrap_or_else(|| {
        list.push(element);
        list.len() - 1
    });
    u32::try_from(at).unwrap_or(u32::MAX)
}
