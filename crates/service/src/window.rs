//! `Window`: where institutions come to: the agency, and what the service knows beside it.

mod office;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use agency::domain::region::Region;
use agency::record::Event;
use agency::{
    Agency, Answer, EntryRow, LaneId, Library, Look, Paper, Refused, Request, Seen, StoreError,
};
use jiff::civil::Date;
use tokio::sync::oneshot;

use crate::files::Files;
use crate::vouchers::Vouchers;
use crate::wire::ids;
use crate::wire::refusal::Refusal;

/// Where institutions come to.
pub struct Window {
    /// The agency.
    pub agency: Arc<Agency>,
    /// Its region.
    pub region: Region,
    /// The region as ids have it.
    pub area: ids::Region,
    /// The deployment's disease codes, and the policy's name for each.
    pub diseases: BTreeMap<String, String>,
    /// A place to try things: refusals tell all that is known.
    pub sandbox: bool,
    /// The folder of files, if there is one.
    pub files: Option<Arc<Files>>,
    /// Settlements are told step by step in the notes of a message: somebody keeps them.
    pub explains: bool,
    /// The rules of every region that anyone may ask about; empty where nobody may.
    pub library: Library,
    /// What insured persons show in place of a card.
    pub vouchers: Vouchers,
    serial: AtomicU64,
}

impl Window {
    /// A window of an agency.
    #[must_use]
    pub fn new(agency: Arc<Agency>, diseases: BTreeMap<String, String>, sandbox: bool) -> Window {
        let region = agency.region();
        Window {
            area: ids::Region::of(region),
            agency,
            region,
            diseases,
            sandbox,
            files: None,
            explains: false,
            library: Library::default(),
            vouchers: Vouchers::default(),
            serial: AtomicU64::new(1),
        }
    }

    /// A number that no other message of this run has.
    pub fn serial(&self) -> u64 {
        self.serial.fetch_add(1, Ordering::Relaxed)
    }

    /// Asks the agency.
    ///
    /// # Errors
    /// Why it was not carried out.
    pub async fn ask(&self, request: Request) -> Result<Answer, Refusal> {
        let (tell, told) = oneshot::channel();
        self.agency.submit(
            request,
            Box::new(move |answer| {
                let _ = tell.send(answer);
            }),
        );
        Ok(told.await.unwrap_or_else(|_| Err(gone()))?)
    }

    /// Whether every lane can be read.
    ///
    /// # Errors
    /// Why not.
    pub async fn is_well(&self) -> Result<(), String> {
        // Nobody has number n below the number of lanes; a look at them reaches every lane.
        for person in 0..u64::from(self.agency.lanes()) {
            let look = Look {
                person,
                ..Look::default()
            };
            let seen = self.look(look).await;
            seen.map_err(|refusal| refusal.english())?;
        }
        Ok(())
    }

    /// Whether anybody insured here has the number.
    ///
    /// # Errors
    /// When the books cannot be read.
    pub async fn is_known(&self, person: u64) -> Result<bool, Refusal> {
        let look = Look {
            person,
            ..Look::default()
        };
        Ok(self.look(look).await?.state.is_some())
    }

    /// Looks at a person.
    ///
    /// # Errors
    /// When the books cannot be read.
    pub async fn look(&self, look: Look) -> Result<Seen, Refusal> {
        let (tell, told) = read();
        self.agency.look(look, tell);
        told.await
    }

    /// A person's entries, the first one first.
    ///
    /// # Errors
    /// When the books cannot be read.
    pub async fn history(&self, person: u64) -> Result<Vec<(EntryRow, Event)>, Refusal> {
        let (tell, told) = read();
        self.agency.history_then(person, tell);
        told.await
    }

    /// An entry of a lane of persons, whosever it is; none if there is none of this number.
    ///
    /// # Errors
    /// When the books cannot be read.
    pub async fn entry(&self, lane: u8, entry: u64) -> Result<Option<EntryRow>, Refusal> {
        let mut lanes = self.agency.lane_ids().skip(1);
        let Some(lane) = lanes.find(|known| known.number == lane) else {
            return Ok(None);
        };
        let (tell, told) = read();
        self.agency.entry_then(lane, entry, tell);
        told.await
    }

    /// The key of the request by which a settlement of a person was made or taken back; empty if it is not known.
    ///
    /// # Errors
    /// When the books cannot be read.
    pub async fn key_of(&self, person: u64, answer: &Answer) -> Result<String, Refusal> {
        use agency::moment;
        let at = answer
            .at
            .map_or_else(|| moment::first(answer.day), moment::digits);
        let (tell, told) = read();
        let place = (answer.party.clone(), at, answer.entry);
        self.agency.slip_then(person, place, tell);
        Ok(told.await?.map(|slip| slip.key).unwrap_or_default())
    }

    /// Whether the request of a key was carried out in another lane than a person's and not in that one. Keys live with the persons.
    ///
    /// # Errors
    /// When the books cannot be read.
    pub async fn is_carried_out_elsewhere(&self, person: u64, key: &str) -> Result<bool, Refusal> {
        let own = self.agency.lane_of(person);
        if self.is_carried_out(own, key).await? {
            return Ok(false);
        }
        for lane in self.agency.lane_ids().skip(1).filter(|lane| *lane != own) {
            if self.is_carried_out(lane, key).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn is_carried_out(&self, lane: LaneId, key: &str) -> Result<bool, Refusal> {
        let (tell, told) = read();
        self.agency.is_carried_out(key.to_owned(), lane, tell);
        told.await
    }

    /// Files a paper at the office; the same kind, code and day is replaced.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn file(
        &self,
        kind: &str,
        code: String,
        day: Date,
        body: String,
    ) -> Result<(), Refusal> {
        let (tell, told) = read();
        self.agency.file(kind, &code, day, body, tell);
        told.await
    }

    /// The office's papers of a kind whose codes begin so, by code and day.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn filed(&self, kind: &str, prefix: String) -> Result<Vec<Paper>, Refusal> {
        let (tell, told) = read();
        self.agency.filed(kind, &prefix, tell);
        told.await
    }
}

/// Where the agency tells what it read, and where that is awaited.
fn read<T: Send + 'static>() -> (
    impl FnOnce(Result<T, StoreError>) + Send + 'static,
    impl Future<Output = Result<T, Refusal>>,
) {
    let (tell, told) = oneshot::channel::<Result<T, StoreError>>();
    let tell = move |read: Result<T, StoreError>| {
        let _ = tell.send(read);
    };
    let told = async move {
        match told.await {
            Ok(Ok(read)) => Ok(read),
            Ok(Err(error)) => Err(Refused::Unavailable(error.to_string()).into()),
            Err(_) => Err(gone().into()),
        }
    };
    (tell, told)
}

fn gone() -> Refused {
    Refused::Unavailable("the lane has ended".into())
}
