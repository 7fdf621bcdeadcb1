//! `Offer`: what the chosen region offers to choose from, and which of it its rules answer.

use std::sync::Arc;

use agency::domain::Plan;
use agency::domain::bill::{Place, Scheme};
use agency::domain::person::{Identity, Status};
use agency::domain::policy::Point;
use agency::domain::region::Region;
use agency::domain::setting::Setting;
use agency::domain::words::{Lang, Name};
use agency::{Library, PolicyFile};
use jiff::civil::Date;

use super::counted::{self, Counted};
use super::{Form, HOSPITALS, facility};
use crate::pages::scope::Scope;

/// Something to choose, and whether it can lead to an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Choice<T> {
    pub(in super::super) of: T,
    pub(in super::super) is_answered: bool,
}

/// What the chosen region offers to choose from. What is answered stands first.
pub(in super::super) struct Offer {
    pub(super) today: Date,
    pub(super) regions: Vec<(Region, Name)>,
    pub(in super::super) region_name: Name,
    pub(super) statuses: Vec<Choice<Status>>,
    pub(in super::super) settings: Vec<Choice<Setting>>,
    pub(in super::super) places: Vec<Choice<Place>>,
    /// By their places in [`HOSPITALS`].
    pub(in super::super) hospitals: Vec<Choice<usize>>,
    pub(super) identities: Vec<(String, Name)>,
    pub(super) diseases: Vec<(String, Name)>,
    /// The rules of what is chosen differ by disease, so that there is no answer before one is chosen.
    pub(super) goes_by_disease: bool,
    /// What of the year so far decides in what is chosen.
    pub(super) counted: Vec<Counted>,
    /// The region has rules for the scheme today.
    pub(in super::super) has_policy: bool,
    /// Its classes of persons go by the day of retirement.
    pub(super) asks_retired: bool,
}

impl Offer {
    /// Of the region of a form; what the form leaves out becomes the first that is answered.
    pub(in super::super) fn of(library: &Library, form: &mut Form, today: Date) -> Offer {
        let region = form.region();
        let regions = library.regions().iter();
        let regions = regions.map(|known| (known.region, known.name.clone()));
        let file = |scheme| library.in_force(region?, scheme, today).ok();
        let files = Scheme::ALL.iter().filter_map(|&scheme| file(scheme));
        let files: Vec<Arc<PolicyFile>> = files.collect();
        let of_scheme = |status: Status| {
            let mut files = files.iter().map(|file| &file.plan);
            files.find(|plan| plan.policy.scheme == status.scheme())
        };
        let statuses = sorted(Status::ALL, |&status| {
            of_scheme(status).is_some_and(|plan| Asked::of(plan, status).is_answered())
        });
        usual(&mut form.status, first(&statuses), Status::code);
        let plan = of_scheme(form.status().unwrap_or(Status::Active));
        let (settings, places, hospitals) = care(plan, form);
        let policy = plan.map(|plan| &plan.policy);
        let asked = plan.map(|plan| Asked::chosen(plan, form));
        let asked = asked.as_ref();
        let known = region.and_then(|region| library.of(region));
        Offer {
            today,
            regions: regions.collect(),
            region_name: known.map(|known| known.name.clone()).unwrap_or_default(),
            statuses,
            settings,
            places,
            hospitals,
            identities: plan.map(identities).unwrap_or_default(),
            diseases: policy
                .map(|policy| policy.diseases.clone())
                .unwrap_or_default(),
            goes_by_disease: asked.is_some_and(Asked::goes_by_disease),
            counted: asked
                .map(|asked| counted::of(asked.plan, asked.points(), &form.identity))
                .unwrap_or_default(),
            has_policy: policy.is_some(),
            asks_retired: policy
                .is_some_and(|policy| policy.persons.iter().any(|class| class.retired.is_some())),
        }
    }
}

/// Settings, places and hospitals.
type Care = (Vec<Choice<Setting>>, Vec<Choice<Place>>, Vec<Choice<usize>>);

/// What a plan answers for the status of a form; places and hospitals are those of its setting.
fn care(plan: Option<&Plan>, form: &mut Form) -> Care {
    let asked = plan.map(|plan| Asked::of(plan, form.status().unwrap_or(Status::Active)));
    let asks = |setting, place, hospital| {
        let asked = asked.as_ref().map(|asked| Asked {
            setting,
            place,
            hospital,
            ..*asked
        });
        asked.is_some_and(|asked| asked.is_answered())
    };
    let settings = sorted(Setting::ALL, |&setting| asks(Some(setting), None, None));
    usual(&mut form.setting, first(&settings), Setting::code);
    // Where nothing at all is answered, the setting is told to be why.
    let setting = Setting::from_code(&form.setting);
    let setting = setting.filter(|&setting| asks(Some(setting), None, None));
    let places = sorted(Place::ALL, |&place| asks(setting, Some(place), None));
    usual(&mut form.place, first(&places), Place::code);
    let all: Vec<usize> = (0..HOSPITALS.len()).collect();
    let hospitals = sorted(&all, |&hospital| asks(setting, None, Some(hospital)));
    usual(&mut form.hospital, first(&hospitals), code);
    (settings, places, hospitals)
}

