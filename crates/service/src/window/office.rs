//! What the window asks of the office: operators, deeds, proposals.

use agency::deed::Deed;
use agency::operator::Operator;
use agency::proposal::{Decision, NotDecided, NotProposed, Proposal};
use agency::{DeedAsk, Deeds, NotChanged, Numbered};

use super::{Window, read};
use crate::wire::refusal::Refusal;

impl Window {
    /// Writes a deed down: what follows it is shown or done only when it stands.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn deed(&self, deed: Deed) -> Result<u64, Refusal> {
        let (tell, told) = read();
        self.agency.deed(deed, tell);
        told.await
    }

    /// Deeds, the last one first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn deeds(&self, ask: DeedAsk) -> Result<Deeds, Refusal> {
        let (tell, told) = read();
        self.agency.deeds(ask, tell);
        told.await
    }

    /// The operator of a name.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn operator(&self, name: &str) -> Result<Option<Operator>, Refusal> {
        let (tell, told) = read();
        self.agency.operator(name.to_owned(), tell);
        told.await
    }

    /// All operators.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn operators(&self) -> Result<Vec<Operator>, Refusal> {
        let (tell, told) = read();
        self.agency.operators(tell);
        told.await
    }

    /// Makes an operator.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn make_operator(
        &self,
        operator: Operator,
        deed: Deed,
    ) -> Result<Result<(), NotChanged>, Refusal> {
        let (tell, told) = read();
        self.agency.make_operator(operator, deed, tell);
        told.await
    }

    /// Changes an operator.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn change_operator(
        &self,
        operator: Operator,
        deed: Deed,
    ) -> Result<Result<(), NotChanged>, Refusal> {
        let (tell, told) = read();
        self.agency.change_operator(operator, deed, tell);
        told.await
    }

    /// Proposes, if the same does not wait already; gives the proposal's number.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn propose(
        &self,
        proposal: Proposal,
        deed: Deed,
    ) -> Result<Result<u64, NotProposed>, Refusal> {
        let (tell, told) = read();
        self.agency.propose(proposal, deed, tell);
        told.await
    }

    /// Decides on a proposal.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn decide(
        &self,
        number: u64,
        decision: Decision,
        deed: Deed,
    ) -> Result<Result<Proposal, NotDecided>, Refusal> {
        let (tell, told) = read();
        self.agency.decide(number, decision, deed, tell);
        told.await
    }

    /// A proposal.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn proposal(&self, number: u64) -> Result<Option<Proposal>, Refusal> {
        let (tell, told) = read();
        self.agency.proposal(number, tell);
        told.await
    }

    /// The proposals that wait, and the last ones that do not.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn proposals(&self) -> Result<(Vec<Numbered>, Vec<Numbered>), Refusal> {
        let (tell, told) = read();
        self.agency.proposals(tell);
        told.await
    }
}
