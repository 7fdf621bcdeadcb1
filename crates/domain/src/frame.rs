//! `Frame`: what the country fixes for every region from a day on, and where a region's policy breaks it.

use jiff::civil::Date;

use crate::bill::{ItemClass, Place, Scheme, Setting};
use crate::cite::{Cite, Document};
use crate::fen::Fen;
use crate::plan::Plan;
use crate::policy::{Per, Point, Policy};
use crate::ratio::Ratio;
use crate::step::LayerKind;
use crate::view::View;
use crate::words::Lang;

/// What the country fixes from a day until the next frame's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// First day.
    pub effective: Date,
    /// The documents it rests on.
    pub documents: Vec<Document>,
    /// What it asks of every region, in the order of the file.
    pub demands: Vec<(Demand, Cite)>,
}

/// One thing that is asked of every region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Demand {
    /// The funds never pay for this cause; whether they pay first where a third person does not.
    Never {
        /// The cause, as in `[[exclusion]]`.
        cause: String,
        /// The fund pays first.
        advance: bool,
    },
    /// For care at this place the fund's ratio is at most so many points below that at home.
    PointsOff {
        /// Where.
        place: Place,
        /// How many points.
        at_most: Ratio,
    },
    /// The first share of this class is at most this.
    FirstShare {
        /// Class.
        class: ItemClass,
        /// The share.
        at_most: Ratio,
    },
    /// The basic fund's ratio in this setting is at least this.
    Share {
        /// Scheme.
        scheme: Scheme,
        /// Setting.
        setting: Setting,
        /// The ratio.
        at_least: Ratio,
    },
    /// The ratio of this layer is at least this.
    LayerShare {
        /// Scheme.
        scheme: Scheme,
        /// Layer.
        layer: LayerKind,
        /// The ratio.
        at_least: Ratio,
    },
    /// The basic fund's yearly cap is at most so many times a base amount of the file, where the file gives it.
    Cap {
        /// Scheme.
        scheme: Scheme,
        /// How many times.
        times: u32,
        /// The id of the base amount.
        of: String,
    },
}

/// Where a policy breaks a demand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// Which demand, by its place in [`Frame::demands`].
    pub demand: usize,
    /// The first point of the space at which it shows; none where the file as a whole breaks it.
    pub point: Option<Point>,
    /// At how many points it shows.
    pub points: usize,
    /// What was found there, as a figure; none where something is missing.
    pub found: Option<String>,
}

impl Frame {
    /// Every demand that a policy breaks.
    #[must_use]
    pub fn breaks(&self, plan: &Plan) -> Vec<Break> {
        let views: Vec<(Point, View)> = plan
            .points()
            .filter_map(|point| Some((point, plan.view(&point)?)))
            .collect();
        let broken = |(demand, (what, _)): (usize, &(Demand, Cite))| {
            let found = what.broken(plan, &views)?;
            Some(Break { demand, ..found })
        };
        self.demands.iter().enumerate().filter_map(broken).collect()
    }
}

impl Demand {
    fn broken(&self, plan: &Plan, views: &[(Point, View)]) -> Option<Break> {
        let policy = &plan.policy;
        let for_scheme = |scheme: Scheme| scheme == policy.scheme;
        match self {
            Demand::Never { cause, advance } => {
                let row = policy.exclusions.iter().find(|row| row.cause == *cause);
                let kept = row.is_some_and(|row| row.advance == *advance);
                (!kept).then(|| whole(row.map(|row| format!("advance = {}", row.advance))))
            }
            Demand::PointsOff { place, at_most } => first(views, |point, view| {
                let home = plan.view(&Point {
                    place: Place::Home,
                    ..*point
                })?;
                (point.place == *place).then(|| points_off(&home, view, *at_most))?
            }),
            Demand::FirstShare { class, at_most } => first(views, |_, view| {
                let of_class = view.first_shares.iter().filter(|s| s.value.class == *class);
                let mut ratios =
                    of_class.flat_map(|s| s.value.steps.iter().map(|(_, ratio)| *ratio));
                ratios
                    .find(|ratio| at_most.below(*ratio))
                    .map(|r| r.to_string())
            }),
            Demand::Share {
                scheme,
                setting,
                at_least,
            } => first(views, |point, view| {
                let asked =
                    for_scheme(*scheme) && point.setting == *setting && point.place == Place::Home;
                let bands = view.bands.as_ref().filter(|_| asked)?;
                let mut ratios = bands.bands.iter().map(|band| band.value.ratio);
                ratios
                    .find(|ratio| ratio.below(*at_least))
                    .map(|r| r.to_string())
            }),
            Demand::LayerShare {
                scheme,
                layer,
                at_least,
            } => first(views, |_, view| {
                let asked = view
                    .layers
                    .iter()
                    .filter(|l| for_scheme(*scheme) && l.value.kind == *layer);
                let mut ratios = asked.flat_map(|l| l.value.bands.iter().map(|band| band.ratio));
                ratios
                    .find(|ratio| ratio.below(*at_least))
                    .map(|r| r.to_string())
            }),
            Demand::Cap { scheme, times, of } => {
                let base = policy.base_amounts.iter().find(|base| base.id == *of);
                let base = base.filter(|_| for_scheme(*scheme))?.amount.value;
                let most = base.fen().saturating_mul(u64::from(*times));
                let over = |amount: Fen| (amount.fen() > most).then(|| amount.to_string());
                let yearly = policy.caps.iter().filter(|cap| cap.per == Per::Year);
                yearly
                    .filter_map(|cap| cap.amount.as_ref())
                    .find_map(|amount| over(amount.value))
                    .map(|found| whole(Some(found)))
            }
        }
    }

