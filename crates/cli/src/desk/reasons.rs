//! The table of why requests of many persons were refused, as headings over their numbers; [`Refused::describe`] tells the single case.
//!
//! [`Refused::describe`]: agency::Refused::describe

use domain::words::Lang;

/// What people read for the code of a refusal. A table.
pub(crate) fn reason(code: &str, lang: Lang) -> &str {
    let (zh, en) = match code {
        "no_person" => ("没有此参保人", "nobody has this number"),
        "enrolled_already" => ("已在参保", "enrolled already"),
        "number_taken" => ("编号已属于另一证件号码", "the number belongs to another"),
        "not_enrolled" => ("没有参保关系", "not enrolled"),
        "dead" => ("已死亡", "has died"),
        "day_before" => (
            "日期早于须在其后的日期",
            "a day lies before one it must follow",
        ),
        "no_policy" => ("当日没有政策", "no policy on the day"),
        "no_premium" => (
            "政策没有适用的缴费标准（可用 --stated 申报）",
            "the policy has no premium for them (--stated says what was paid)",
        ),
        "no_credit" => (
            "政策没有适用的个人账户划入标准",
            "the policy has no credit for them",
        ),
        "no_base" => ("没有缴费基数", "no base of contribution is known"),
        "other_amount" => (
            "申报金额与政策不符",
            "another amount than the policy's was reported",
        ),
        "too_large" => ("金额过大", "an amount is too large"),
        "no_day" => ("日期无效", "a day lies out of all books"),
        "paid_already" => ("已缴费", "paid already"),
        "not_paid" => ("当月未缴费", "the month's premium is not paid"),
        "credited_already" => ("已划入", "credited already"),
        "nothing" => ("无需办理", "nothing to do"),
        "no_rate" => ("没有当日的银行利率", "no rate of the banks is known"),
        "no_institution" => ("没有此医药机构", "no such institution"),
        "unsettled" => (
            "政策没有此类就诊的规则",
            "the policy has no rule for the visit",
        ),
        "year_past" => ("年度已归档", "the benefit year is archived"),
        "busy" | "unavailable" => ("暂时不能记账", "nothing could be recorded"),
        other => (other, other),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
