//! `Region`: a random policy as a text, and what a bill of that region must know to come near its edges.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::day::Day;
use crate::dice::Dice;
use crate::fraction::Fraction;
use crate::generate::quoted;
use crate::generate::space::{AIDED, ELSEWHERE, Selector, Space};
use crate::layer::{LAYERS, OWN};

const ROUNDINGS: [&str; 4] = ["half_up", "half_even", "up", "down"];
const STARTS: [&str; 4] = ["01-01", "01-01", "07-01", "04-15"];
pub(crate) const NATIONAL_CAUSES: [&str; 4] =
    ["work_injury", "third_party", "public_health", "abroad"];
const LOCAL_CAUSES: [&str; 4] = [
    "traffic_accident",
    "drunkenness",
    "other_liability",
    "food_poisoning",
];
const CATEGORIES: [&str; 6] = ["drug", "service", "material", "bed", "blood", "other"];
/// Ratios that one policy uses together, and what changes them: a policy must keep to one common denominator of at
/// most a million.
struct Palette {
    ratios: &'static [&'static str],
    own_times: &'static [&'static str],
    points: &'static [&'static str],
    ratio_times: &'static [&'static str],
    reasons: usize,
}

const PALETTES: [Palette; 4] = [
    Palette {
        ratios: &[
            "85%", "87.5%", "90%", "99.1%", "100%", "0%", "50%", "55%", "91%", "12.5%", "70%",
        ],
        own_times: &["60%", "80%"],
        points: &["-10%", "+5%", "+12.5%", "-33.3%", "+20%"],
        ratio_times: &["90%", "75%"],
        reasons: 3,
    },
    Palette {
        ratios: &["66.67%", "33.333%", "85%", "100%", "0%", "92.5%"],
        own_times: &["60%", "50%"],
        points: &["-10%", "+2.5%"],
        ratio_times: &["90%"],
        reasons: 1,
    },
    Palette {
        ratios: &["1/3", "5/6", "2/3", "87.5%", "50%", "100%", "0%"],
        own_times: &["60%", "1/3"],
        points: &["-10%", "+12.5%", "+1/6", "-1/3"],
        ratio_times: &["2/3", "75%"],
        reasons: 3,
    },
    Palette {
        ratios: &["2/7", "3/11", "6/7", "90%", "75%", "100%", "0%"],
        own_times: &["60%", "1/3"],
        points: &["-10%", "+5%"],
        ratio_times: &["2/3", "90%"],
        reasons: 2,
    },
];

/// A random region.
pub(crate) struct Region {
    pub(crate) text: String,
    pub(crate) code: &'static str,
    pub(crate) employee: bool,
    /// Bills are settled on one of so many days from the first on.
    pub(crate) first_day: Day,
    pub(crate) days: usize,
    pub(crate) starts: &'static str,
    pub(crate) split_by_day: bool,
    pub(crate) line_rounding: &'static str,
    pub(crate) space: Space,
    /// Has the policy first shares for class B, or must the lines bring them?
    pub(crate) gives_first_shares: bool,
    pub(crate) causes: Vec<&'static str>,
    /// Amounts of the policy, in fen: what values of a bill should come near.
    pub(crate) edges: Vec<i128>,
    pub(crate) band_edges: Vec<i128>,
    pub(crate) layer_edges: Vec<i128>,
    palette: &'static Palette,
    /// The lowest of the year's caps by basis, which no visit's cap may pass.
    lowest_caps: BTreeMap<&'static str, i128>,
    /// In fen, if other figures are a share of it.
    base_amount: Option<i128>,
}