    /// The demand in words.
    #[must_use]
    pub fn describe(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        match self {
            Demand::Never { cause, advance } => match (zh, advance) {
                (true, false) => format!("`{cause}` 不予支付"),
                (true, true) => format!("`{cause}` 不予支付，责任人不支付时基金先行支付"),
                (false, false) => format!("the funds never pay for `{cause}`"),
                (false, true) => format!(
                    "the funds never pay for `{cause}`, but pay first where the third person does not"
                ),
            },
            Demand::PointsOff { place, at_most } if zh => {
                format!("{}：支付比例最多比本地低 {at_most}", place.name(lang))
            }
            Demand::PointsOff { place, at_most } => {
                format!(
                    "{}: the fund's ratio is at most {at_most} below that at home",
                    place.name(lang)
                )
            }
            Demand::FirstShare { class, at_most } if zh => {
                format!("{}：先行自付最多 {at_most}", class.name(lang))
            }
            Demand::FirstShare { class, at_most } => {
                format!("class {}: a first share of at most {at_most}", class.code())
            }
            Demand::Share {
                setting, at_least, ..
            } if zh => {
                format!("{}：支付比例不低于 {at_least}", setting.name(lang))
            }
            Demand::Share {
                setting, at_least, ..
            } => {
                format!("{}: the fund pays at least {at_least}", setting.name(lang))
            }
            Demand::LayerShare {
                layer, at_least, ..
            } if zh => {
                format!("{}：支付比例不低于 {at_least}", layer.payer().name(lang))
            }
            Demand::LayerShare {
                layer, at_least, ..
            } => {
                format!("{}: pays at least {at_least}", layer.payer().name(lang))
            }
            Demand::Cap { times, of, .. } if zh => {
                format!("年度最高支付限额不超过 `{of}` 的 {times} 倍")
            }
            Demand::Cap { times, of, .. } => {
                format!("the yearly cap is at most {times} times `{of}`")
            }
        }
    }
}

/// The first point at which something is found, and at how many it is.
fn first(
    views: &[(Point, View)],
    found: impl Fn(&Point, &View) -> Option<String>,
) -> Option<Break> {
    let mut breaks = views
        .iter()
        .filter_map(|(point, view)| Some((*point, found(point, view)?)));
    let (point, figure) = breaks.next()?;
    Some(Break {
        demand: 0,
        point: Some(point),
        points: 1 + breaks.count(),
        found: Some(figure),
    })
}

/// The file as a whole.
fn whole(found: Option<String>) -> Break {
    Break {
        demand: 0,
        point: None,
        points: 0,
        found,
    }
}

/// The ratio at a place, where it lies too far below that at home: bands against bands, a first share taken into account.
fn points_off(home: &View, away: &View, at_most: Ratio) -> Option<String> {
    let (home, bands) = (home.bands.as_ref()?, away.bands.as_ref()?);
    let share = away
        .off_region
        .as_ref()
        .map_or(Ratio::ZERO, |share| share.value);
    for band in &bands.bands {
        let at_home = home.at(band.value.over)?.value.ratio;
        if lies_below(band.value.ratio, share.complement(), at_home, at_most) {
            let share = if share == Ratio::ZERO {
                String::new()
            } else {
                format!(", first share {share}")
            };
            return Some(format!("{} ({at_home}{share})", band.value.ratio));
        }
    }
    None
}

/// ratio × rest < home − points, exactly.
fn lies_below(ratio: Ratio, rest: Ratio, home: Ratio, points: Ratio) -> bool {
    let [(a, b), (c, d), (e, f), (g, h)] =
        [ratio, rest, home, points].map(|r| (i128::from(r.num()), i128::from(r.den())));
    a * c * f * h < (e * h - g * f) * b * d
}

/// The name of a point for people: setting, facility class, person class, place.
#[must_use]
pub fn place_of(policy: &Policy, point: &Point, lang: Lang) -> String {
    let parts = [
        point.setting.name(lang),
        policy.facilities[point.facility].name.lang(lang),
        policy.persons[point.person].name.lang(lang),
        point.place.name(lang),
    ];
    parts.join(match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    })
}
