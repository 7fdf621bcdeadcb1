//! What was proved of each file, and the rows that answer no question.

use comfy_table::{Cell, CellAlignment, ColumnConstraint};
use domain::Plan;
use domain::bill::{Place, Setting};
use domain::policy::{NoRule, Policy, RowRef, Selector, SettingFunds, SettingRule};
use domain::words::Lang;
use policy::PolicyFile;

use super::Report;

impl Report<'_> {
    /// Says what was proved; returns the number of rows that answer no question, which are errors.
    pub(super) fn proved(&self) -> usize {
        let words = self.words;
        let files: Vec<&PolicyFile> = self
            .files
            .iter()
            .filter_map(|f| f.result.as_ref().ok())
            .collect();
        if files.is_empty() {
            return 0;
        }
        self.output.heading(words.say(
            "已证明：每个问题恰有一个答案",
            "Proved: each question has exactly one answer",
        ));
        let header = [
            "",
            words.say("文件", "files"),
            words.say("就医类别（机构类别数）", "settings (facility classes)"),
            words.say("人员类别", "persons"),
            words.say("就医地", "places"),
            words.say("疾病", "diseases"),
            words.say("住院次数", "stays"),
            words.say("问题", "questions"),
            words.say("“不降”声明", "claims"),
        ];
        let diseases = files.iter().any(|f| !f.plan.policy.diseases.is_empty());
        let kept = |column: usize| diseases || column != 5;
        let header: Vec<&str> = header
            .into_iter()
            .enumerate()
            .filter(|(n, _)| kept(*n))
            .map(|(_, h)| h)
            .collect();
        let mut table = self.output.table(&header);
        for shelf in self.shelves() {
            let mut told: Vec<([String; 7], Vec<&PolicyFile>)> = Vec::new();
            for &file in &shelf {
                let space = self.space(&file.plan);
                match told.iter_mut().find(|(known, _)| *known == space) {
                    Some((_, files)) => files.push(file),
                    None => told.push((space, vec![file])),
                }
            }
            let mut name = shelf
                .first()
                .map(|f| self.shelf_name(&f.plan.policy))
                .unwrap_or_default();
            for (space, files) in told {
                let row = [std::mem::take(&mut name), self.versions(&files, &shelf)]
                    .into_iter()
                    .chain(space);
                let cell = |(n, text): (usize, String)| {
                    let side = if n < 3 {
                        CellAlignment::Left
                    } else {
                        CellAlignment::Right
                    };
                    kept(n).then(|| Cell::new(text).set_alignment(side))
                };
                table.add_row(row.enumerate().filter_map(cell));
            }
        }
        for column in table.column_iter_mut().take(2) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
        self.output.line(&table.to_string());
        self.claims();
        self.idle(&files)
    }

    /// The space of questions that a plan answers: settings, person classes, places, diseases, stays, points, claims.
    fn space(&self, plan: &Plan) -> [String; 7] {
        let policy = &plan.policy;
        let facilities = |setting: Setting, funds: &SettingFunds| {
            let count = match funds {
                SettingFunds::Pays { facilities, .. } => {
                    facilities.below(policy.facilities.len()).count()
                }
                SettingFunds::None => policy.facilities.len(),
                SettingFunds::As(_) => return None,
            };
            Some(format!("{} ({count})", setting.name(self.words.lang)))
        };
        let settings = policy
            .settings
            .iter()
            .filter_map(|s| facilities(s.setting, &s.funds));
        [
            self.words.list(settings),
            policy.persons.len().to_string(),
            policy.place.known.len().to_string(),
            (policy.diseases.len() + 1).to_string(),
            "1…n".to_owned(),
            plan.points().count().to_string(),
            policy.rising.len().to_string(),
        ]
    }

    /// What "proved" means, told once.
    fn claims(&self) {
        self.output.line(self.words.say(
            "  每个问题：恰有一行起付标准、一行年度限额、（职工）一行账户规则；同一事由至多一行调整、每种基金对同一人至多一行；
  分段从 0 起首尾相接、无缺无重、末段无上限；比例都在 0 与 1 之间，声明不降的地方没有下降；单次限额不高于年度限额；
  任何人和机构至多属于一类；每个数字都能按原文读出，每一行都有依据和等级；每一行都至少回答一个问题。",
            "  Each question: exactly one deductible, one cap of the year and (employees) one account rule; for one reason at most one
  adjustment, of one kind at most one further fund for one person; bands follow each other from 0 without gap or overlap and the
  last has no end; ratios lie between 0 and 1 and fall nowhere where the file says that they do not; no visit's cap is above the
  year's; nobody and no provider falls in two classes; every figure reads as it is spelt, every row has its clause and standing;
  every row answers at least one question.",
        ));
    }

    /// Rows that match no point: somebody meant something by them.
    fn idle(&self, files: &[&PolicyFile]) -> usize {
        let mut count = 0;
        for file in files {
            for row in idle_rows(&file.plan) {
                count += 1;
                let (name, table, number) = (&file.name, row.table, row.number + 1);
                self.output.line(&match self.words.lang {
                    Lang::Zh => format!("  ✗ {name}：`{table}[{number}]` 不回答任何问题"),
                    Lang::En => format!("  ✗ {name}: `{table}[{number}]` answers no question"),
                });
            }
        }
        count
    }
}