impl Region {
    pub(crate) fn random(seed: u64) -> Region {
        let mut dice = Dice::new(seed);
        let employee = dice.chance(75);
        let mut region = Region {
            text: String::new(),
            code: dice.pick(&["110000", "330100", "420106"]),
            employee,
            first_day: Day::read("2024-01-01"),
            days: 1100,
            starts: dice.pick(&STARTS),
            split_by_day: dice.chance(50),
            line_rounding: dice.pick(&ROUNDINGS),
            space: Space::random(&mut dice, employee),
            gives_first_shares: true,
            causes: dice.some(&NATIONAL_CAUSES, 90),
            edges: vec![0, 1, 100],
            band_edges: vec![0],
            layer_edges: vec![0],
            palette: &PALETTES[dice.below(PALETTES.len())],
            lowest_caps: BTreeMap::new(),
            base_amount: if dice.chance(40) {
                Some(dice.fen(100_000, 20_000_000))
            } else {
                None
            },
        };
        region.causes.extend(dice.some(&LOCAL_CAUSES, 40));
        region.head(&mut dice);
        region.classes(&mut dice);
        region.classification(&mut dice);
        region.deductibles(&mut dice);
        region.bands(&mut dice);
        region.caps(&mut dice);
        for kind in LAYERS {
            if dice.chance(45) {
                region.layers(&mut dice, kind);
            }
        }
        region.accounts(&mut dice);
        region.no_rule(&mut dice);
        region.row(
            "gap",
            &["about = { zh = \"未知\", en = \"unknown\" }".to_owned()],
        );
        region
    }

    /// A region whose policy is written already; what only the writing of one needs stays empty.
    pub(crate) fn written(text: String, space: Space) -> Region {
        Region {
            text,
            code: "",
            employee: false,
            first_day: Day::read("2024-01-01"),
            days: 1,
            starts: "01-01",
            split_by_day: false,
            line_rounding: "half_up",
            space,
            gives_first_shares: true,
            causes: Vec::new(),
            edges: vec![0, 1, 100],
            band_edges: vec![0],
            layer_edges: vec![0],
            palette: &PALETTES[0],
            lowest_caps: BTreeMap::new(),
            base_amount: None,
        }
    }

    /// Adds a row with the clause that every row carries.
    fn row(&mut self, table: &str, lines: &[String]) {
        self.text.push_str(&format!("[[{table}]]\n"));
        for line in lines {
            self.text.push_str(line);
            self.text.push('\n');
        }
        self.text
            .push_str("cite = \"N1 第一条\"\nstanding = \"weak\"\n\n");
    }

    fn head(&mut self, dice: &mut Dice) {
        let scheme = if self.employee {
            "employee"
        } else {
            "resident"
        };
        let cross = if self.split_by_day {
            "split_by_day"
        } else {
            "discharge"
        };
        let places = self.space.places.clone();
        let (fund, boundary) = (dice.pick(&ROUNDINGS), dice.pick(&ROUNDINGS));
        let bands = dice.pick(&["sum", "each"]);
        let age_on = dice.pick(&["service", "year_start"]);
        let cover = dice.pick(&["both", "discharge"]);
        let cite = "cite = \"N1\"\nstanding = \"weak\"\n";
        let ends = if dice.chance(20) {
            "ends = 2029-12-31\n"
        } else {
            ""
        };
        let Region {
            text,
            code,
            starts,
            line_rounding,
            ..
        } = self;
        write!(
            text,
            "schema = 1\nregion = \"{code}\"\nregion_name = {{ zh = \"某地\", en = \"Somewhere\" }}\n\
             scheme = \"{scheme}\"\neffective = 2015-01-01\n{ends}\n\
             [document.N1]\ntitle = \"办法\"\nsource = \"P1\"\n\n\
             [year]\nstarts = \"{starts}\"\ncross = \"{cross}\"\nage_on = \"{age_on}\"\n{cite}\n\
             [coverage]\ndays = \"{cover}\"\n{cite}\n\
             [rounding]\nline = \"{line_rounding}\"\nfund = \"{fund}\"\nboundary = \"{boundary}\"\nbands = \"{bands}\"\n{cite}\n\
             [rest]\n{cite}\n\
             [place]\nknown = {places:?}\n{cite}\n"
        )
        .expect("a text");
        if let Some(fen) = self.base_amount {
            let amount = spell(dice, fen);
            self.row(
                "base_amount",
                &[
                    "id = \"average_wage\"".to_owned(),
                    format!("amount = {amount}"),
                ],
            );
        }
    }

