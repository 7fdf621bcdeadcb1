//! `Visitor`: somebody with a browser that keeps its cookie, before the pages of a house.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use agency::Library;
use agency::deed::{Deed, Doing};
use agency::operator::Role;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use jiff::civil::date;
use service::codes::{Codes, Delivery};
use service::operators::Wanted;
use service::tls::Peer;
use tower::ServiceExt as _;

use crate::house::{House, PHARMACY, Rest};

/// A page as it came.
pub(crate) struct Shown {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

pub(crate) struct Visitor {
    router: Router,
    cookie: String,
    /// From where it comes.
    address: SocketAddr,
}

/// The operators of a house, one of each role, and a cashier of its pharmacy.
pub(crate) const OPERATORS: [(&str, Role, &str); 5] = [
    ("r.reader", Role::Reader, ""),
    ("c.clerk", Role::Clerk, ""),
    ("v.reviewer", Role::Reviewer, ""),
    ("a.admin", Role::Administrator, ""),
    ("p.cashier", Role::Cashier, PHARMACY),
];

/// The password of an operator of a house.
pub(crate) fn password(name: &str) -> String {
    format!("the-words-of-{name}-42")
}

/// Puts the operators into a house.
pub(crate) fn hire(house: &House) {
    for (name, role, institution) in OPERATORS {
        hire_one(house, name, role, institution);
    }
}

/// Puts one more operator into a house.
pub(crate) fn hire_one(house: &House, name: &str, role: Role, institution: &str) {
    let today = date(2026, 1, 1);
    let wanted = Wanted {
        name: name.to_owned(),
        called: format!("{} one", role.code()),
        role,
        institution: institution.to_owned(),
    };
    let office = house.door.window.agency.office();
    let wanted = wanted.checked(&office, today).unwrap();
    let operator = wanted.with(&password(name), today).unwrap();
    let deed = Deed {
        by: String::new(),
        role: None,
        at: today.at(9, 0, 0, 0),
        what: Doing::Made,
        person: None,
        about: name.to_owned(),
        why: String::new(),
    };
    let made = house.run(house.door.window.make_operator(operator, deed));
    made.unwrap().unwrap();
}

/// A house with operators.
pub(crate) fn staffed() -> House {
    let house = House::new();
    hire(&house);
    house
}

/// The pages of a house, where codes come in this way; and what must outlive them.
pub(crate) fn pages(house: House, delivery: Delivery) -> (Router, Rest) {
    pages_of(house, delivery, "policies")
}

/// The same, with the policies of another folder of the project.
pub(crate) fn pages_of(house: House, delivery: Delivery, folder: &str) -> (Router, Rest) {
    let (mut door, rest) = house.taken();
    door.codes = Codes::new(delivery);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    door.window.library = Library::open(&[&root.join(folder)]).unwrap();
    (service::server::router(Arc::new(door)), rest)
}

impl Visitor {
    pub(crate) fn new(router: &Router) -> Visitor {
        Visitor::with(router, "")
    }

    /// Somebody who shows this cookie.
    pub(crate) fn with(router: &Router, cookie: &str) -> Visitor {
        Visitor {
            router: router.clone(),
            cookie: cookie.to_owned(),
            address: SocketAddr::from(([127, 0, 0, 1], 50_000)),
        }
    }

    /// The same from another address.
    pub(crate) fn at(self, address: &str) -> Visitor {
        let address = SocketAddr::new(address.parse().unwrap(), 50_000);
        Visitor { address, ..self }
    }

    pub(crate) fn cookie(&self) -> &str {
        &self.cookie
    }

    pub(crate) async fn get(&mut self, path: &str) -> Shown {
        let request = Request::get(path).header(header::ACCEPT_LANGUAGE, "en");
        self.ask(request, String::new()).await
    }

    /// A form as our own pages send it.
    pub(crate) async fn send(&mut self, path: &str, form: &str) -> Shown {
        self.send_from(path, form, "same-origin").await
    }

    /// A form as a page of another site makes a browser send it.
    pub(crate) async fn send_from(&mut self, path: &str, form: &str, site: &str) -> Shown {
        let request = Request::post(path)
            .header(header::ACCEPT_LANGUAGE, "en")
            .header("sec-fetch-site", site)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request, form.to_owned()).await
    }

    /// Anything at all: a method and a path, a language and a kind of body, the body.
    pub(crate) async fn tell(
        &mut self,
        (method, path): (&Method, &str),
        (lang, kind): (&str, &str),
        body: &str,
    ) -> Shown {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::ACCEPT_LANGUAGE, lang)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, kind);
        self.ask(request, body.to_owned()).await
    }

    async fn ask(&mut self, request: axum::http::request::Builder, body: String) -> Shown {
        let request = match self.cookie.is_empty() {
            true => request,
            false => request.header(header::COOKIE, &self.cookie),
        };
        let request = request.extension(ConnectInfo(Peer(self.address)));
        let request = request.body(Body::from(body)).unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        if let Some(set) = headers.get(header::SET_COOKIE) {
            let set = set.to_str().unwrap();
            set.split(';').next().unwrap().clone_into(&mut self.cookie);
        }
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        Shown {
            status,
            headers,
            text: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    /// Names an identity number; the code that is shown for it.
    pub(crate) async fn code(&mut self, identity: &str) -> Option<String> {
        let shown = self
            .send("/sign-in", &format!("identity_number={identity}"))
            .await;
        let (_, after) = shown.text.split_once("id=\"code\">")?;
        Some(after[..6].to_owned())
    }

    /// Signs in to work, with the password that the house gave.
    pub(crate) async fn work(&mut self, name: &str) -> Shown {
        let form = format!("name={name}&password={}", password(name));
        self.send("/operator/sign-in", &form).await
    }

    pub(crate) async fn sign_in(&mut self, identity: &str) {
        let code = self.code(identity).await.unwrap();
        let shown = self.send("/sign-in/code", &format!("code={code}")).await;
        assert_eq!(shown.status, StatusCode::SEE_OTHER);
        assert_eq!(shown.headers[header::LOCATION], "/mine");
    }
}
