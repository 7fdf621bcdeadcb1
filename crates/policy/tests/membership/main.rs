//! Who is covered on a day, why and by which clause: tables to be read aloud, one file for each policy, and laws on random memberships.
//!
//! A file names its policy in the first line. A case is `== its name`, then what is known of the membership, then days with
//! the state, the reason and the clause:
//!
//! ```text
//! born 1990-01-01 male, 12 months before
//! active first 2024-01-10..2024-06-30 left
//! paid 2024-01..2024-05
//! paid 2024-06..2024-06 on 2024-08-10
//! 2024-01-20 in_force paid ZHEJIANG 第二十八条
//! ```

mod laws;
mod story;

use story::{Story, read};

fn check(name: &str) {
    let table = read(name);
    assert!(!table.stories.is_empty(), "{name} tells something");
    let wrong: Vec<String> = table
        .stories
        .iter()
        .flat_map(|story| wrong(&table.policy, story))
        .collect();
    assert!(wrong.is_empty(), "{name}:\n{}", wrong.join("\n"));
}

/// The days of a story that come out otherwise than told.
fn wrong(policy: &domain::Policy, story: &Story) -> Vec<String> {
    assert!(!story.days.is_empty(), "{} asks for a day", story.name);
    let days = story.days.iter().filter_map(|(day, told)| {
        let found = policy.coverage(&story.membership, *day);
        let document = &policy.documents[found.cite.document];
        let found = [
            found.state.code(),
            found.reason.code(),
            document.id.as_str(),
            found.cite.place.as_str(),
        ];
        let found = found.join(" ").trim_end().to_owned();
        (found != *told).then(|| format!("{}: {day} {told}, found {found}", story.name))
    });
    days.collect()
}

#[test]
fn the_test_town() {
    check("town");
}

#[test]
fn zhejiang_employees() {
    check("zhejiang");
}

#[test]
fn zhejiang_residents() {
    check("zhejiang-residents");
}

#[test]
fn yangzhou() {
    check("yangzhou");
}

#[test]
fn wuhan() {
    check("wuhan");
}

#[test]
fn xian_newborns() {
    check("xian");
}

#[test]
fn beijing_retired() {
    check("beijing");
}
