//! `Window`: where institutions come to: the agency, and what the service knows beside it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use agency::domain::region::Region;
use agency::{Agency, Answer, Look, Refused, Request, Seen};
use tokio::sync::oneshot;

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
    /// Settlements are told step by step in the notes of a message: somebody keeps them.
    pub explains: bool,
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
            explains: false,
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

    /// Looks at a person.
    ///
    /// # Errors
    /// When the books cannot be read.
    pub async fn look(&self, look: Look) -> Result<Seen, Refusal> {
        let (tell, told) = oneshot::channel();
        self.agency.look(look, move |seen| {
            let _ = tell.send(seen);
        });
        match told.await {
            Ok(Ok(seen)) => Ok(seen),
            Ok(Err(error)) => Err(Refused::Unavailable(error.to_string()).into()),
            Err(_) => Err(gone().into()),
        }
    }
}

fn gone() -> Refused {
    Refused::Unavailable("the lane has ended".into())
}
