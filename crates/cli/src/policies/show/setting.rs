//! The table of one setting: deductible, ratios and caps; a column for each group of facility classes that differ in nothing.

use std::collections::BTreeSet;

use domain::bill::Setting;
use domain::cite::{Cite, Standing};
use domain::fen::Fen;
use domain::policy::{Adjust, CapBasis, Change, Per};
use domain::view::scope::{Place5, Space};
use domain::view::{Bands, Cap, Deductible, Held, View};

use super::Show;
use super::layout::{self, Line};

/// Persons, places and diseases for whom a row holds, and one view for each column.
struct Group<'v> {
    points: Vec<Place5>,
    columns: Vec<&'v View>,
}

/// One setting laid out.
struct Grid<'s, 'a> {
    show: &'s Show<'a>,
    setting: Setting,
    space: Space,
    /// Groups of facility classes.
    columns: Vec<BTreeSet<usize>>,
}

pub(super) fn print(show: &Show<'_>, setting: Setting) {
    let grid = Grid::new(show, setting);
    grid.heading();
    let mut lines = Vec::new();
    for group in grid.groups(|a, b| value(a) == value(b)) {
        lines.extend(grid.deductible(&group));
    }
    for group in grid.groups(|a, b| a.bands.as_ref().map(figures) == b.bands.as_ref().map(figures))
    {
        lines.extend(grid.bands(&group));
    }
    for group in grid.groups(|a, b| {
        a.caps
            .iter()
            .map(|c| &c.value)
            .eq(b.caps.iter().map(|c| &c.value))
    }) {
        lines.extend(grid.caps(&group));
    }
    grid.table(&lines);
    grid.notes();
}

fn value(view: &View) -> Option<&Deductible> {
    view.deductible.as_ref().map(|d| &d.value)
}

fn figures(bands: &Bands) -> Vec<domain::view::Band> {
    bands.bands.iter().map(|b| b.value).collect()
}

fn same_figures(a: &View, b: &View) -> bool {
    value(a) == value(b)
        && a.bands.as_ref().map(figures) == b.bands.as_ref().map(figures)
        && a.caps
            .iter()
            .map(|c| &c.value)
            .eq(b.caps.iter().map(|c| &c.value))
}

impl<'s, 'a> Grid<'s, 'a> {
    fn new(show: &'s Show<'a>, setting: Setting) -> Grid<'s, 'a> {
        let space = Space::of(show.plan, |p| p.setting == setting);
        let mut grid = Grid {
            show,
            setting,
            space,
            columns: Vec::new(),
        };
        let facilities: BTreeSet<usize> = grid.views().map(|(p, _)| p[1]).collect();
        let mut columns: Vec<BTreeSet<usize>> = Vec::new();
        for facility in facilities {
            match columns
                .iter_mut()
                .find(|c| c.first().is_some_and(|&other| grid.alike(facility, other)))
            {
                Some(column) => {
                    column.insert(facility);
                }
                None => columns.push(BTreeSet::from([facility])),
            }
        }
        grid.columns = columns;
        grid
    }

    /// Do two facility classes differ in no figure?
    fn alike(&self, a: usize, b: usize) -> bool {
        let mut here = self.views().filter(|(p, _)| p[1] == a);
        here.all(|(p, v)| self.at(swapped(p, b)).is_some_and(|w| same_figures(v, w)))
    }

    fn views(&self) -> impl Iterator<Item = (&'s Place5, &'s View)> {
        let setting = self.setting.index();
        self.show
            .views
            .iter()
            .filter(move |(p, _)| p[0] == setting)
            .map(|(p, v)| (p, v))
    }

