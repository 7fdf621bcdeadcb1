//! Paths: which transaction a URL asks for, in all three styles that are in use.

#[cfg(test)]
mod tests;

/// What a path says of the transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked<'a> {
    /// One path for everything; the body decides.
    Body,
    /// This transaction.
    Number(&'a str),
}

/// What a path asks for; none when it is no path of the interface. Only its last segment counts: prefixes vary.
#[must_use]
pub fn asked(path: &str) -> Option<Asked<'_>> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let last = path.trim_end_matches('/').rsplit('/').next()?;
    if last == EVERYTHING {
        return Some(Asked::Body);
    }
    if let Some((_, number)) = SERVICES.iter().find(|(service, _)| *service == last) {
        return Some(Asked::Number(number));
    }
    let number = last.strip_prefix(DOWNLOADS).unwrap_or(last);
    is_number(number).then_some(Asked::Number(number))
}

/// Does the number of a body agree with what its path asks for? A number and its alias are the same.
#[must_use]
pub fn agree(asked: Asked<'_>, number: &str) -> bool {
    match asked {
        Asked::Body => true,
        Asked::Number(path) => of_alias(path) == of_alias(number),
    }
}

/// The number that an alias stands for; any other number as it is.
#[must_use]
pub fn of_alias(number: &str) -> &str {
    let alias = ALIASES.iter().find(|(alias, _)| *alias == number);
    alias.map_or(number, |(_, number)| number)
}

/// `2207`, `2203A`, `100001`.
fn is_number(text: &str) -> bool {
    let digits = text.strip_suffix('A').unwrap_or(text);
    (4..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// The path that leaves everything to the body.
const EVERYTHING: &str = "callService";
/// Before the number of a catalogue.
const DOWNLOADS: &str = "downCatalog";

/// Numbers with the body and answer of another.
const ALIASES: &[(&str, &str)] = &[
    ("1306A", "1306"),
    ("2203A", "2203"),
    ("2206A", "2206"),
    ("2207A", "2207"),
    ("4101A", "4101"),
];

/// One path for each transaction. The spellings are the real ones.
const SERVICES: &[(&str, &str)] = &[
    // signing in and files
    ("signIn", "9001"),
    ("signOut", "9002"),
    ("upload", "9101"),
    ("download", "9102"),
    // persons, institutions, catalogues
    ("queryPsnInfo", "1101"),
    ("localQrCodeQuery", "1162"),
    ("queryFixMedIns", "1201"),
    ("queryNatyPreparedByPage", "1304"),
    ("queryHilist", "1312"),
    ("queryMedinsHilistMapByPage", "1316"),
    ("queryMedListMapByPage", "1317"),
    ("queryLmtprcByPage", "1318"),
    ("querySelfpayByPage", "1319"),
    ("queryDataDic", "1901"),
    ("queryPsnPriorityInfo", "2001"),
    // outpatient
    ("outpatientRregistration", "2201"),
    ("outpatientRegistrationCancel", "2202"),
    ("outpatientMdtrtinfoUp", "2203"),
    ("outpatientMdtrtinfoUpA", "2203A"),
    ("outpatientFeeListUp", "2204"),
    ("outpatientFeeListUpCancel", "2205"),
    ("preSettletment", "2206"),
    ("preSettletmentA", "2206A"),
    ("saveSettletmentV2", "2207"),
    ("saveSettletment", "2207A"),
    ("saveSettletmentA", "2207A"),
    ("cancleSettletment", "2208"),
    // inpatient
    ("feeDtlUp", "2301"),
    ("feeDtlCl", "2302"),
    ("preSett", "2303"),
    ("settV2", "2304"),
    ("settCl", "2305"),
    ("hospitalRegisterSave", "2401"),
    ("dischargeProcess", "2402"),
    ("hospitalRegisterEdit", "2403"),
    ("hospitalRegisterCancel", "2404"),
    ("dischargeUndo", "2405"),
    // reversal, checks, reconciliation
    ("revsMethod", "2601"),
    ("beforeAnalyze", "3101"),
    ("courseAnalyze", "3102"),
    ("stmtTotal", "3201"),
    ("stmtDetail", "3202"),
    ("medinsDaySetlReconciliation", "3211"),
    ("qMedinsDaySetlResult", "3212"),
    // what institutions register
    ("catalogCompUp", "3301"),
    ("saveDepartmentManageInfo", "3401"),
    ("saveDepartmentManageBatch", "3401A"),
    ("modifyDepartmentInfo", "3402"),
    ("pauseDepartmentInfo", "3403"),
    ("goodsUpload", "3501"),
    ("goodsUpdate", "3502"),
    ("goodsBuy", "3503"),
    ("goodsBuyReturn", "3504"),
    ("goodsSell", "3505"),
    ("goodsSellReturn", "3506"),
    ("goodsInfoDelete", "3507"),
    ("setllistinfoupld", "4101"),
    ("setllistinfoupldA", "4101A"),
    ("queryQltctrlProblemPage", "4104"),
    // queries
    ("queryFixmedinsDept", "5101"),
    ("queryFixmedinsPracPsn", "5102"),
    ("querySetlInfo", "5203"),
    ("queryFeeList", "5204"),
    ("queryFixmedinsPracPsnSum", "5206"),
    ("queryPsnOpspReg", "5301"),
    ("queryInhospInfo", "5303"),
];
