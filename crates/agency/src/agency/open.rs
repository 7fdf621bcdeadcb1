//! Making and opening an agency: where its data are, which key, which policies.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, RwLock};

use domain::bill::Scheme;
use domain::region::Region;
use jiff::civil::Date;
use policy::{PolicyFile, Shelf, Source};
use serde::{Deserialize, Serialize};
use store::{
    Batch, Directory, Key, LaneId, LaneStore, ListedRow, MetaRow, PostgresLane, SqliteLane,
    StoreError,
};

use super::{Agency, AgencyError, lists};
use crate::lane::{Job, Lane, Open, Queues};
use crate::office::{Policies, Version};
use crate::word;

/// Where an agency's data are, and what it goes by.
#[derive(Clone, Debug)]
pub struct Options {
    /// The data.
    pub place: Place,
    /// The key file.
    pub key: PathBuf,
    /// The folder of the policies.
    pub policies: PathBuf,
    /// The region.
    pub region: Region,
}

/// Where an agency's data are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a directory, on the embedded database.
    Directory(PathBuf),
    /// In a PostgreSQL database, by its URL.
    Server(String),
}

impl Place {
    /// Makes a lane.
    fn create(&self, directory: Option<&Directory>, id: LaneId) -> Opened {
        match (self, directory) {
            (Place::Server(url), _) => Ok(Box::new(PostgresLane::create(url, id)?)),
            (Place::Directory(root), None) => Err(StoreError::Absent { path: root.clone() }),
            (Place::Directory(_), Some(directory)) => {
                Ok(Box::new(SqliteLane::create(id, &directory.lane(id))?))
            }
        }
    }

    /// Opens a lane.
    fn open(&self, file: Option<&Path>, id: LaneId) -> Opened {
        match (self, file) {
            (Place::Server(url), _) => Ok(Box::new(PostgresLane::open(url, id)?)),
            (Place::Directory(root), None) => Err(StoreError::Absent { path: root.clone() }),
            (Place::Directory(_), Some(file)) => Ok(Box::new(SqliteLane::open(id, file)?)),
        }
    }
}

/// A lane that was opened.
type Opened = Result<Box<dyn LaneStore>, StoreError>;

/// A policy in the office's list.
#[derive(Serialize, Deserialize)]
struct Kept {
    #[serde(with = "word")]
    scheme: Scheme,
    effective: Date,
    name: String,
    hash: String,
    text: String,
}

/// Lanes that hold persons; few, since each is a file with a log and a writer of its own.
const MOST_LANES: u8 = 64;

impl Agency {
    /// Makes an agency: the key if there is none, the office, the lanes; then opens it.
    ///
    /// # Errors
    /// When the region has data already, or something cannot be written.
    pub fn create(options: &Options, lanes: u8) -> Result<Agency, AgencyError> {
        let lanes = lanes.clamp(1, MOST_LANES);
        let directory = match &options.place {
            Place::Server(_) => None,
            Place::Directory(root) => Some(fresh(root, options.region)?),
        };
        if !options.key.exists() {
            Key::create(&options.key)?;
        }
        // The office last: a region whose making was cut short has none and is made anew by hand.
        for number in (0..=lanes).rev() {
            let id = LaneId {
                region: options.region,
                number,
            };
            let mut lane = options.place.create(directory.as_ref(), id)?;
            lane.commit(&Batch {
                meta: vec![MetaRow {
                    name: "lanes".into(),
                    value: lanes.to_string(),
                }],
                listed: lists::chart(),
                ..Batch::default()
            })?;
        }
        drop(directory);
        Agency::open(options)
    }

