//! The first page: what there is.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use maud::html;

use super::{Page, Reader};
use crate::door::Door;

/// The first page.
pub(crate) async fn shown(State(door): State<Arc<Door>>, reader: Reader) -> Page {
    let t = |zh, en| reader.say(zh, en);
    let asks = !door.window.library.regions().is_empty();
    let (sandbox, traced) = (door.window.sandbox, door.trace().is_some());
    let body = html! {
        ul.cards {
            @if asks { li { a href="/pay" { (t("我要付多少？", "What do I pay?")) }
                p { (t("选择地区、身份和医院，输入费用，看基金、账户和现金各付多少，以及每一分钱的依据。",
                    "Choose region, person and hospital, type a cost, and see what funds, account and cash pay, and by which clause.")) } } }
            @if asks { li { a href="/policies" { (t("政策", "Policies")) }
                p { (t("各地基本医疗保险的规定：某一天怎么算，改革改了什么，每个数字的条款和依据等级。",
                    "The rules of each region: what holds on a day, what a reform changed, each figure with its clause and standing.")) } } }
            @if door.codes.are_sent() { li { a href="/mine" { (t("我的医保", "My insurance")) }
                p { (t("账户余额和明细、家庭共济、电子凭证、结算单、本年度累计、参保情况。", "Account and movements, family grants, an e-voucher, settlements, the year so far, coverage.")) } } }
            @if sandbox && traced { li { a href="/trace" { (t("最近的报文", "The last messages")) }
                p { (t("两定机构接口的每条报文：请求、应答、结算步骤和用时。", "Every message of hospitals and pharmacies: request, answer, steps and timings.")) } } }
            @if sandbox { li { a href="/funds" { (t("基金收支", "Funds")) }
                p { (t("各项基金按月的收入、支出和结存，以及可支付月数。", "Income, outlay and balance of each fund by month, and its months of reserve.")) } } }
            @if sandbox { li { a href="/reconcile" { (t("对账", "Reconciling")) }
                p { (t("由月到日、由日到单据，找出与机构不一致的那一笔。", "From months to days to bills: the one that differs.")) } } }
        }
        p.note {
            (t("两定接口：", "Hospitals and pharmacies: ")) code { "POST /fsi/api/rsfComIfsService/callService" }
            " · " a href="/healthz" { (t("健康检查", "health")) } " · " a href="/metrics" { (t("指标", "measures")) }
        }
    };
    Page {
        title: t("基本医疗保险", "Basic medical insurance").to_owned(),
        reader,
        status: StatusCode::OK,
        body,
    }
}
