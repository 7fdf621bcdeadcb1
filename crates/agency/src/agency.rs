//! `Agency`: a region's agency with its data directory, its lanes and its office; where requests come in.

mod deeds;
mod history;
mod lists;
mod look;
mod open;
mod papers;
mod slips;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use domain::region::Region;
use store::{Directory, Key, KeyError, LaneId, LaneStore, StoreError};

use crate::answer::Answer;
use crate::lane::{Answers, Job, Lane, Reads, told};
use crate::office::Office;
use crate::refused::Refused;
use crate::request::Request;
use crate::writer::{Done, Sweep, Swept, lane_of};

pub use deeds::{DeedAsk, Deeds, NotChanged, Numbered};
pub use lists::Employer;
pub use look::{Look, Seen};
pub use open::{Options, Place};
pub use papers::Paper;
pub use slips::Slip;

/// A region's agency at work.
pub struct Agency {
    office: Arc<RwLock<Arc<Office>>>,
    /// The office's lane, and the lanes of persons from 1.
    lanes: Vec<Lane>,
    region: Region,
    key: Key,
    /// Owned as long as the agency works; absent with a server.
    directory: Option<Directory>,
}

/// Why an agency cannot be opened, or a list not be changed.
#[derive(Debug, thiserror::Error)]
pub enum AgencyError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A policy.
    #[error("{0}")]
    Policy(String),
    /// Something that was stored is of no known form.
    #[error("{0}")]
    Stored(String),
}

impl Agency {
    /// The region.
    #[must_use]
    pub fn region(&self) -> Region {
        self.region
    }

    /// How many lanes of persons there are.
    #[must_use]
    pub fn lanes(&self) -> u8 {
        u8::try_from(self.lanes.len() - 1).unwrap_or(u8::MAX)
    }

    /// The key that seals names and finds persons.
    #[must_use]
    pub fn key(&self) -> &Key {
        &self.key
    }

    /// The data directory; none with a server.
    #[must_use]
    pub fn directory(&self) -> Option<&Directory> {
        self.directory.as_ref()
    }