    /// Opens an agency.
    ///
    /// # Errors
    /// When there is none, another process works with it, the key is not there, a policy is wrong.
    pub fn open(options: &Options) -> Result<Agency, AgencyError> {
        let directory = match &options.place {
            Place::Server(_) => None,
            Place::Directory(root) => Some(Directory::open(root)?),
        };
        let file = |id| directory.as_ref().map(|directory| directory.lane(id));
        let key = Key::read(&options.key)?;
        let office_id = LaneId {
            region: options.region,
            number: 0,
        };
        let mut store = options.place.open(file(office_id).as_deref(), office_id)?;
        let lanes = store.meta("lanes")?.and_then(|lanes| lanes.parse().ok());
        let lanes: u8 = lanes
            .ok_or_else(|| AgencyError::Stored("the office does not say how many lanes".into()))?;
        let shelf =
            Shelf::open(&options.policies).map_err(|e| AgencyError::Policy(e.to_string()))?;
        let policies = policies(&mut *store, &shelf, options.region)?;
        let office = lists::office(&mut *store, &shelf, policies, options.region)?;
        drop(store);
        let office = Arc::new(RwLock::new(Arc::new(office)));
        let queues: Queues = Arc::new(Mutex::new(HashMap::new()));
        let mut started = Vec::new();
        for number in 0..=lanes {
            let id = LaneId {
                region: options.region,
                number,
            };
            let (place, path) = (options.place.clone(), file(id));
            let open: Open = Box::new(move || place.open(path.as_deref(), id));
            let (office, queues) = (Arc::clone(&office), Arc::clone(&queues));
            started.push(Lane::start(id, lanes, open, office, queues)?);
        }
        for lane in &started[1..] {
            lane.send(Job::Resend);
        }
        Ok(Agency {
            office,
            lanes: started,
            region: options.region,
            key,
            directory,
        })
    }
}

/// A data directory that has no data of the region yet.
fn fresh(root: &Path, region: Region) -> Result<Directory, StoreError> {
    let directory = match Directory::open(root) {
        Err(StoreError::Absent { .. }) => Directory::create(root)?,
        opened => opened?,
    };
    if directory.regions()?.contains(&region) {
        let path = root.join(region.to_string());
        return Err(StoreError::Present { path });
    }
    directory.add_region(region)?;
    Ok(directory)
}

/// The policies of the folder, each kept in the office with its text, and the old ones that only the office has.
fn policies(
    store: &mut dyn LaneStore,
    shelf: &Shelf,
    region: Region,
) -> Result<Policies, AgencyError> {
    let wrong = |e: &dyn std::fmt::Display| AgencyError::Policy(e.to_string());
    let mut kept = Vec::new();
    for row in store.listed("policy")? {
        let number = row.code.parse::<u32>();
        let number =
            number.map_err(|e| AgencyError::Stored(format!("policy {}: {e}", row.code)))?;
        let one: Kept = serde_json::from_str(&row.body)
            .map_err(|e| AgencyError::Stored(format!("policy {number}: {e}")))?;
        kept.push((number, one));
    }
    let mut next = kept.iter().map(|(number, _)| number + 1).max().unwrap_or(1);
    let mut current = Vec::new();
    let mut new = Vec::new();
    for slot in shelf.slots().iter().filter(|slot| slot.region == region) {
        let source = Source::read(&slot.path).map_err(|e| wrong(&e))?;
        let file = slot.read().map_err(|e| wrong(&e))?;
        let known = kept.iter().position(|(_, one)| one.hash == file.hash);
        let number = match known {
            Some(at) => kept.swap_remove(at).0,
            None => {
                new.push(listed(next, &file, source.text)?);
                next += 1;
                next - 1
            }
        };
        let file = Arc::new(file);
        current.push(Version { number, file });
    }
    if !new.is_empty() {
        store.commit(&Batch {
            listed: new,
            ..Batch::default()
        })?;
    }
    let mut old = Vec::new();
    for (number, one) in kept {
        let source = Source::new(&one.name, one.text.into_bytes()).map_err(|e| wrong(&e))?;
        let file = PolicyFile::read(&source).map_err(|e| wrong(&e))?;
        if file.hash != one.hash {
            let message = format!("policy {number}: its text was changed");
            return Err(AgencyError::Stored(message));
        }
        let file = Arc::new(file);
        old.push(Version { number, file });
    }
    Ok(Policies::new(current, old))
}

fn listed(number: u32, file: &PolicyFile, text: String) -> Result<ListedRow, AgencyError> {
    let policy = &file.plan.policy;
    let kept = Kept {
        scheme: policy.scheme,
        effective: policy.effective,
        name: format!(
            "{}/{}/{}.toml",
            policy.region,
            policy.scheme.code(),
            policy.effective
        ),
        hash: file.hash.clone(),
        text,
    };
    Ok(ListedRow {
        kind: "policy".into(),
        code: number.to_string(),
        from: policy.effective,
        body: serde_json::to_string(&kept).map_err(|e| AgencyError::Stored(e.to_string()))?,
    })
}
