//! `Draft`: a random bill of a region, as a text, at random or near an edge of the policy.

use crate::bill::Bill;
use crate::chain;
use crate::day::Day;
use crate::dice::Dice;
use crate::fraction::Fraction;
use crate::generate::policy::{NATIONAL_CAUSES, Region};
use crate::generate::space::{ELSEWHERE, Facility, IDENTITIES, KINDS, Person, Setting, TAGS};
use crate::generate::{written, yuan};
use crate::layer::LAYERS;
use crate::rule::Rule;
use crate::seen::Seen;
use crate::tree::Tree;

/// A bill being written.
struct Draft<'a> {
    region: &'a Region,
    dice: Dice,
    setting: Setting,
    /// Top-level keys, then tables.
    top: Vec<String>,
    tables: Vec<String>,
    admitted: Option<Day>,
    settled: Day,
    /// In-scope cost wanted, before the wish.
    in_scope: i128,
    wish: Wish,
}

/// How a bill is to differ from what the dice say, so that it meets an edge.
#[derive(Clone, Copy, Debug, Default)]
struct Wish {
    in_scope: i128,
    pooled: i128,
    deposit: Option<i128>,
}

/// A random bill: as the dice fall, or the same moved to an edge of the policy, or a fen beside it.
pub(crate) fn random(region: &Region, rule: &Rule, seed: u64) -> String {
    let text = drawn(region, seed, Wish::default());
    let mut dice = Dice::new(!seed);
    if dice.chance(50) {
        return text;
    }
    let mut seen = Seen::default();
    let bill = Bill::of(Tree::read(&text).expect("a text"));
    if chain::settle(rule, &bill, &mut seen).is_err() || seen.figures.is_empty() {
        return text;
    }
    let (band_edge, layer_edge) = (
        dice.pick(&region.band_edges),
        dice.pick(&region.layer_edges),
    );
    let beside = dice.pick(&[0, 0, 1, -1]);
    let mut figures: Vec<_> = seen.figures.into_iter().collect();
    if dice.chance(30) && figures.iter().any(|(name, _)| name.starts_with("payment")) {
        figures.retain(|(name, _)| name.starts_with("payment"));
    }
    let wish = match dice.pick(&figures) {
        ("payment over its room" | "payment of the first band over its room", fen) => Wish {
            pooled: beside - fen,
            ..Wish::default()
        },
        ("cash", fen) => Wish {
            deposit: Some((fen + beside).max(0)),
            ..Wish::default()
        },
        ("bands end", fen) => Wish {
            in_scope: band_edge - fen + beside,
            ..Wish::default()
        },
        ("layer end", fen) => Wish {
            in_scope: layer_edge - fen + beside,
            ..Wish::default()
        },
        (_, fen) => Wish {
            in_scope: beside - fen,
            ..Wish::default()
        },
    };
    drawn(region, seed, wish)
}

fn drawn(region: &Region, seed: u64, wish: Wish) -> String {
    let mut dice = Dice::new(seed);
    let setting = dice.pick(&region.space.settings);
    let day = i64::try_from(dice.below(region.days)).expect("few days");
    let settled = region.first_day.plus(day);
    let mut draft = Draft {
        region,
        dice,
        setting,
        top: Vec::new(),
        tables: Vec::new(),
        admitted: None,
        settled,
        in_scope: 0,
        wish,
    };
    draft.head();
    draft.days();
    draft.facility();
    draft.person();
    draft.years();
    draft.cost();
    draft.accounts();
    format!(
        "{}\n\n{}\n",
        draft.top.join("\n"),
        draft.tables.join("\n\n")
    )
}