/// The code of a kind of hospital.
fn code(hospital: usize) -> &'static str {
    HOSPITALS.get(hospital).map_or("", |(code, ..)| code)
}

/// A part of what the form can ask of a plan.
struct Asked<'p> {
    plan: &'p Plan,
    status: Status,
    /// Any, where it is left open.
    setting: Option<Setting>,
    place: Option<Place>,
    hospital: Option<usize>,
}

impl<'p> Asked<'p> {
    fn of(plan: &'p Plan, status: Status) -> Asked<'p> {
        Asked {
            plan,
            status,
            setting: None,
            place: None,
            hospital: None,
        }
    }

    /// What a form has chosen; what cannot be read is left open.
    fn chosen(plan: &'p Plan, form: &Form) -> Asked<'p> {
        let hospitals = HOSPITALS.iter();
        let mut hospitals = hospitals.map(|(code, ..)| *code);
        Asked {
            setting: Setting::from_code(&form.setting),
            place: Place::from_code(&form.place),
            hospital: hospitals.position(|code| code == form.hospital),
            ..Asked::of(plan, form.status().unwrap_or(Status::Active))
        }
    }

    /// Whether the plan has a row for any of it.
    fn is_answered(&self) -> bool {
        self.points().any(|point| self.plan.row(&point).is_some())
    }

    /// Whether one disease is settled otherwise than another.
    fn goes_by_disease(&self) -> bool {
        let any_other = |point: &Point| Point {
            disease: 0,
            ..*point
        };
        let mut named = self.points().filter(|point| point.disease > 0);
        named.any(|point| self.plan.view(&point) != self.plan.view(&any_other(&point)))
    }

    /// Every point of it.
    fn points(&self) -> impl Iterator<Item = Point> {
        let settings = Setting::ALL.iter().copied();
        let settings = settings.filter(|setting| self.setting.is_none_or(|of| of == *setting));
        settings.flat_map(|setting| self.points_in(setting))
    }

    fn points_in(&self, setting: Setting) -> Vec<Point> {
        let places = self.plan.policy.place.known.iter().copied();
        // Only of chronic care a disease is asked.
        let diseases = match setting {
            Setting::Chronic => self.plan.policy.diseases.len(),
            _ => 0,
        };
        Scope {
            facilities: self.facilities(setting),
            persons: self.persons().collect(),
            places: places
                .filter(|place| self.place.is_none_or(|of| of == *place))
                .collect(),
            diseases: 0..=diseases,
        }
        .points(self.plan, setting)
        .collect()
    }

    /// The classes of the providers that can be chosen in a setting.
    fn facilities(&self, setting: Setting) -> Vec<usize> {
        let hospitals = (0..HOSPITALS.len()).filter(|at| self.hospital.is_none_or(|of| of == *at));
        let provider = |hospital| facility(setting, code(hospital));
        let classes = &self.plan.policy.facilities;
        let class = |provider| classes.iter().position(|class| class.holds(&provider));
        hospitals.filter_map(provider).filter_map(class).collect()
    }

    /// The classes of persons of the status: the form tells one identity at most.
    fn persons(&self) -> impl Iterator<Item = usize> {
        let classes = self.plan.policy.persons.iter().enumerate();
        let of_status = classes.filter(|(_, class)| {
            let statuses = class.status.as_ref();
            let holds = statuses.is_none_or(|statuses| statuses.contains(&self.status));
            holds && class.identities.len() <= 1
        });
        of_status.map(|(number, _)| number)
    }
}

/// What is answered stands first; otherwise in order.
fn sorted<T: Copy>(all: &[T], is_answered: impl Fn(&T) -> bool) -> Vec<Choice<T>> {
    let choices = all.iter().map(|of| Choice {
        of: *of,
        is_answered: is_answered(of),
    });
    let mut choices: Vec<Choice<T>> = choices.collect();
    choices.sort_by_key(|choice| !choice.is_answered);
    choices
}

fn first<T: Copy>(choices: &[Choice<T>]) -> Option<T> {
    choices.first().map(|choice| choice.of)
}

/// What is left out becomes this.
fn usual<T>(text: &mut String, usual: Option<T>, code: impl Fn(T) -> &'static str) {
    if let (true, Some(usual)) = (text.is_empty(), usual) {
        code(usual).clone_into(text);
    }
}

/// Every identity that a rule of the plan asks for.
fn identities(plan: &Plan) -> Vec<(String, Name)> {
    let codes = plan.policy.identities();
    let mut codes: Vec<String> = codes
        .filter(|code| *code != NOBODY)
        .map(str::to_owned)
        .collect();
    codes.sort();
    codes.dedup();
    codes.into_iter().map(named).collect()
}

/// Who has none of the identities that come before others: nothing to choose.
const NOBODY: &str = "none";

/// An identity with its name; one of the region's own has none but its code.
fn named(code: String) -> (String, Name) {
    let known = Identity::from_code(&code);
    let name = |lang| {
        known
            .map_or(code.as_str(), |known| known.name(lang))
            .to_owned()
    };
    let name = Name {
        zh: name(Lang::Zh),
        en: name(Lang::En),
    };
    (code, name)
}