    fn at(&self, point: Place5) -> Option<&'s View> {
        self.show
            .views
            .iter()
            .find(|(p, _)| *p == point)
            .map(|(_, v)| v)
    }

    /// Persons, places and diseases gathered where every column says the same.
    fn groups(&self, same: impl Fn(&View, &View) -> bool) -> Vec<Group<'s>> {
        let first = |c: &BTreeSet<usize>| c.first().copied().unwrap_or(0);
        let rows: BTreeSet<Place5> = self.views().map(|(p, _)| swapped(p, 0)).collect();
        let mut groups: Vec<Group<'s>> = Vec::new();
        for row in rows {
            let columns: Vec<&View> = self
                .columns
                .iter()
                .filter_map(|c| self.at(swapped(&row, first(c))))
                .collect();
            let points = self.columns.iter().flatten().map(|&f| swapped(&row, f));
            let alike =
                |g: &&mut Group<'_>| g.columns.iter().zip(&columns).all(|(a, b)| same(a, b));
            match groups.iter_mut().find(alike) {
                Some(group) => group.points.extend(points),
                None => groups.push(Group {
                    points: points.collect(),
                    columns,
                }),
            }
        }
        groups
    }

    fn heading(&self) {
        let words = self.show.words;
        let payer = self
            .views()
            .find_map(|(_, v)| v.payer)
            .map_or("", |p| p.name(words.lang));
        let same = self.show.same(self.setting);
        let mut text = format!("{} · {payer}", self.setting.name(words.lang));
        if !same.is_empty() {
            let same = words.names(same);
            text.push_str(&match words.lang {
                domain::words::Lang::Zh => format!("（{same}相同）"),
                domain::words::Lang::En => format!(" (the same for {same})"),
            });
        }
        self.show.output.heading(&text);
    }

    fn who(&self, group: &Group<'_>) -> String {
        let scopes = self.space.scopes(group.points.iter().copied());
        let words = self.show.words;
        // One name a line keeps the column narrow.
        let text = |s| {
            words
                .who(s)
                .join(words.say("，\n", ";\n"))
                .replace(words.say("、", " / "), words.say("、\n", " /\n"))
        };
        scopes
            .iter()
            .map(text)
            .collect::<Vec<_>>()
            .join(words.say("；\n", ";\n"))
    }

    fn line(
        &self,
        group: &Group<'_>,
        item: &str,
        step: String,
        cells: Vec<String>,
        clauses: Vec<&Cite>,
    ) -> Line {
        let clauses = self.show.words.clauses(&self.show.plan.policy, clauses);
        Line {
            item: item.to_owned(),
            who: self.who(group),
            step,
            cells,
            clauses,
        }
    }

    fn deductible(&self, group: &Group<'_>) -> Vec<Line> {
        let words = self.show.words;
        let held: Vec<_> = group
            .columns
            .iter()
            .filter_map(|v| v.deductible.as_ref())
            .collect();
        let Some(first) = held.first() else {
            return Vec::new();
        };
        let clauses = || held.iter().flat_map(|h| &h.clauses).collect();
        let title = words.say("起付标准", "deductible");
        if held.iter().all(|h| h.value.is_none()) {
            let none = vec![words.say("无", "none").to_owned(); held.len()];
            return vec![self.line(group, title, String::new(), none, clauses())];
        }
        let stays = held
            .iter()
            .map(|h| h.value.figures.len())
            .max()
            .unwrap_or(1);
        let row = |n: usize| {
            let per = words.per(first.value.per).to_owned();
            let step = if stays == 1 {
                per
            } else {
                words.stay(n + 1, n + 1 == stays)
            };
            let cell = |d: &Deductible| {
                d.figures
                    .get(n)
                    .or(d.figures.last())
                    .map_or(String::new(), |f| words.figure(*f))
            };
            let cells = held.iter().map(|h| cell(&h.value)).collect();
            self.line(group, title, step, cells, clauses())
        };
        (0..stays).map(row).collect()
    }

    fn bands(&self, group: &Group<'_>) -> Vec<Line> {
        let words = self.show.words;
        let scales: Vec<&Bands> = group
            .columns
            .iter()
            .filter_map(|v| v.bands.as_ref())
            .collect();
        let starts: BTreeSet<Fen> = scales
            .iter()
            .flat_map(|s| s.bands.iter().map(|b| b.value.over))
            .collect();
        let ends = starts.iter().copied().skip(1).map(Some).chain([None]);
        let row = |(&over, upto): (&Fen, Option<Fen>)| {
            let held: Vec<_> = scales.iter().filter_map(|s| s.at(over)).collect();
            let cells = held.iter().map(|h| h.value.ratio.to_string()).collect();
            let clauses = held.iter().flat_map(|h| &h.clauses).collect();
            self.line(
                group,
                words.say("基金支付比例", "paid by the fund"),
                words.stretch(over, upto),
                cells,
                clauses,
            )
        };
        starts.iter().zip(ends).map(row).collect()
    }

    fn caps(&self, group: &Group<'_>) -> Vec<Line> {
        let words = self.show.words;
        let mut kinds: Vec<(bool, CapBasis)> = Vec::new();
        for cap in group.columns.iter().flat_map(|v| &v.caps) {
            let kind = (cap.value.visit, cap.value.basis);
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        let row = |(visit, basis): (bool, CapBasis)| {
            let of = |v: &&&View| {
                v.caps
                    .iter()
                    .find(|c| (c.value.visit, c.value.basis) == (visit, basis))
                    .cloned()
            };
            let held: Vec<_> = group.columns.iter().map(|v| of(&v)).collect();
            let cell = |held: &Held<Cap>| match held.value.amount {
                Some(amount) => words.figure(amount),
                None if held.standing() == Standing::Unconfirmed => words
                    .say("不详，未作封顶", "not known, none applied")
                    .to_owned(),
                None => words.say("无限额", "no limit").to_owned(),
            };
            let cells = held
                .iter()
                .map(|h| h.as_ref().map_or("—".into(), &cell))
                .collect();
            let clauses = held.iter().flatten().flat_map(|h| &h.clauses).collect();
            let capped = held.iter().flatten().any(|h| h.value.amount.is_some());
            let step = if capped {
                words.cap_of(visit, basis)
            } else {
                String::new()
            };
            self.line(
                group,
                words.say("最高支付限额", "cap of the fund"),
                step,
                cells,
                clauses,
            )
        };
        kinds.into_iter().map(row).collect()
    }

    fn table(&self, lines: &[Line]) {
        let words = self.show.words;
        let policy = &self.show.plan.policy;
        let name = |column: &BTreeSet<usize>| {
            let classes = column.iter().filter_map(|&f| policy.facilities.get(f));
            let names: Vec<&str> = classes.map(|c| c.name.lang(words.lang)).collect();
            names.join(words.say("、\n", " /\n"))
        };
        let columns = match self.columns.as_slice() {
            [_] => vec![words.say("各类机构", "all providers").to_owned()],
            columns => columns.iter().map(name).collect(),
        };
        let table = layout::table(self.show, &columns, lines);
        self.show.output.line(&table.to_string());
    }

    /// What the table cannot say: how bands count, what changed them, periods, waivers, what counts together.
    fn notes(&self) {
        let words = self.show.words;
        let mut notes: Vec<String> = Vec::new();
        let mut note = |text: String| {
            if !notes.contains(&text) {
                notes.push(text);
            }
        };
        for (_, view) in self.views() {
            if let Some(bands) = view.bands.as_ref().filter(|b| b.bands.len() > 1) {
                let (origin, sum) = (
                    words.origin(bands.origin),
                    bands.accumulates.name(words.lang),
                );
                note(format!(
                    "{}{origin}{}{sum}",
                    words.say("分段：", "bands: "),
                    words.say("，", ", ")
                ));
            }
            if let Some(held) = &view.deductible {
                words
                    .deductible_more(&held.value)
                    .into_iter()
                    .for_each(&mut note);
                let shared = held.value.per == Per::Year
                    || view.caps.iter().any(|c| c.value.amount.is_some());
                if view.counts.len() > 1 && shared {
                    let settings = words.settings(&view.counts);
                    note(format!(
                        "{}{settings}",
                        words.say("合并累计：", "counted together: ")
                    ));
                }
            }
            for cap in view
                .caps
                .iter()
                .filter(|c| c.value.amount.is_some() && c.value.counts != view.counts)
            {
                let settings = words.settings(&cap.value.counts);
                note(format!(
                    "{}{settings}",
                    words.say("计入限额：", "counts towards the cap: ")
                ));
            }
        }
        self.show
            .plan
            .policy
            .adjusts
            .iter()
            .filter_map(|a| self.adjust(a))
            .for_each(&mut note);
        for note in notes {
            self.show.output.line(&format!("  · {note}"));
        }
    }

    /// A change that the ratios of the table already contain.
    fn adjust(&self, adjust: &Adjust) -> Option<String> {
        let words = self.show.words;
        let points: Vec<Place5> = self.points(adjust);
        if points.is_empty() {
            return None;
        }
        let scopes = self.space.scopes(points);
        let who = scopes
            .iter()
            .map(|s| words.who(s).join(words.say("，", "; ")))
            .collect::<Vec<_>>();
        let who = words.names(who);
        let change = match (&adjust.change, words.lang) {
            (Change::OwnTimes(r), domain::words::Lang::Zh) => {
                format!("个人自付部分为原来的 {}", r.text)
            }
            (Change::OwnTimes(r), domain::words::Lang::En) => {
                format!("the own share times {}", r.text)
            }
            (Change::RatioTimes(r), domain::words::Lang::Zh) => {
                format!("基金支付比例为原来的 {}", r.text)
            }
            (Change::RatioTimes(r), domain::words::Lang::En) => {
                format!("the fund's ratio times {}", r.text)
            }
            (Change::Up(r) | Change::Down(r), domain::words::Lang::Zh) => {
                format!("基金支付比例 {} 个百分点", r.text.trim_end_matches('%'))
            }
            (Change::Up(r) | Change::Down(r), domain::words::Lang::En) => {
                format!("the fund's ratio {} points", r.text.trim_end_matches('%'))
            }
        };
        let clause = words.clause(&self.show.plan.policy, &adjust.cite);
        Some(match words.lang {
            domain::words::Lang::Zh => format!("比例已计入：{who}，{change}，{clause}"),
            domain::words::Lang::En => format!("the ratios contain: {who}: {change}, {clause}"),
        })
    }

    fn points(&self, adjust: &Adjust) -> Vec<Place5> {
        let plan = self.show.plan;
        let here = plan
            .points()
            .filter(|p| p.setting == self.setting && adjust.selector.holds(p));
        here.map(|p| domain::view::scope::numbers(&p)).collect()
    }
}

/// The same point at another facility class.
fn swapped(point: &Place5, facility: usize) -> Place5 {
    let mut other = *point;
    other[1] = facility;
    other
}