impl Draft<'_> {
    fn table(&mut self, head: &str, lines: &[String]) {
        self.tables.push(format!("{head}\n{}", lines.join("\n")));
    }

    fn head(&mut self) {
        let region = self.region;
        self.top.push(format!("region = {:?}", region.code));
        self.top.push(format!(
            "scheme = {:?}",
            if region.employee {
                "employee"
            } else {
                "resident"
            }
        ));
        let unknown = ["chronic", "outpatient"]
            .into_iter()
            .find(|id| !region.space.settings.iter().any(|s| s.id == *id));
        if let Some(id) = unknown.filter(|_| self.setting.id != "inpatient" && self.dice.chance(1))
        {
            self.top.push(format!("setting = {id:?}"));
        } else {
            self.top.push(format!("setting = {:?}", self.setting.id));
        }
        if self.dice.chance(15) {
            let near = if region.code == "420106" {
                "420106"
            } else {
                &format!("{}05", &region.code[..4])
            };
            self.top.push(format!("care_region = {near:?}"));
        } else if self.dice.chance(35) {
            let far = self.dice.pick(&["640100", "650000", "460105"]);
            self.top.push(format!("care_region = {far:?}"));
            let known: Vec<&str> = region
                .space
                .places
                .iter()
                .map(String::as_str)
                .filter(|p| *p != "home")
                .collect();
            let any = known.is_empty() || self.dice.chance(1);
            let place = self.dice.pick(if any { &ELSEWHERE } else { &known });
            if place != "unreferred" || self.dice.chance(50) {
                self.top.push(format!("off_region = {place:?}"));
            }
        }
        if !region.space.diseases.is_empty() && self.dice.chance(60) {
            self.top.push(format!(
                "disease = {:?}",
                self.dice.pick(&region.space.diseases)
            ));
        }
        if self.dice.chance(4) {
            let known = if region.causes.is_empty() || self.dice.chance(10) {
                &NATIONAL_CAUSES[..]
            } else {
                &region.causes
            };
            let mut causes = self.dice.some(known, 15);
            causes.push(self.dice.pick(known));
            if self.dice.chance(40) {
                causes = vec!["third_party"];
            }
            causes.sort_unstable();
            causes.dedup();
            self.top.push(format!("causes = {causes:?}"));
            if self.dice.chance(50) {
                self.top
                    .push(format!("third_party_unpaid = {}", self.dice.chance(80)));
            }
        } else if self.dice.chance(20) {
            self.top.push("third_party_unpaid = false".to_owned());
        }
        if self.dice.chance(6) {
            self.top.push("use_account = false".to_owned());
        }
    }

    fn days(&mut self) {
        if self.setting.id != "inpatient" {
            let line = format!("service = {}", self.settled);
            self.table("[days]", &[line]);
            return;
        }
        let first = self.settled.first_of_year(self.region.starts);
        if self.dice.chance(40) {
            let near = i64::try_from(self.dice.below(20)).expect("few days") - 1;
            let days = i64::try_from(self.region.days).expect("few days");
            let last = self.region.first_day.plus(days - 1);
            self.settled = first.plus(near).max(self.region.first_day).min(last);
        }
        let mut days = self.dice.pick(&[
            0, 1, 6, 7, 8, 14, 29, 30, 31, 60, 61, 89, 90, 91, 180, 181, 270,
        ]);
        if self.dice.chance(30) {
            days = i64::try_from(self.dice.below(300)).expect("few days");
        }
        self.admitted = Some(self.settled.plus(-days));
        let lines = [
            format!("admission = {}", self.settled.plus(-days)),
            format!("discharge = {}", self.settled),
        ];
        self.table("[days]", &lines);
    }

    fn facility(&mut self) {
        let rules = match &self.setting.same_as {
            Some(same) => self.region.space.setting(same),
            None => &self.setting,
        };
        let pharmacy = self.setting.id == "pharmacy";
        let kinds = |class: &Facility| -> Vec<&'static str> {
            class
                .kinds
                .iter()
                .copied()
                .filter(|kind| (*kind == "pharmacy") == pharmacy)
                .collect()
        };
        let exists: Vec<&Facility> = self
            .region
            .space
            .facilities
            .iter()
            .filter(|f| rules.facilities.contains(&f.id) && !kinds(f).is_empty())
            .collect();
        let mut lines = Vec::new();
        if exists.is_empty() || self.dice.chance(1) {
            let kinds: Vec<&str> = KINDS
                .iter()
                .copied()
                .filter(|kind| (*kind == "pharmacy") == pharmacy)
                .collect();
            lines.push(format!("kind = {:?}", self.dice.pick(&kinds)));
            lines.push(format!("level = {}", self.dice.below(4)));
        } else {
            let class = self.dice.pick(&exists);
            lines.push(format!("kind = {:?}", self.dice.pick(&kinds(class))));
            lines.push(format!("level = {}", self.dice.pick(&class.levels)));
            let community = class.community.unwrap_or_else(|| self.dice.chance(30));
            lines.push(format!("community = {community}"));
            let mut tags = self.dice.some(&TAGS, 40);
            tags.retain(|tag| !class.without.contains(tag) && !class.tags.contains(tag));
            tags.extend(&class.tags);
            lines.push(format!("tags = {tags:?}"));
        }
        if self.dice.chance(3) {
            lines.push("designated = false".to_owned());
            lines.push(format!("approved = {}", self.dice.chance(30)));
        }
        self.table("[facility]", &lines);
    }

    fn person(&mut self) {
        let class: Person = self.dice.pick(&self.region.space.persons);
        let status = self.dice.pick(&class.status);
        let mut lines = vec![format!("status = {status:?}")];
        let birth = self.birth(&class);
        if !self.dice.chance(1) {
            lines.extend(birth.map(|birth| format!("birth = {birth}")));
        }
        if status == "retired" {
            let low = class.retired.0.unwrap_or(Day::read("1998-03-01"));
            let high = class.retired.1.unwrap_or(low.plus(2000)).min(self.settled);
            let near = self.dice.below(
                usize::try_from((high.number() - low.number()).clamp(1, 3)).expect("few days") + 1,
            );
            let near = i64::try_from(near).expect("few days");
            let day = if self.dice.chance(50) {
                low.plus(near)
            } else {
                high.plus(-near)
            };
            let day = birth
                .map_or(day, |birth| day.max(birth.plus(1)))
                .min(self.settled);
            if !self.dice.chance(2) {
                lines.push(format!("retired = {day}"));
            }
        }
        let mut identities = self.dice.some(&IDENTITIES, 25);
        identities.retain(|id| {
            !class.identities.contains(id) && (!class.without.contains(id) || self.dice.chance(10))
        });
        identities.extend(&class.identities);
        let identities = self.dice.shuffled(&identities);
        lines.push(format!("identities = {identities:?}"));
        if let Some(coverage) = self.coverage() {
            lines.push(coverage);
        }
        self.table("[person]", &lines);
    }

    /// A birth day that often makes the age one of the ends of the class.
    fn birth(&mut self, class: &Person) -> Option<Day> {
        let asked = self
            .region
            .space
            .persons
            .iter()
            .any(|person| person.age != (None, None));
        if !asked && self.dice.chance(50) {
            return None;
        }
        let age =
            match class.age {
                (Some(low), _) if self.dice.chance(50) => low,
                (_, Some(high)) if self.dice.chance(50) => high,
                (low, high) => {
                    let low = low.unwrap_or(0);
                    low + i64::try_from(self.dice.below(
                        usize::try_from(high.unwrap_or(95).max(low) - low + 1).expect("an age"),
                    ))
                    .expect("an age")
                }
            };
        let from = if self.dice.chance(30) {
            self.settled.first_of_year(self.region.starts)
        } else {
            self.settled
        };
        let days = self.dice.pick(&[0, 0, 1, -1, 30, 200, 364, 365, 366]);
        let birth = Day {
            year: from.year - age,
            ..from
        };
        let birth = Day::of(birth.number()).plus(-days);
        Some(birth.min(self.admitted.unwrap_or(self.settled).plus(-1)))
    }

    fn coverage(&mut self) -> Option<String> {
        if self.dice.chance(90) {
            return None;
        }
        if self.dice.chance(40) {
            let state = self.dice.pick(&[
                "in_force",
                "in_force",
                "suspended",
                "waiting",
                "ended",
                "none",
            ]);
            return Some(format!("coverage = {state:?}"));
        }
        let change = if self.dice.chance(50) {
            self.settled
        } else {
            self.admitted.unwrap_or(self.settled)
        };
        let change = change.plus(i64::try_from(self.dice.below(4)).expect("few days") - 2);
        let before = self
            .dice
            .pick(&["in_force", "suspended", "waiting", "ended", "none"]);
        let after = if before == "in_force" {
            self.dice.pick(&["suspended", "ended", "none"])
        } else {
            "in_force"
        };
        let from = if self.dice.chance(80) {
            Day::read("2000-01-01")
        } else {
            change.plus(-3)
        };
        let last = if self.dice.chance(70) {
            String::new()
        } else {
            format!("until = {}, ", change.plus(30))
        };
        Some(format!(
            "coverage = [{{ from = {from}, until = {}, state = {before:?} }}, {{ from = {change}, {last}state = {after:?} }}]",
            change.plus(-1)
        ))
    }

    /// An amount of the policy, or a random one; sometimes a little beside.
    fn near(&mut self) -> i128 {
        let fen = if self.dice.chance(65) {
            self.dice.pick(&self.region.edges)
        } else {
            self.dice.fen(0, 30_000_000)
        };
        (fen + self.dice.pick(&[0, 0, 0, 1, -1, 7, -333])).max(0)
    }

    /// The year before the bill, the year before that, and the stay so far.
    fn years(&mut self) {
        let stays = self.dice.below(5);
        let own = self.region.space.own_settings(false);
        self.in_scope = self.near()
            + if self.dice.chance(70) {
                self.dice.fen(100, 50_000_000)
            } else {
                0
            };
        let first = self.settled.first_of_year(self.region.starts);
        let crosses = self.admitted.is_some_and(|day| day < first);
        let mut years = vec!["year"];
        if (crosses && self.region.split_by_day) || self.dice.chance(3) {
            years.push("year_before");
        }
        let stay = (self.setting.id == "inpatient" && self.dice.chance(15))
            .then(|| (self.near(), self.near()));
        let stay = stay.map(|(a, b)| (a.max(b), a.min(b)));
        for year in years {
            let needed = year == "year_before" && !self.dice.chance(8);
            if needed || self.dice.chance(60) {
                self.table(&format!("[{year}]"), &[format!("stays = {stays}")]);
            }
            for setting in &own {
                let least = if setting == "inpatient" {
                    stay.unwrap_or((0, 0))
                } else {
                    (0, 0)
                };
                if least.0 > 0 || self.dice.chance(55) {
                    self.year_of(year, setting, least);
                }
            }
        }
        let mut lines = Vec::new();
        if let Some((in_scope, deductible)) = stay {
            lines.push(format!("in_scope = {}", written(&mut self.dice, in_scope)));
            lines.push(format!(
                "deductible = {}",
                written(&mut self.dice, deductible)
            ));
        }
        if self.dice.chance(8) {
            lines.push(format!(
                "continuation = {:?}",
                self.dice.pick(&["transfer", "course"])
            ));
        }
        if !lines.is_empty() && self.setting.id == "inpatient" {
            self.table("[stay]", &lines);
        }
    }

    /// The sums of one setting in a year, so that they do not contradict each other.
    fn year_of(&mut self, year: &str, setting: &str, least: (i128, i128)) {
        let mut in_scope = self.near();
        if self.dice.chance(30) {
            in_scope = (in_scope - self.in_scope).abs();
        }
        in_scope = in_scope.max(least.0);
        let deductible = self.near().min(in_scope).max(least.1);
        let mut pooled = self.near();
        if self.dice.chance(40) {
            pooled = (pooled - self.in_scope / 2).abs();
        }
        pooled = pooled.min(in_scope - deductible);
        if year == "year" && setting == self.setting.id {
            pooled = (pooled + self.wish.pooled).clamp(0, in_scope - deductible);
        }
        let own_share = (in_scope - pooled).max(0);
        let mut lines = Vec::new();
        for (key, fen) in [
            ("in_scope", in_scope),
            ("deductible", deductible),
            ("pooled", pooled),
            ("own_share", own_share),
        ] {
            if fen > 0 && (key != "own_share" || self.dice.chance(70)) {
                lines.push(format!("{key} = {}", written(&mut self.dice, fen)));
            }
        }
        for kind in LAYERS {
            if self.dice.chance(70) {
                continue;
            }
            let mut base = self.near();
            if self.dice.chance(30) {
                base = (base - self.in_scope).abs();
            }
            let paid = self.near().min(base);
            let base = if self.dice.chance(70) || paid > 0 {
                format!("base = \"{}\", ", yuan(base))
            } else {
                String::new()
            };
            lines.push(format!("{kind} = {{ {base}paid = \"{}\" }}", yuan(paid)));
        }
        self.table(&format!("[{year}.{setting}]"), &lines);
    }

    fn cost(&mut self) {
        let first = self.settled.first_of_year(self.region.starts);
        let split = self.region.split_by_day && self.admitted.is_some_and(|day| day < first);
        if self.dice.chance(2) {
            self.in_scope = self.dice.between(0, 9_000_000_000_000);
        }
        self.in_scope = (self.in_scope + self.wish.in_scope).max(0);
        if (split && !self.dice.chance(2)) || self.dice.chance(35) {
            let mut lines = 1 + self.dice.below(5);
            while lines > 0 {
                self.line(lines == 1, split);
                lines -= 1;
            }
            return;
        }
        let mut lines = vec![format!(
            "in_scope = {}",
            written(&mut self.dice, self.in_scope)
        )];
        let mut total = self.in_scope;
        for key in ["self_funded", "over_limit", "first_share", "hospital"] {
            if self.dice.chance(30) {
                let fen = self.dice.fen(0, 2_000_000);
                total += fen;
                lines.push(format!("{key} = {}", written(&mut self.dice, fen)));
            }
        }
        if self.dice.chance(30) {
            lines.push(format!("total = {}", written(&mut self.dice, total)));
        }
        self.table("[cost]", &lines);
    }

    /// A fee line; the main one carries the in-scope cost that was wanted.
    fn line(&mut self, main: bool, split: bool) {
        let mut lines = vec!["item = \"x\"".to_owned()];
        let (mut quantity, mut price) = ("1".to_owned(), yuan(self.in_scope.max(1)));
        let mut class = self.dice.pick(&["A", "A", "B", "B", "B", "C"]);
        if main {
            class = self.dice.pick(&["A", "B"]);
        } else {
            quantity = self
                .dice
                .pick(&["1", "2", "2.5", "0.3333", "14", "0.5", "3"])
                .to_string();
            let fen = self.dice.fen(1, 300_000);
            price = yuan(fen);
            if self.dice.chance(40) {
                price = format!("{price}{:04}", self.dice.below(10_000));
            }
        }
        lines.push(format!("class = {class:?}"));
        lines.push(format!("unit_price = \"{price}\""));
        if quantity != "1" || self.dice.chance(30) {
            lines.push(format!("quantity = \"{quantity}\""));
        }
        if self.dice.chance(70) {
            let categories = ["drug", "service", "material", "bed", "blood", "other"];
            lines.push(format!("category = {:?}", self.dice.pick(&categories)));
        }
        if self.dice.chance(10) {
            let exact =
                Fraction::decimal(&quantity) * Fraction::decimal(&price) * Fraction::whole(100);
            lines.push(format!(
                "amount = \"{}\"",
                yuan(exact.rounded(self.region.line_rounding))
            ));
        }
        if self.dice.chance(if main { 5 } else { 20 }) {
            lines.push(format!("limit = \"{}\"", yuan(self.dice.fen(1, 300_000))));
        }
        let lacks = class == "B" && !self.region.gives_first_shares;
        if self.dice.chance(15) || (lacks && self.dice.chance(95)) {
            lines.push(format!(
                "first_share = {:?}",
                self.dice.pick(&["10%", "1/3", "0", "5%", "100%"])
            ));
        }
        if !main && self.dice.chance(15) {
            lines.push("restricted = true".to_owned());
            lines.push(format!("approved = {}", self.dice.chance(50)));
        }
        if !main && self.dice.chance(6) {
            lines.push("hospital = true".to_owned());
        }
        if (split && !self.dice.chance(1)) || (self.admitted.is_some() && self.dice.chance(20)) {
            lines.push(format!("day = {}", self.line_day()));
        }
        self.table("[[line]]", &lines);
    }

    /// A day of the stay, often at the turn of the year.
    fn line_day(&mut self) -> Day {
        let admitted = self.admitted.unwrap_or(self.settled);
        let first = self.settled.first_of_year(self.region.starts);
        let days = usize::try_from(self.settled.number() - admitted.number()).expect("a stay");
        let any = admitted.plus(i64::try_from(self.dice.below(days + 1)).expect("few days"));
        let turn = self.dice.pick(&[first, first.plus(-1)]);
        if admitted <= turn && turn <= self.settled && self.dice.chance(60) {
            turn
        } else {
            any
        }
    }

    fn accounts(&mut self) {
        let mut lines = Vec::new();
        if self.region.employee {
            for part in ["current", "prior"] {
                if self.dice.chance(60) {
                    let fen = if self.dice.chance(50) {
                        self.dice.fen(0, 500_000)
                    } else {
                        self.near()
                    };
                    lines.push(format!("{part} = {}", written(&mut self.dice, fen)));
                }
            }
        }
        if self.dice.chance(30) {
            let each: Vec<String> = (0..1 + self.dice.below(3))
                .map(|number| {
                    format!(
                        "{{ name = \"m{number}\", balance = \"{}\" }}",
                        yuan(self.dice.fen(0, 1_000_000))
                    )
                })
                .collect();
            lines.push(format!("family = [{}]", each.join(", ")));
        }
        if !lines.is_empty() {
            self.table("[accounts]", &lines);
        }
        let deposit = if self.dice.chance(25) {
            Some(self.near())
        } else {
            None
        };
        if let Some(fen) = self.wish.deposit.or(deposit) {
            self.top
                .push(format!("deposit = {}", written(&mut self.dice, fen)));
        }
    }
}
