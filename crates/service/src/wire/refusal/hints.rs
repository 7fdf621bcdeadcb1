//! Hints: what an integration engineer does about a refusal.

use agency::Refused;

use super::Refusal;

/// Chinese and English.
pub(super) type Hint = (&'static str, &'static str);

/// What to do about it, where that is not plain from the reason itself. A fault of a field has its own.
pub(super) fn of(refusal: &Refusal) -> Option<Hint> {
    match refusal {
        Refusal::Form(_) => None,
        Refusal::Agency(refused) => agency(refused),
        Refusal::Door(denial) => door(denial.code),
    }
}

/// A table. What only the agency's own staff can ask has no hint here; a new refusal must be put on one side or the other.
const fn agency(refused: &Refused) -> Option<Hint> {
    Some(match refused {
        Refused::NoPerson(_) => (
            "请先用1101取得人员编号",
            "get the person's number with 1101 first",
        ),
        Refused::NotEnrolled(_) | Refused::Dead(_) => (
            "请用1101核对参保状态，并核对就诊日期",
            "compare the state of cover with 1101, and the day of the care",
        ),
        Refused::TooLarge(_) => ("请核对金额，单位是元", "compare the amount; it is in yuan"),
        Refused::NoDay(_) | Refused::DayBefore(..) => {
            ("请核对日期及其先后", "compare the days and their order")
        }
        Refused::NoPolicy(..) => (
            "请核对就诊日期与险种类型",
            "compare the day of the care and the insurance type",
        ),
        Refused::NoInstitution(_) => (
            "请核对机构编号，可用1201查询",
            "compare the institution's code, with 1201",
        ),
        Refused::NoItem(_) => (
            "请按医保目录核对编码",
            "compare the code with the catalogue",
        ),
        Refused::FeeLine(..) => (
            "请核对该条费用的数量、单价与金额",
            "compare quantity, price and amount of the line",
        ),
        Refused::NoVisit(_) => (
            "请使用2201或2401返回的就诊ID；只能操作本机构的就诊",
            "send the id that 2201 or 2401 answered; only one's own visits are seen",
        ),
        Refused::VisitSettled(_) => (
            "请先用2208或2305撤销结算",
            "cancel the settlement with 2208 or 2305 first",
        ),
        Refused::NoLines(_) => (
            "请先用2204或2301上传费用",
            "send fee lines with 2204 or 2301 first",
        ),
        Refused::NotDischarged(_) => (
            "请先用2402办理出院，或以中途结算标志1结算",
            "discharge with 2402 first, or settle with the interim flag 1",
        ),
        Refused::NoLine(..) | Refused::NoLineOf(..) => (
            "请核对费用流水号；已结算或已撤销的费用不能再撤销",
            "compare the line's number; what is settled or taken out cannot be taken out",
        ),
        Refused::NoEntry(_) | Refused::NotReversible(_) => (
            "请使用结算时返回的结算ID；只能撤销本机构的结算",
            "send the id that the settlement answered; only one's own are seen",
        ),
        Refused::ReversedAlready(_) => (
            "无需再次撤销；如需重新结算，请重新发起",
            "it need not be cancelled again; settle anew if that is wanted",
        ),
        Refused::NotLatest(..) => (
            "请按结算的相反顺序撤销",
            "cancel in the opposite order of settling",
        ),
        Refused::RegisteredAlready(_) => (
            "无需重复登记，可先查询",
            "it need not be registered again; look it up",
        ),
        Refused::VisitCancelled(_) => ("请用2201或2401重新登记", "register anew with 2201 or 2401"),
        Refused::OtherKind(_) => (
            "门诊用2201至2208，住院用2301至2305与2401至2405",
            "outpatient care is 2201 to 2208, a stay 2301 to 2305 and 2401 to 2405",
        ),
        Refused::LinesLeft(_) => (
            "请先用2302撤销费用",
            "take the fee lines out with 2302 first",
        ),
        Refused::BatchSettled(..) => (
            "请先用2208撤销该批次的结算，或换用新的收费批次号",
            "cancel the batch's settlement with 2208 first, or use another batch number",
        ),
        Refused::NoBatch(..) => (
            "请核对收费批次号，或先用2204上传费用",
            "compare the batch number, or send fee lines with 2204 first",
        ),
        Refused::LineThere(_) => (
            "请使用新的费用流水号，或先撤销原费用",
            "use another line number, or take the line out first",
        ),
        Refused::ReturnTooLarge(..) => (
            "退费的数量与金额不能超过原费用的剩余",
            "return no more than is left of the line",
        ),
        Refused::OtherTotal(..) => (
            "请核对已上传的明细，或撤销后重新上传",
            "compare the lines that were sent, or take them out and send them anew",
        ),
        Refused::OtherScheme(..) => (
            "请使用1101返回的险种类型",
            "send the insurance type that 1101 answered",
        ),
        Refused::Forestalled(_) => (
            "请用新的msgid重新发起",
            "begin anew with another number of the message",
        ),
        Refused::YearPast(_) => (
            "请联系经办机构人工处理",
            "ask the agency to correct it by hand",
        ),
        Refused::Unsettled(_) => (
            "请核对医疗类别、病种、机构与就诊日期是否为政策所规定",
            "compare kind of care, disease, institution and day with what the policy has rules for",
        ),
        Refused::BadKey(_) => (
            "请更正msgid，只用字母与数字",
            "correct the number of the message: letters and digits only",
        ),
        Refused::InterimAlone => (
            "请先用2401办理入院登记",
            "register the stay with 2401 first",
        ),
        Refused::KeyReused(_) => (
            "每笔业务使用新的msgid；重发时内容须完全相同",
            "a new number for each message; what is sent again is the same to the letter",
        ),
        Refused::Busy | Refused::Unavailable(_) => (
            "稍后以相同的msgid重发",
            "send it again a little later with the same number",
        ),
        Refused::EnrolledAlready(..)
        | Refused::NumberTaken(_)
        | Refused::NoPremium(_)
        | Refused::NoCredit(_)
        | Refused::NoBase(_)
        | Refused::OtherAmount(..)
        | Refused::PaidAlready(..)
        | Refused::NotPaid(_)
        | Refused::CreditedAlready(_)
        | Refused::CreditFirst(_)
        | Refused::Nothing
        | Refused::NoRate(_)
        | Refused::TooLittle(..)
        | Refused::NoFamilyUse
        | Refused::OwnGrant
        | Refused::NoGrant
        | Refused::NotWithdrawable => return None,
    })
}