    fn classes(&mut self, dice: &mut Dice) {
        for setting in self.space.settings.clone() {
            let mut lines = vec![format!("id = {:?}", setting.id)];
            if let Some(same) = &setting.same_as {
                lines.push(format!("as = {same:?}"));
            } else if setting.has_funds {
                lines.push(format!("payer = {:?}", setting.payer));
                if setting.together.len() > 1 || dice.chance(30) {
                    lines.push(format!("counts_with = {:?}", setting.together));
                }
            } else {
                lines.push("funds = \"none\"".to_owned());
            }
            let some = setting.has_funds
                && setting.same_as.is_none()
                && setting.facilities.len() < self.space.facilities.len();
            push_if(&mut lines, some, || {
                format!("facilities = {:?}", setting.facilities)
            });
            self.row("setting", &lines);
        }
        for class in self.space.facilities.clone() {
            let mut lines = vec![format!("id = {:?}", class.id), name()];
            push_if(&mut lines, class.levels.len() < 4, || {
                format!("levels = {:?}", class.levels)
            });
            push_if(&mut lines, class.kinds.len() < 6, || {
                format!("kinds = {:?}", class.kinds)
            });
            push_if(&mut lines, class.community.is_some(), || {
                format!("community = {}", class.community == Some(true))
            });
            push_if(&mut lines, !class.tags.is_empty(), || {
                format!("tags = {:?}", class.tags)
            });
            push_if(&mut lines, !class.without.is_empty(), || {
                format!("without = {:?}", class.without)
            });
            self.text
                .push_str(&format!("[[facility]]\n{}\n\n", lines.join("\n")));
        }
        for class in self.space.persons.clone() {
            let mut lines = vec![format!("id = {:?}", class.id), name()];
            let everybody = if self.employee { 3 } else { 1 };
            push_if(&mut lines, class.status.len() < everybody, || {
                format!("status = {:?}", class.status)
            });
            push_if(&mut lines, class.age != (None, None), || {
                format!("age = {:?}", range(class.age))
            });
            push_if(&mut lines, class.retired != (None, None), || {
                format!("retired = {:?}", range(class.retired))
            });
            push_if(&mut lines, !class.identities.is_empty(), || {
                format!("identities = {:?}", class.identities)
            });
            push_if(&mut lines, !class.without.is_empty(), || {
                format!("without = {:?}", class.without)
            });
            self.text
                .push_str(&format!("[[person]]\n{}\n\n", lines.join("\n")));
        }
        for disease in self.space.diseases.clone() {
            self.text
                .push_str(&format!("[[disease]]\nid = {disease:?}\n{}\n\n", name()));
        }
        let precedence = dice.shuffled(&AIDED);
        self.text
            .push_str(&format!("[aid]\nprecedence = {precedence:?}\n\n"));
    }

