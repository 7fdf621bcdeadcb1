//! The other language over the answer to a form: it leads to the page of the form, never to an address that answers forms alone.

use axum::http::StatusCode;

use crate::been::Been;
use crate::visitor::{OPERATORS, Visitor};

/// Every address that takes a form of the staff, or a form by which somebody signs in, and the page on which the form stands; `N` is the
/// person. What only leads elsewhere, such as signing out, shows nothing.
const FORMS: [(&str, &str); 25] = [
    ("/agency", "/agency"),
    ("/agency/audit/begin", "/agency/audit"),
    ("/agency/operators", "/agency/operators"),
    ("/agency/operators/c.clerk", "/agency/operators/c.clerk"),
    (
        "/agency/operators/r.reader/password",
        "/agency/operators/r.reader",
    ),
    ("/agency/operators/a.admin/end", "/agency/operators/a.admin"),
    (
        "/agency/operators/a.admin/resume",
        "/agency/operators/a.admin",
    ),
    ("/agency/persons/N/unmask", "/agency/persons/N"),
    ("/agency/persons/N/register", "/agency/persons/N"),
    ("/agency/persons/N/cancel", "/agency/persons/N"),
    ("/agency/persons/N/reverse", "/agency/persons/N"),
    ("/agency/proposals/99/approve", "/agency/proposals"),
    ("/agency/proposals/99/turn-down", "/agency/proposals"),
    ("/agency/proposals/99/carry-out", "/agency/proposals"),
    ("/agency/proposals/99/withdraw", "/agency/proposals"),
    ("/cashier/person", "/cashier"),
    ("/cashier/anew", "/cashier"),
    ("/cashier/care", "/cashier"),
    ("/cashier/items", "/cashier"),
    ("/cashier/items/0", "/cashier"),
    ("/cashier/settle", "/cashier"),
    (
        "/cashier/settlements/1-1/reverse",
        "/cashier/settlements/1-1",
    ),
    ("/cashier/day", "/cashier/day"),
    ("/operator/password", "/operator/password"),
    ("/operator/sign-in", "/operator/sign-in"),
];

#[tokio::test]
async fn the_other_language_of_an_answer_is_the_page_of_its_form() {
    let been = Been::open().await;
    let mut visitors = vec![Visitor::new(&been.router)];
    for (name, ..) in OPERATORS {
        visitors.push(been.at_work(name).await);
    }
    for (path, page) in FORMS {
        let (path, page) = (been.path(path), been.path(page));
        let (mut shown, mut admitted) = (0, 0);
        for visitor in &mut visitors {
            let answer = visitor.send(&path, "").await;
            if answer.status == StatusCode::SEE_OTHER {
                continue;
            }
            let back = format!("back={}\"", page.replace('/', "%2F"));
            assert!(answer.text.contains(&back), "{path}: {}", answer.text);
            let again = visitor.get(&page).await.status;
            assert_ne!(again, StatusCode::METHOD_NOT_ALLOWED, "{path}");
            shown += 1;
            admitted += usize::from(answer.status != StatusCode::FORBIDDEN);
        }
        let begins = path == "/agency/audit/begin";
        assert!(shown > 0 && (admitted > 0 || begins), "{path}");
    }
    been.end().await;
}
