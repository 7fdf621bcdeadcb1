//! The e-voucher: shown by whoever signs in, read by institutions, for a time and by one of them.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use service::codes::Delivery;
use service::tls::Peer;
use tower::ServiceExt as _;

use crate::house::{CENTRE, HOSPITAL, House, LI, WANG};
use crate::visitor::{Visitor, pages};

/// A message of an institution; the whole answer.
pub(crate) async fn say(
    router: &Router,
    institution: &str,
    number: &str,
    id: &str,
    input: Value,
) -> Value {
    let message = json!({
        "infno": number, "msgid": id, "mdtrtarea_admvs": "330100", "insuplc_admdvs": "330100",
        "recer_sys_code": "TEST", "infver": "V1.0", "opter_type": "1", "opter": "01", "opter_name": "甲",
        "inf_time": "2026-03-05 10:00:00", "fixmedins_code": institution, "input": input,
    });
    let address = Peer("127.0.0.1:1".parse().unwrap());
    let request = Request::post("/fsi/api/callService")
        .extension(ConnectInfo(address))
        .body(Body::from(message.to_string()));
    let answer = router.clone().oneshot(request.unwrap()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    serde_json::from_slice(&body).unwrap()
}

/// Who somebody is by a paper of a kind.
async fn look_up(router: &Router, institution: &str, kind: &str, paper: &str) -> Value {
    let data = json!({ "mdtrt_cert_type": kind, "mdtrt_cert_no": paper });
    say(router, institution, "1101", "L", json!({ "data": data })).await
}

/// The identity number of whoever was found.
fn found(answer: &Value) -> &str {
    assert_eq!(answer["infcode"], json!(0), "{answer}");
    answer["output"]["baseinfo"]["certno"].as_str().unwrap()
}

fn refused(answer: &Value) -> &str {
    assert_eq!(answer["infcode"], json!(-1), "{answer}");
    answer["err_msg"].as_str().unwrap()
}

/// Lets a voucher be shown; its token and the page.
async fn shown(visitor: &mut Visitor) -> (String, String) {
    let made = visitor.send("/mine/voucher", "").await;
    assert_eq!(made.status, StatusCode::SEE_OTHER);
    assert_eq!(made.headers[header::LOCATION], "/mine/voucher");
    let page = visitor.get("/mine/voucher").await.text;
    let (_, token) = page.split_once("id=\"token\">").unwrap();
    (token.split('<').next().unwrap().to_owned(), page)
}

#[tokio::test]
async fn what_is_shown_is_read_by_one_institution() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Shown);
    let mut li = Visitor::new(&router);
    li.sign_in(LI).await;
    let before = li.get("/mine/voucher").await.text;
    assert!(
        before.contains("There is no e-voucher now") && !before.contains("<svg"),
        "{before}"
    );
    let (token, page) = shown(&mut li).await;
    assert!(
        page.contains("<svg class=\"qr\"") && page.contains("Good until"),
        "{page}"
    );
    assert!(!page.contains(LI) && !page.contains("style="), "{page}");
    // To look again changes nothing.
    assert!(li.get("/mine/voucher").await.text.contains(&token));
    assert_eq!(found(&look_up(&router, HOSPITAL, "01", &token).await), LI);
    assert_eq!(
        found(&look_up(&router, HOSPITAL, "01", &token.to_lowercase()).await),
        LI
    );
    let elsewhere = look_up(&router, CENTRE, "01", &token).await;
    assert!(refused(&elsewhere).starts_with("电子凭证不存在、已失效或已在其他机构使用"));
    let page = li.get("/mine/voucher").await.text;
    assert!(page.contains("Used by: 市一医院"), "{page}");
    // A new one ends the other.
    let (new, _) = shown(&mut li).await;
    refused(&look_up(&router, HOSPITAL, "01", &token).await);
    assert_eq!(found(&look_up(&router, CENTRE, "01", &new).await), LI);
    rest.end().await;
}

#[tokio::test]
async fn other_papers_are_read_as_before_and_an_unknown_token_is_refused() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Shown);
    for kind in ["01", "02", "03"] {
        assert_eq!(found(&look_up(&router, HOSPITAL, kind, LI).await), LI);
    }
    let unknown = look_up(&router, HOSPITAL, "01", &format!("YB{}", "0".repeat(32))).await;
    assert!(refused(&unknown).contains("请参保人重新出示"), "{unknown}");
    let nobody = look_up(&router, HOSPITAL, "01", "110101199003070011").await;
    assert!(refused(&nobody).starts_with("未查询到参保人"), "{nobody}");
    rest.end().await;
}

/// Beside a person's number it is that person's.
#[tokio::test]
async fn a_voucher_of_somebody_else_opens_no_visit() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (li_id, wang_id) = (house.person(LI), house.person(WANG));
    let (router, rest) = pages(house, Delivery::Shown);
    let mut li = Visitor::new(&router);
    li.sign_in(LI).await;
    let (token, _) = shown(&mut li).await;
    let visit = |person: &str| {
        json!({ "data": {
            "psn_no": person, "insutype": "310", "begntime": "2026-03-05 09:00:00", "mdtrt_cert_type": "01",
            "mdtrt_cert_no": token, "ipt_otp_no": "OP1", "atddr_no": "D1", "dr_name": "陈医生",
            "dept_code": "0301", "dept_name": "心内科", "caty": "0301",
        } })
    };
    let others = say(&router, HOSPITAL, "2201", "V1", visit(&wang_id)).await;
    assert!(refused(&others).contains("就诊凭证编号"), "{others}");
    let own = say(&router, HOSPITAL, "2201", "V2", visit(&li_id)).await;
    assert_eq!(own["infcode"], json!(0), "{own}");
    rest.end().await;
}

#[tokio::test]
async fn only_who_is_signed_in_and_on_our_own_page_makes_one() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Shown);
    let mut li = Visitor::new(&router);
    let away = li.send("/mine/voucher", "").await;
    assert_eq!(away.status, StatusCode::SEE_OTHER);
    assert_eq!(away.headers[header::LOCATION], "/sign-in");
    li.sign_in(LI).await;
    let refused = li.send_from("/mine/voucher", "", "cross-site").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(!li.get("/mine/voucher").await.text.contains("<svg"));
    rest.end().await;
}