    /// Exclusions, payment limits, first shares.
    fn classification(&mut self, dice: &mut Dice) {
        for cause in self.causes.clone() {
            let mut lines = vec![format!("cause = {cause:?}")];
            push_if(
                &mut lines,
                cause == "third_party" || dice.chance(30),
                || "advance = true".to_owned(),
            );
            push_if(&mut lines, dice.chance(30), name);
            self.row("exclusion", &lines);
        }
        let keys = ["setting", "facility", "person", "place", "disease"];
        for category in dice.some(&CATEGORIES, 30) {
            for leaf in self.space.partition(dice, &keys, false) {
                if dice.chance(70) {
                    let amount = dice.fen(100, 500_000);
                    let amount = self.amount(dice, amount);
                    self.row(
                        "payment_limit",
                        &select(
                            &leaf,
                            &[
                                format!("category = {category:?}"),
                                format!("amount = {amount}"),
                            ],
                        ),
                    );
                }
            }
        }
        for leaf in self.space.partition(dice, &keys, false) {
            let share = self.first_share(dice);
            self.row(
                "first_share",
                &select(&leaf, &["class = \"B\"".to_owned(), share]),
            );
        }
        for category in dice.some(&CATEGORIES, 30) {
            for leaf in self.space.partition(dice, &keys, false) {
                if dice.chance(70) {
                    let share = self.first_share(dice);
                    let lines = [
                        "class = \"B\"".to_owned(),
                        format!("category = {category:?}"),
                        share,
                    ];
                    self.row("first_share", &select(&leaf, &lines));
                }
            }
        }
        for place in ELSEWHERE {
            if self.space.places.iter().any(|known| known == place) && dice.chance(50) {
                let ratio = dice.pick(&["10%", "1/3", "12.5%", "40%", "5%"]);
                let lines = [format!("place = {place:?}"), format!("ratio = {ratio:?}")];
                self.row("off_region_share", &lines);
            }
        }
    }

    fn first_share(&mut self, dice: &mut Dice) -> String {
        if dice.chance(60) {
            return format!(
                "ratio = {:?}",
                dice.pick(&["10%", "5%", "1/3", "20%", "0%", "12.5%"])
            );
        }
        let first = dice.fen(1_000, 200_000);
        let second = first + dice.fen(100, 500_000);
        let (first, second) = (self.edge(dice, first), self.edge(dice, second));
        format!(
            "steps = [{{ upto = {first}, ratio = \"0%\" }}, {{ upto = {second}, ratio = \"30%\" }}, {{ ratio = {:?} }}]",
            dice.pick(&["50%", "2/3"])
        )
    }

    /// Deductibles, the year's cap on them, waivers.
    fn deductibles(&mut self, dice: &mut Dice) {
        let keys = ["setting", "facility", "person", "place", "disease"];
        for leaf in self.space.partition_stays_apart(dice, &keys) {
            let stays = self.space.settings_of(&leaf, true) == ["inpatient"];
            let per = if stays && dice.chance(70) {
                "stay"
            } else {
                dice.pick(&["year", "year", "visit"])
            };
            let mut lines = vec![format!("per = {per:?}")];
            let amount = if dice.chance(30) && !leaf.contains_key("facility") {
                let classes = self.space.facilities_of(&leaf, true);
                let each: Vec<String> = classes
                    .iter()
                    .map(|id| format!("{id:?} = {}", self.figures(dice, per)))
                    .collect();
                format!("{{ {} }}", each.join(", "))
            } else {
                self.figures(dice, per)
            };
            lines.push(format!("amount = {amount}"));
            if per == "stay" && dice.chance(50) {
                lines.push(format!("period_days = {}", dice.pick(&[7, 30, 90, 180])));
                lines.push(format!("period = {:?}", dice.pick(&["again", "next"])));
            }
            self.row("deductible", &select(&leaf, &lines));
        }
        for leaf in self.space.partition(dice, &keys, true) {
            if dice.chance(35) {
                let amount = dice.fen(10_000, 500_000);
                let amount = self.amount(dice, amount);
                self.row(
                    "deductible_cap",
                    &select(&leaf, &[format!("amount = {amount}")]),
                );
            }
        }
        for word in ["transfer", "course"] {
            for leaf in self.space.partition(dice, &keys, true) {
                if dice.chance(40) {
                    self.row(
                        "waiver",
                        &select(&leaf, &[format!("continuation = {word:?}")]),
                    );
                }
            }
        }
    }

