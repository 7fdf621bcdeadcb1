//! Classes must not overlap: every kind of provider and of person falls in at most one.

use crate::class::{FacilityClass, PersonClass};
use crate::facility::{Facility, FacilityKind};
use crate::fault::{Fault, FaultKind, Faults};
use crate::person::{Coverage, CoverageState, Person, Status};
use crate::policy::{Policy, RowRef};

/// Every pair of classes that overlap, with a provider or person for whom both hold.
pub(super) fn overlaps(policy: &Policy) -> Faults {
    let mut faults = Faults::default();
    each_pair(&policy.facilities, |numbers, a, b| {
        if let Some(provider) = common_provider(a, b) {
            let who = provider_text(&provider);
            faults.push(fault("facility", numbers, (&a.id, &b.id), who));
        }
    });
    each_pair(&policy.persons, |numbers, a, b| {
        if let Some((person, age)) = common_person(policy, a, b) {
            let who = person_text(&person, Some(age));
            faults.push(fault("person", numbers, (&a.id, &b.id), who));
        }
    });
    faults
}

fn each_pair<T>(classes: &[T], mut each: impl FnMut([usize; 2], &T, &T)) {
    for (later, b) in classes.iter().enumerate() {
        for (earlier, a) in classes[..later].iter().enumerate() {
            each([later, earlier], a, b);
        }
    }
}

fn fault(
    table: &'static str,
    numbers: [usize; 2],
    (a, b): (&String, &String),
    who: String,
) -> Fault {
    let rows = numbers.map(|number| RowRef { table, number });
    Fault::of(rows, FaultKind::TwoClasses(a.clone(), b.clone(), who))
}

/// A provider for whom both hold. It has the tags that one of them asks for and no others: more would only be in the way.
fn common_provider(a: &FacilityClass, b: &FacilityClass) -> Option<Facility> {
    let mut provider = Facility {
        kind: FacilityKind::General,
        level: 0,
        community: false,
        tags: both(&a.tags, &b.tags),
        designated: true,
        approved: false,
    };
    for &kind in FacilityKind::ALL {
        for level in 0..=3 {
            for community in [false, true] {
                (provider.kind, provider.level, provider.community) = (kind, level, community);
                if a.holds(&provider) && b.holds(&provider) {
                    return Some(provider);
                }
            }
        }
    }
    None
}

/// A person for whom both hold, with an age: the youngest that both allow, retired on the first day that both allow, with
/// the identities that one of them asks for; and with one of the precedence list, for classes of those who have any.
pub(super) fn common_person(
    policy: &Policy,
    a: &PersonClass,
    b: &PersonClass,
) -> Option<(Person, u16)> {
    let spans = || [a.age, b.age].into_iter().flatten();
    let age = spans().filter_map(|span| span.from).max().unwrap_or(0);
    let spans = || [a.retired, b.retired].into_iter().flatten();
    let first = spans().filter_map(|span| span.from).max();
    let retired = first.or_else(|| spans().filter_map(|span| span.until).min());
    let asked = both(&a.identities, &b.identities);
    let with_one = |one: &String| both(&asked, std::slice::from_ref(one));
    let listed: Vec<Vec<String>> = policy.aid_precedence.iter().map(with_one).collect();
    for identities in std::iter::once(asked.clone()).chain(listed) {
        for &status in Status::ALL {
            let person = Person {
                status,
                birth: None,
                retired,
                identities: identities.clone(),
                coverage: Coverage::Always(CoverageState::InForce),
            };
            let counts = |asked: &str| policy.counts(&identities, asked);
            let holds = |class: &PersonClass| class.holds(&person, Some(age), counts) == Ok(true);
            if holds(a) && holds(b) {
                return Some((person, age));
            }
        }
    }
    None
}

fn both(a: &[String], b: &[String]) -> Vec<String> {
    let mut words = a.to_vec();
    words.extend(b.iter().filter(|word| !a.contains(word)).cloned());
    words
}

fn provider_text(f: &Facility) -> String {
    let community = if f.community { ", community" } else { "" };
    let tags = if f.tags.is_empty() {
        String::new()
    } else {
        format!(", tags {}", f.tags.join(" "))
    };
    format!(
        "a provider of kind `{}`, level {}{community}{tags}",
        f.kind.code(),
        f.level
    )
}

/// A person in words, with the age where it matters.
pub(super) fn person_text(p: &Person, age: Option<u16>) -> String {
    let age = age.map(|age| format!(" of {age}")).unwrap_or_default();
    let retired = p
        .retired
        .map(|day| format!(", retired {day}"))
        .unwrap_or_default();
    let identities = if p.identities.is_empty() {
        String::new()
    } else {
        format!(", {}", p.identities.join(" "))
    };
    format!("a person `{}`{age}{retired}{identities}", p.status.code())
}