    /// What the office knows now.
    #[must_use]
    pub fn office(&self) -> Arc<Office> {
        Arc::clone(&self.office.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// A person's number and the rest of the keyed hash.
    #[must_use]
    pub fn find(&self, identity_number: &str) -> (u64, String) {
        self.key.find(identity_number)
    }

    /// The lane of a person.
    #[must_use]
    pub fn lane_of(&self, person: u64) -> LaneId {
        lane_of(self.office_lane(), self.lanes(), person)
    }

    fn office_lane(&self) -> LaneId {
        LaneId {
            region: self.region,
            number: 0,
        }
    }

    fn lane(&self, id: LaneId) -> &Lane {
        &self.lanes[usize::from(id.number)]
    }

    /// Hands a request in; the answer comes after it is durable.
    pub fn submit(&self, request: Request, done: Done) {
        if let Some(key) = request.bad_key() {
            done(Err(Refused::BadKey(key)));
            return;
        }
        self.lane(self.lane_of(request.person))
            .submit(request, done);
    }

    /// Hands a request in and waits for the answer.
    ///
    /// # Errors
    /// Why it was not carried out.
    pub fn call(&self, request: Request) -> Result<Answer, Refused> {
        let (tell, answer) = told();
        let done: Done = Box::new(move |answered| {
            let _ = tell.send(answered);
        });
        self.submit(request, done);
        let gone = |_| Err(Refused::Unavailable("the lane has ended".into()));
        answer.recv().unwrap_or_else(gone)
    }

    /// Does the same for every person, all lanes at once.
    ///
    /// # Errors
    /// When a database did not take a page; what stands is not done twice by doing it again.
    pub fn sweep(&self, mut make: impl FnMut() -> Sweep) -> Result<Swept, StoreError> {
        let waiting: Vec<_> = self.lanes[1..]
            .iter()
            .map(|lane| {
                let (tell, swept) = told();
                lane.send(Job::Sweep(make(), tell));
                swept
            })
            .collect();
        let mut all = Swept::default();
        gathered(waiting)?
            .into_iter()
            .for_each(|swept| all.add(swept));
        Ok(all)
    }

    /// Carries out many requests, a large durable step at a time, all lanes at once; for imports and demonstrations.
    ///
    /// # Errors
    /// When a database did not take a step.
    pub fn bulk(&self, requests: Vec<Request>) -> Result<Swept, StoreError> {
        let mut by_lane: Vec<Vec<Request>> = self.lanes.iter().map(|_| Vec::new()).collect();
        let mut places: Vec<Vec<usize>> = self.lanes.iter().map(|_| Vec::new()).collect();
        for (place, request) in requests.into_iter().enumerate() {
            let lane = usize::from(self.lane_of(request.person).number);
            by_lane[lane].push(request);
            places[lane].push(place);
        }
        let waiting: Vec<_> = self
            .lanes
            .iter()
            .zip(by_lane)
            .map(|(lane, requests)| {
                let (tell, done) = told();
                if requests.is_empty() {
                    let _ = tell.send(Ok(Swept::default()));
                } else {
                    lane.send(Job::Bulk(requests, tell));
                }
                done
            })
            .collect();
        let mut all = Swept::default();
        for (swept, places) in gathered(waiting)?.into_iter().zip(places) {
            let mut swept = swept;
            for (place, _) in &mut swept.refusals {
                *place = places[*place];
            }
            all.add(swept);
        }
        all.refusals.sort_by_key(|(place, _)| *place);
        Ok(all)
    }

    /// Reads from a lane between two of its turns.
    ///
    /// # Errors
    /// When the lane cannot be read.
    pub fn read<T: Send + 'static>(
        &self,
        lane: LaneId,
        read: impl FnOnce(&mut dyn LaneStore) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (tell, answer) = told();
        self.lane(lane).send(Job::Read(Box::new(move |store| {
            let read = store.and_then(read);
            let answers = Answers::of(&read);
            let _ = tell.send(read);
            answers
        })));
        answer.recv().unwrap_or_else(|_| Err(ended(lane)))
    }

    /// Reads from a lane like [`Agency::read`] without waiting: `done` is called in the lane's thread, and at once when too many wait.
    fn read_then<T: 'static>(
        &self,
        lane: LaneId,
        read: impl FnOnce(&mut dyn LaneStore) -> Result<T, StoreError> + Send + 'static,
        done: impl FnOnce(Result<T, StoreError>) + Send + 'static,
    ) {
        let read: Reads = Box::new(move |store| {
            let read = store.and_then(read);
            let answers = Answers::of(&read);
            done(read);
            answers
        });
        self.lane(lane).read(lane, read);
    }

    /// All lanes: the office's, then those of persons.
    pub fn lane_ids(&self) -> impl Iterator<Item = LaneId> + use<> {
        let region = self.region;
        (0..=self.lanes()).map(move |number| LaneId { region, number })
    }

    /// Waits until nothing is on its way between lanes; gives up after many tries and says how many messages still are.
    ///
    /// # Errors
    /// When a lane cannot be read.
    pub fn settle_messages(&self) -> Result<u64, StoreError> {
        for _ in 0..64 {
            let on_their_way = Arc::new(AtomicU64::new(0));
            for id in self.lane_ids().skip(1) {
                self.lane(id).send(Job::Resend);
            }
            for id in self.lane_ids().skip(1) {
                let count = self.read(id, |store| store.outbox(0, 1024))?.len();
                on_their_way.fetch_add(count as u64, Ordering::Relaxed);
            }
            if on_their_way.load(Ordering::Relaxed) == 0 {
                return Ok(0);
            }
        }
        let mut left = 0;
        for id in self.lane_ids().skip(1) {
            left += self.read(id, |store| store.outbox(0, 1024))?.len() as u64;
        }
        Ok(left)
    }
}

fn gathered(
    waiting: Vec<std::sync::mpsc::Receiver<Result<Swept, StoreError>>>,
) -> Result<Vec<Swept>, StoreError> {
    let gone = |_| {
        Err(StoreError::Absent {
            path: "lane".into(),
        })
    };
    waiting
        .into_iter()
        .map(|swept| swept.recv().unwrap_or_else(gone))
        .collect()
}

fn ended(lane: LaneId) -> StoreError {
    StoreError::Absent {
        path: lane.to_string().into(),
    }
}