    /// One figure or, for stays, a list whose later figures may be ratios of the first.
    fn figures(&mut self, dice: &mut Dice, per: &str) -> String {
        let first = if dice.chance(10) {
            0
        } else {
            dice.fen(1_000, 300_000)
        };
        let first = self.amount(dice, first);
        if per != "stay" || dice.chance(25) {
            return first;
        }
        let mut list = vec![first];
        for _ in 0..1 + dice.below(3) {
            if dice.chance(50) {
                list.push(format!(
                    "{:?}",
                    dice.pick(&["50%", "75%", "1/3", "0%", "66.6%"])
                ));
            } else {
                let later = dice.fen(0, 200_000);
                list.push(self.amount(dice, later));
            }
        }
        format!("[{}]", list.join(", "))
    }

    /// Bands of the basic fund, and what changes their ratios.
    fn bands(&mut self, dice: &mut Dice) {
        let keys = ["setting", "facility", "person", "place", "disease"];
        for leaf in self.space.partition(dice, &keys, true) {
            let origin = dice.pick(&["absolute", "above_deductible"]);
            let accumulates = dice.pick(&["year", "year", "stay"]);
            let classes = self.space.facilities_of(&leaf, true);
            let mut over = 0;
            let edges = dice.below(4);
            for number in 0..=edges {
                let mut lines = vec![
                    format!("origin = {origin:?}"),
                    format!("accumulates = {accumulates:?}"),
                ];
                lines.push(format!("over = {}", self.edge(dice, over)));
                if number < edges {
                    over += dice.fen(1_000, 8_000_000);
                    self.band_edges.push(over);
                    lines.push(format!("upto = {}", self.edge(dice, over)));
                }
                lines.push(if dice.chance(25) && !leaf.contains_key("facility") {
                    let each: Vec<String> = classes
                        .iter()
                        .map(|id| format!("{id:?} = {:?}", dice.pick(self.palette.ratios)))
                        .collect();
                    format!("ratio = {{ {} }}", each.join(", "))
                } else {
                    format!("ratio = {:?}", dice.pick(self.palette.ratios))
                });
                self.row("band", &select(&leaf, &lines));
            }
        }
        for reason in dice.some(&["retired", "old", "referred"][..self.palette.reasons], 50) {
            for leaf in self.space.partition(dice, &keys, true) {
                if dice.chance(60) {
                    let change = match dice.below(3) {
                        0 => format!("own_times = {:?}", dice.pick(self.palette.own_times)),
                        1 => format!("points = {:?}", dice.pick(self.palette.points)),
                        _ => format!("ratio_times = {:?}", dice.pick(self.palette.ratio_times)),
                    };
                    self.row(
                        "adjust",
                        &select(&leaf, &[format!("reason = {reason:?}"), change]),
                    );
                }
            }
        }
    }

    fn caps(&mut self, dice: &mut Dice) {
        let keys = ["setting", "facility", "person", "place", "disease"];
        for leaf in self.space.partition(dice, &keys, true) {
            self.cap(dice, &leaf, "year");
        }
        for leaf in self.space.partition(dice, &keys, true) {
            if dice.chance(30) {
                self.cap(dice, &leaf, "visit");
            }
        }
    }

    fn cap(&mut self, dice: &mut Dice, leaf: &Selector, per: &str) {
        let basis = dice.pick(&["fund", "fund", "cost", "cost_above_deductible"]);
        let mut lines = vec![format!("per = {per:?}"), format!("basis = {basis:?}")];
        if per == "year" && dice.chance(15) {
            lines.push("amount = \"none\"".to_owned());
        } else {
            let highest = self
                .lowest_caps
                .get(basis)
                .copied()
                .filter(|_| per == "visit")
                .unwrap_or(20_000_000);
            let amount = dice.fen(10_000.min(highest), highest);
            let text = if per == "year" {
                self.amount(dice, amount)
            } else {
                self.edge(dice, amount)
            };
            let amount = self.edges[self.edges.len() - 1];
            lines.push(format!("amount = {text}"));
            let lowest = self.lowest_caps.entry(basis).or_insert(amount);
            *lowest = amount.min(*lowest);
        }
        if per == "year" && dice.chance(35) {
            let mine = self.space.settings_of(leaf, true);
            let others = dice.some(&self.space.own_settings(true), 50);
            let counts: Vec<String> = others
                .into_iter()
                .filter(|id| !mine.contains(id))
                .chain(mine.clone())
                .collect();
            lines.push(format!("counts = {counts:?}"));
        }
        self.row("cap", &select(leaf, &lines));
    }

