//! What only a lane in a file has: its copy, its name, and the folder that one process owns.

use domain::region::Region;
use store::{Directory, LaneStore as _, SqliteLane, StoreError};

use crate::contents::Contents;
use crate::place::{Engine, Place, lane, numbered};
use crate::rows::some_of_everything;

#[test]
fn a_copy_is_the_whole_lane() {
    let place = Place::new(Engine::Sqlite);
    let mut original = SqliteLane::create(lane(), &place.file(lane())).unwrap();
    original.commit(&some_of_everything(lane())).unwrap();
    let copy = place.file(numbered(9));
    original.copy_to(&copy).unwrap();
    let contents = Contents::of(&mut original);
    original.commit(&store::Batch::default()).unwrap();
    drop(original);
    let mut copied = SqliteLane::open(lane(), &copy).unwrap();
    assert_eq!(Contents::of(&mut copied), contents);
}

#[test]
fn the_file_of_another_lane_is_refused() {
    let place = Place::new(Engine::Sqlite);
    drop(SqliteLane::create(lane(), &place.file(lane())).unwrap());
    let opened = SqliteLane::open(numbered(2), &place.file(lane()));
    let refused = opened.unwrap_err().to_string();
    assert!(
        refused.contains("it is the file of lane 42010001"),
        "{refused}"
    );
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let place = Place::new(Engine::Sqlite);
    std::fs::write(place.file(lane()), "lane\n".repeat(4_000)).unwrap();
    assert!(SqliteLane::open(lane(), &place.file(lane())).is_err());
}

#[test]
fn a_data_directory_has_one_owner_at_a_time() {
    let place = Place::new(Engine::Sqlite);
    let root = std::path::Path::new(&place.at).join("data");
    let absent = Directory::open(&root).unwrap_err();
    assert!(matches!(absent, StoreError::Absent { .. }), "{absent}");
    let owned = Directory::create(&root).unwrap();
    let second = Directory::open(&root).unwrap_err();
    assert!(matches!(second, StoreError::InUse { .. }), "{second}");
    let present = Directory::create(&root).unwrap_err();
    assert!(matches!(present, StoreError::Present { .. }), "{present}");
    let region = Region::parse("420100").unwrap();
    owned.add_region(region).unwrap();
    assert_eq!(owned.regions().unwrap(), [region]);
    drop(SqliteLane::create(lane(), &owned.lane(lane())).unwrap());
    drop(owned);
    let owned = Directory::open(&root).unwrap();
    let mut opened = SqliteLane::open(lane(), &owned.lane(lane())).unwrap();
    assert_eq!(opened.head().unwrap().seq, 0);
}
