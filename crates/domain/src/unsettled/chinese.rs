//! Why a bill cannot be settled, in Chinese.

use super::{LineFault, Unsettled, also, listed, shortened};
use crate::class::Unknown;
use crate::facility::Facility;
use crate::fen::Fen;
use crate::person::Status;
use crate::words::Lang;

const MISSING: &str = "没有填写";

/// The table of sentences in Chinese.
pub(super) fn sentence(why: &Unsettled) -> String {
    match why {
        Unsettled::OtherRegion(found, policy) => format!("填的是 {found}，而政策属于 {policy}"),
        Unsettled::OtherScheme(found, policy) => {
            let (code, name, policy) = (found.code(), found.name(Lang::Zh), policy.code());
            format!("填的是 `{code}`（{name}），而政策属于 `{policy}`")
        }
        Unsettled::NotInForce(days, from, until) => {
            let day = days.settlement();
            let until = until.map(|day| format!("至 {day}")).unwrap_or("起".into());
            format!("填的是 {day}，而政策的施行期为 {from} {until}")
        }
        Unsettled::NoSetting(found, known) => {
            let known = listed(known.iter().map(|setting| setting.code()), "、");
            let (code, name) = (found.code(), found.name(Lang::Zh));
            format!("政策对 `{code}`（{name}）没有规定，有规定的是 {known}")
        }
        Unsettled::NoPlace(found, known) => {
            let known = listed(known.iter().map(|place| place.code()), "、");
            let (code, name) = (found.code(), found.name(Lang::Zh));
            format!("政策对就医地 `{code}`（{name}）没有规定，有规定的是 {known}")
        }
        Unsettled::NoFacilityClass(found) => {
            format!("政策的医疗机构类别中没有一类包含{}", provider(found))
        }
        Unsettled::NotInSetting(class, setting) => {
            let setting = setting.name(Lang::Zh);
            format!("该机构属于 `{class}` 类，政策没有这类机构的{setting}规定")
        }
        Unsettled::LeftOut(setting, facility, person) => format!(
            "政策载明对 `{person}` 类人员在 `{facility}` 类机构的{}没有规定",
            setting.name(Lang::Zh)
        ),
        Unsettled::NoPersonClass(status, age, identities) => {
            let person = person(*status, *age, identities);
            format!("政策的人员类别中没有一类包含{person}的人")
        }
        Unsettled::Needs(unknown, class) => {
            let by = match unknown {
                Unknown::Birth => "年龄",
                Unknown::Retirement => "退休日",
            };
            format!("{MISSING}；政策的 `{class}` 类按{by}划分")
        }
        Unsettled::NoCause(_, found, known) => no_cause(found, known),
        Unsettled::NoIdentity(_, found, known) => {
            let known = listed(known.iter().map(String::as_str), "、");
            format!("填的是 “{}”，可用的身份是 {known}", shortened(found))
        }
        Unsettled::NoDisease(found, known) => no_disease(found, known),
        Unsettled::YearOfAlias(_, setting, other) => {
            let (setting, other) = (setting.code(), other.code());
            format!("政策把 `{setting}` 计入 `{other}`；请把这些累计数填在 `{other}` 下")
        }
        Unsettled::NeedsLines(later) => {
            let split = split(*later);
            format!("填的是合计数；{split}：须用 `line` 逐行填写并注明日期")
        }
        Unsettled::NeedsYearBefore(later) => {
            format!("{MISSING}；{}：须填写入院年度的累计", split(*later))
        }
        Unsettled::TooLong(admission, discharge) => {
            let rule = "政策按费用发生日分割住院，一次住院最多跨一个年度末";
            format!("填的是 {admission} 至 {discharge}；{rule}")
        }
        Unsettled::Line(_, fault) => of_line(fault),
        Unsettled::TotalTooLarge(line, sum) => {
            format!("到第 {line} 行合计 {sum}，超过最大金额 {}", Fen::LARGEST)
        }
    }
}

fn of_line(fault: &LineFault) -> String {
    match fault {
        LineFault::Amount(stated, product, quantity, price) => {
            format!("填的是 {stated}，而 {quantity} × {price} = {product}")
        }
        LineFault::TooLarge(quantity, price) => {
            format!("{quantity} × {price} 超过最大金额 {}", Fen::LARGEST)
        }
        LineFault::NoFirstShare(category) => {
            let (name, code) = (category.name(Lang::Zh), category.code());
            format!("{MISSING}，政策也没有规定乙类{name}（`{code}`）的先行自付比例")
        }
        LineFault::NoDay(later) => format!("{MISSING}；{}", split(*later)),
        LineFault::DayOutside(day, admission, discharge) => {
            format!("填的是 {day}，不在住院期间 {admission} 至 {discharge} 内")
        }
    }
}

fn no_cause(found: &str, known: &[String]) -> String {
    let found = shortened(found);
    if known.is_empty() {
        return format!("填的是 “{found}”，政策没有规定任何事由");
    }
    let known = listed(known.iter().map(String::as_str), "、");
    format!("填的是 “{found}”，政策只规定了 {known}")
}

fn no_disease(found: &str, known: &[String]) -> String {
    let found = shortened(found);
    if known.is_empty() {
        return format!("填的是 “{found}”，政策不区分病种，请不要填写");
    }
    let known = listed(known.iter().map(String::as_str), "、");
    format!("填的是 “{found}”，政策只区分 {known}，其他病种请不要填写")
}

fn split(later: jiff::civil::Date) -> String {
    format!("住院跨结算年度（新年度自 {later} 起），政策按费用发生日分割")
}

fn person(status: Status, age: Option<u16>, identities: &[String]) -> String {
    let age = age.map(|age| format!("、{age}岁")).unwrap_or_default();
    format!("{}{age}{}", status.name(Lang::Zh), also(identities, "、"))
}

fn provider(facility: &Facility) -> String {
    let (kind, level) = (facility.kind.name(Lang::Zh), facility.level);
    let community = if facility.community {
        "、社区卫生服务机构"
    } else {
        ""
    };
    let tags = also(&facility.tags, "、");
    format!("{kind}、{level}级{community}{tags}")
}