    fn layers(&mut self, dice: &mut Dice, kind: &str) {
        let keys = ["setting", "facility", "person", "place", "disease"];
        let groups: Vec<Option<Vec<&str>>> = match dice.below(4) {
            0 => vec![
                Some(vec!["subsistence", "destitute"]),
                Some(vec!["low_income_margin"]),
                Some(vec!["none"]),
            ],
            1 if kind == "civil_servant" => vec![Some(vec!["civil_servant"])],
            1 => vec![Some(vec!["destitute"])],
            _ => vec![None],
        };
        for group in groups {
            for leaf in self.space.partition(dice, &keys, true) {
                if dice.chance(80) {
                    let mut lines = vec![format!("kind = {kind:?}")];
                    push_if(&mut lines, group.is_some(), || {
                        format!("identities = {:?}", group.clone().unwrap_or_default())
                    });
                    lines.extend(self.layer(dice, kind));
                    self.row("layer", &select(&leaf, &lines));
                }
            }
        }
    }

    fn layer(&mut self, dice: &mut Dice, kind: &str) -> Vec<String> {
        let large = kind == "large_amount";
        let usual = ["deductible", "own_share", "large_own_share", "over_cap"];
        let parts = if dice.chance(70) {
            usual.to_vec()
        } else {
            OWN.to_vec()
        };
        let mut base = dice.shuffled(&parts);
        base.retain(|_| dice.chance(70));
        if large || base.is_empty() {
            base = vec!["over_cap"];
        }
        let over = if large || dice.chance(30) {
            0
        } else {
            dice.fen(1_000, 3_000_000)
        };
        self.layer_edges.push(over);
        let mut lines = vec![
            format!("base = {base:?}"),
            format!("over = {}", self.amount(dice, over)),
        ];
        lines.push(format!(
            "origin = {:?}",
            dice.pick(&["absolute", "above_deductible"])
        ));
        lines.push(format!(
            "accumulates = {:?}",
            dice.pick(&["year", "year", "visit"])
        ));
        let mut bands = Vec::new();
        let mut upto = over;
        for _ in 0..dice.below(3) {
            upto += dice.fen(1_000, 5_000_000);
            self.layer_edges.push(upto);
            bands.push(format!(
                "{{ upto = {}, ratio = {:?} }}",
                self.edge(dice, upto),
                dice.pick(self.palette.ratios)
            ));
        }
        bands.push(format!(
            "{{ ratio = {:?} }}",
            dice.pick(self.palette.ratios)
        ));
        lines.push(format!("bands = [{}]", bands.join(", ")));
        if dice.chance(50) {
            lines.push("cap = \"none\"".to_owned());
        } else {
            let cap = over + dice.fen(1_000, 10_000_000);
            lines.push(format!("cap = {}", self.amount(dice, cap)));
            lines.push(format!("cap_basis = {:?}", dice.pick(&["fund", "cost"])));
        }
        if dice.chance(30) {
            let counts = dice.some(&self.space.own_settings(true), 70);
            push_if(&mut lines, !counts.is_empty(), || {
                format!("counts = {counts:?}")
            });
        }
        let supplement = [
            "retiree_supplement",
            "civil_servant",
            "enterprise",
            "mutual_aid",
        ]
        .contains(&kind);
        push_if(&mut lines, supplement && dice.chance(40), || {
            "before_catastrophic = true".to_owned()
        });
        lines
    }