/// A table.
pub(super) fn door(code: &str) -> Option<Hint> {
    Some(match code {
        "no_transaction" => (
            "请核对infno；本中心不受理的交易不必发送",
            "compare the number; what is not carried out here need not be sent",
        ),
        "nobody" => (
            "请核对证件类型与证件号码是否为本统筹区参保人",
            "compare the kind and number of the paper: somebody insured in this region",
        ),
        "no_voucher" => (
            "读取电子凭证后请在5分钟内用1101查询，以后使用返回的人员编号",
            "look the person up with 1101 within five minutes, and use the number that it answered from then on",
        ),
        "not_signed_in" => (
            "请先用9001签到，并在报文中带上返回的签到流水号",
            "sign in with 9001 first, and send the number that it answered",
        ),
        "other_parts" => (
            "各项合计以预结算返回的为准",
            "send the sums that the trial answered",
        ),
        "other_path" => (
            "请使请求路径与infno一致",
            "let the path and the number say the same transaction",
        ),
        "no_path" => (
            "路径的末段应为交易编号、服务名或callService",
            "the path ends with a transaction, a service's name or callService",
        ),
        "others_message" => (
            "请核对人员编号，以原交易的人员编号重新冲正",
            "compare the person's number, and send it with that of the message",
        ),
        "no_application" => (
            "请使用3203返回的清算申请事件ID",
            "send the number that 3203 answered",
        ),
        "no_department" => (
            "请先用3401上传该科室",
            "hand the department in with 3401 first",
        ),
        "no_extract" | "no_table" => (
            "请核对交易编号或字典类型，字典可用1901查询",
            "compare the number of the list, or the kind of the dictionary",
        ),
        "no_matching" => ("请先用3301上传对照", "match the item with 3301 first"),
        "no_period" => (
            "清算类别须为11、13、14、21或41等本中心使用的类别",
            "the clearing type is one that is answered here, like 11, 13, 14, 21 or 41",
        ),
        "no_registration" => (
            "请使用登记交易返回的待遇申报明细流水号；只能撤销本机构的备案",
            "send the number that the registration answered; only one's own can be cancelled",
        ),
        "no_settlement" => (
            "请使用结算返回的结算ID，或留空以查询该就诊最近一次结算，或填写原msgid",
            "send the settlement's id, or nothing for the visit's latest, or the message's own name",
        ),
        "not_offered" => ("该业务请走其原有渠道", "it is done elsewhere"),
        "other_region" => (
            "请向参保地经办机构发送，或核对参保地医保区划",
            "send it to the agency of that region, or compare the area of insurance",
        ),
        "person_needed" => ("请填写人员编号", "name the person"),
        "says_nothing" => ("请填写要归档的内容", "say what is to be kept"),
        "too_many_rows" => (
            "请缩短期间或分多次上传",
            "shorten the period or send it in parts",
        ),
        "no_matching_read" => ("请稍后重试", "try again later"),
        _ => return None,
    })
}