/// Rows whose selectors meet no point that has a rule. A row by facility class counts once, if any of its classes does.
fn idle_rows(plan: &Plan) -> Vec<RowRef> {
    let points: Vec<_> = plan.points().collect();
    let mut rows: Vec<(RowRef, bool)> = Vec::new();
    for (row, selector) in selectors(&plan.policy) {
        let meets = points.iter().any(|p| selector.holds(p));
        match rows.iter_mut().find(|(known, _)| *known == row) {
            Some((_, known)) => *known |= meets,
            None => rows.push((row, meets)),
        }
    }
    let idle = rows.into_iter().filter(|(_, meets)| !meets);
    let left_out = |row: &&NoRule| leaves_out(&plan.policy, &row.selector);
    let nothing = plan.policy.no_rules.iter().filter(|row| !left_out(row));
    idle.map(|(row, _)| row)
        .chain(nothing.map(|row| row.row))
        .collect()
}

/// Is there a setting, provider and place that would have a rule, had the file not said that it has none?
fn leaves_out(policy: &Policy, selector: &Selector) -> bool {
    let place = |place: &Place| selector.places.holds(place.index());
    let setting = |rule: &SettingRule| match &rule.funds {
        SettingFunds::As(_) => false,
        SettingFunds::None => selector
            .facilities
            .below(policy.facilities.len())
            .next()
            .is_some(),
        SettingFunds::Pays { facilities, .. } => selector
            .facilities
            .below(policy.facilities.len())
            .any(|number| facilities.holds(number)),
    };
    let settings = policy.settings.iter();
    let mut selected = settings.filter(|rule| selector.settings.holds(rule.setting.index()));
    policy.place.known.iter().any(place) && selected.any(setting)
}

fn selectors(policy: &Policy) -> Vec<(RowRef, Selector)> {
    let mut all = Vec::new();
    all.extend(policy.payment_limits.iter().map(|r| (r.row, r.selector)));
    all.extend(policy.first_shares.iter().map(|r| (r.row, r.selector)));
    all.extend(policy.off_region_shares.iter().map(|r| (r.row, r.selector)));
    all.extend(policy.deductibles.iter().map(|r| (r.row, r.selector)));
    all.extend(policy.deductible_caps.iter().map(|r| (r.row, r.selector)));
    all.extend(policy.waivers.iter().map(|r| (r.row, r.selector)));
    all.extend(policy.bands.iter().map(|r| (r.row, r.selector)));
    all.extend(policy.adjusts.iter().map(|r| (r.row, r.selector)));
    all.extend(policy.caps.iter().map(|r| (r.row, r.selector)));
    all.extend(policy.layers.iter().map(|r| (r.row, r.selector)));
    all.extend(policy.accounts.iter().map(|r| (r.row, r.selector)));
    all.extend(policy.rising.iter().map(|r| (r.row, r.selector)));
    all
}