    fn accounts(&mut self, dice: &mut Dice) {
        if !self.employee {
            return;
        }
        for leaf in self.space.partition(dice, &["setting", "person"], false) {
            let mut lines = Vec::new();
            let before: &[&str] = dice.pick(&[
                &[][..],
                &[],
                &["current"],
                &["prior"],
                &["current", "prior"],
            ]);
            lines.push(format!("before = {before:?}"));
            let after = dice.shuffled(&["current", "prior"]);
            let after = dice.some(&after, 80);
            lines.push(format!("after = {after:?}"));
            let pays = dice.shuffled(&OWN);
            lines.push(format!("pays = {:?}", dice.some(&pays, 70)));
            lines.push(format!("family = {}", dice.chance(60)));
            self.row("account", &select(&leaf, &lines));
        }
    }

    /// Sometimes a corner of the space has no rule.
    fn no_rule(&mut self, dice: &mut Dice) {
        let corners = self
            .space
            .partition(dice, &["setting", "facility", "person"], false);
        if corners.len() > 3 && dice.chance(40) {
            let corner = dice.pick(&corners);
            self.row("no_rule", &select(&corner, &[]));
        }
    }

    /// An amount as a document spells it, or as a share or multiple of the base amount.
    fn amount(&mut self, dice: &mut Dice, fen: i128) -> String {
        let Some(base) = self.base_amount.filter(|_| dice.chance(15)) else {
            return self.edge(dice, fen);
        };
        let base = Fraction::whole(base);
        let to = dice.pick(&["yuan", "fen"]);
        let (key, text) = dice.pick(&[
            ("share", "5%"),
            ("share", "1/3"),
            ("share", "12.5%"),
            ("times", "1.5"),
            ("times", "2"),
        ]);
        let exact = base
            * if key == "share" {
                Fraction::ratio(text)
            } else {
                Fraction::decimal(text)
            };
        let fen = if to == "fen" {
            exact.rounded("half_up")
        } else {
            (exact / Fraction::whole(100)).rounded("half_up") * 100
        };
        self.edges.push(fen);
        format!("{{ {key} = {text:?}, of = \"average_wage\", to = {to:?} }}")
    }

    /// An amount as a document spells it; bills will come near it.
    fn edge(&mut self, dice: &mut Dice, fen: i128) -> String {
        self.edges.push(fen);
        spell(dice, fen)
    }
}

/// `"1300元"`, `"404.2元"`, `"7万元"`.
fn spell(dice: &mut Dice, fen: i128) -> String {
    let (number, digits, unit) = if dice.chance(30) {
        (fen, 6, "万元")
    } else {
        (fen, 2, "元")
    };
    let one = 10_i128.pow(digits);
    let digits = usize::try_from(digits).expect("few digits");
    let text = format!("{}.{:0digits$}", number / one, number % one);
    format!(
        "\"{}{unit}\"",
        text.trim_end_matches('0').trim_end_matches('.')
    )
}

fn name() -> String {
    "name = { zh = \"类\", en = \"class\" }".to_owned()
}

fn range<T: std::fmt::Display>(ends: (Option<T>, Option<T>)) -> String {
    let text = |end: Option<T>| end.map_or(String::new(), |end| end.to_string());
    format!("{}..{}", text(ends.0), text(ends.1))
}

fn push_if(lines: &mut Vec<String>, wanted: bool, line: impl FnOnce() -> String) {
    if wanted {
        lines.push(line());
    }
}

/// The lines of a row with its selectors before them.
fn select(leaf: &Selector, lines: &[String]) -> Vec<String> {
    let selectors = leaf
        .iter()
        .map(|(key, words)| format!("{key} = {}", quoted(words)));
    selectors.chain(lines.iter().cloned()).collect()
}
