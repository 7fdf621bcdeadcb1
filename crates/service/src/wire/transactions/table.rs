//! The table of all transactions: number, name, and what is done with each here. `docs/interface.md` has it, and a test holds them together.

#[cfg(test)]
mod tests;

/// What is done with a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// It is carried out.
    Carried,
    /// It is kept word for word and can be read back; of whom it must be.
    Kept(Whose),
    /// It is answered without a row: nothing is looked at.
    Empty,
    /// It is refused with a sentence of its own.
    Outside,
}

/// Whose papers a kept message belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A person's of this agency, who must be named.
    Person,
    /// A person's, where one of this agency is named, else the institution's.
    Either,
    /// The institution's.
    Institution,
}

impl What {
    /// In English, for the documents.
    #[must_use]
    pub const fn told(self) -> &'static str {
        match self {
            What::Carried => "carried out",
            What::Kept(Whose::Person) => "kept with the person",
            What::Kept(Whose::Either) => {
                "kept with the person if one is named, else with the institution"
            }
            What::Kept(Whose::Institution) => "kept with the institution",
            What::Empty => "answered without rows",
            What::Outside => "refused: not offered",
        }
    }

    /// In Chinese, for the documents.
    #[must_use]
    pub const fn told_zh(self) -> &'static str {
        match self {
            What::Carried => "办理",
            What::Kept(Whose::Person) => "留存于参保人名下",
            What::Kept(Whose::Either) => "有参保人的留存于参保人名下，否则留存于机构名下",
            What::Kept(Whose::Institution) => "留存于机构名下",
            What::Empty => "返回空结果",
            What::Outside => "不受理，明确告知",
        }
    }
}

/// A transaction, or several in a row of numbers; one with the letter `A` behind it is the same.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The first number.
    pub first: &'static str,
    /// The last number.
    pub last: &'static str,
    /// Its Chinese name.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
    /// What is done.
    pub what: What,
}

impl Row {
    fn has(&self, number: &str) -> bool {
        let plain = number.strip_suffix('A').unwrap_or(number);
        let digits = plain.bytes().all(|b| b.is_ascii_digit());
        digits && plain.len() == self.first.len() && (self.first..=self.last).contains(&plain)
    }

    /// `2201`, or `1301–1303`.
    #[must_use]
    pub fn numbers(&self) -> String {
        match self.first == self.last {
            true => self.first.to_owned(),
            false => format!("{}–{}", self.first, self.last),
        }
    }
}

/// The row of a number; none if the interface has no such number.
#[must_use]
pub fn row(number: &str) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.has(number))
}

/// All transactions, in the order of their numbers.
pub static TABLE: &[Row] = &[
    one("1101", "人员信息获取", "person lookup", What::Carried),
    one(
        "1201",
        "医药机构信息获取",
        "institution lookup",
        What::Carried,
    ),
    many(
        ("1301", "1303"),
        "目录下载",
        "catalogue files",
        What::Carried,
    ),
    one("1304", "民族药品目录查询", "ethnic drugs", What::Carried),
    many(
        ("1305", "1311"),
        "目录下载",
        "catalogue files",
        What::Carried,
    ),
    one("1312", "医保目录信息查询", "insured items", What::Carried),
    many(
        ("1313", "1315"),
        "目录下载",
        "catalogue files",
        What::Carried,
    ),
    many(
        ("1316", "1319"),
        "目录匹配、限价、先自付比例查询",
        "matches, price ceilings, first shares",
        What::Carried,
    ),
    many(
        ("1320", "1327"),
        "目录下载",
        "catalogue files",
        What::Carried,
    ),
    one("1901", "字典表查询", "dictionary", What::Carried),
    one(
        "2001",
        "人员待遇享受检查",
        "entitlement check",
        What::Carried,
    ),
    many(
        ("2101", "2103"),
        "药店预结算、结算、撤销",
        "pharmacy: trial, settlement, cancelling",
        What::Carried,
    ),
    many(
        ("2161", "2181"),
        "异地就医购药",
        "pharmacies across regions",
        What::Outside,
    ),
    many(
        ("2201", "2208"),
        "门诊就诊与结算",
        "outpatient visits and settlement",
        What::Carried,
    ),
    many(
        ("2301", "2305"),
        "住院费用与结算",
        "inpatient fees and settlement",
        What::Carried,
    ),
    one(
        "2306",
        "费用明细修改备注",
        "memo of a fee line",
        What::Kept(Whose::Person),
    ),
    many(
        ("2401", "2405"),
        "入院、出院、变更、撤销",
        "admission, discharge, changes",
        What::Carried,
    ),
    many(
        ("2501", "2502"),
        "转院备案与撤销",
        "referral",
        What::Carried,
    ),
    many(
        ("2503", "2504"),
        "人员慢特病备案与撤销",
        "chronic disease",
        What::Carried,
    ),
    many(
        ("2505", "2506"),
        "人员定点备案与撤销",
        "designated institution",
        What::Carried,
    ),
    one("2507", "人员意外伤害备案", "accident", What::Carried),
    one("2601", "冲正交易", "undoing a message", What::Carried),
    many(("3101", "3103"), "明细审核", "claim checks", What::Empty),
    many(
        ("3201", "3202"),
        "对总账、对明细账",
        "reconciliation",
        What::Carried,
    ),
    many(
        ("3203", "3204"),
        "清算申请与撤销",
        "clearing application",
        What::Carried,
    ),
    many(
        ("3301", "3302"),
        "目录对照上传与撤销",
        "catalogue matching",
        What::Carried,
    ),
    many(
        ("3401", "3403"),
        "科室信息上传、变更、撤销",
        "departments",
        What::Carried,
    ),
    many(
        ("3501", "3507"),
        "进销存管理",
        "stock",
        What::Kept(Whose::Institution),
    ),
    many(
        ("3508", "3513"),
        "进销存查询",
        "stock queries",
        What::Carried,
    ),
    many(
        ("3601", "3611"),
        "DRG/DIP",
        "grouping",
        What::Kept(Whose::Either),
    ),
    many(
        ("3701", "3704"),
        "申诉合议",
        "disputes",
        What::Kept(Whose::Either),
    ),
    one(
        "4101",
        "医疗保障基金结算清单信息上传",
        "settlement list",
        What::Kept(Whose::Person),
    ),
    many(
        ("4102", "4103"),
        "结算清单状态修改与查询",
        "state of settlement lists",
        What::Carried,
    ),
    many(
        ("4104", "4105"),
        "结算清单质控与统计",
        "checks and counts of settlement lists",
        What::Empty,
    ),
    one(
        "4201",
        "自费病人就医费用明细上传",
        "self-paying patients",
        What::Kept(Whose::Either),
    ),
    many(
        ("4261", "4263"),
        "自费病人就医信息上传",
        "self-paying patients",
        What::Kept(Whose::Either),
    ),
    many(
        ("4301", "4302"),
        "诊疗记录",
        "clinical records",
        What::Kept(Whose::Either),
    ),
    many(
        ("4401", "4402"),
        "住院病案首页、医嘱",
        "front page, orders",
        What::Kept(Whose::Either),
    ),
    many(
        ("4501", "4506"),
        "检查检验",
        "examinations and tests",
        What::Kept(Whose::Either),
    ),
    many(
        ("4601", "4602"),
        "输血、护理",
        "transfusions, nursing",
        What::Kept(Whose::Either),
    ),
    one(
        "4701",
        "电子病历",
        "medical record",
        What::Kept(Whose::Either),
    ),
    many(
        ("4901", "4905"),
        "电子结算凭证",
        "electronic vouchers",
        What::Outside,
    ),
    one("5101", "科室信息查询", "departments", What::Carried),
    one("5102", "医执人员信息查询", "practitioners", What::Empty),
    one("5201", "就诊信息查询", "visits", What::Carried),
    one("5202", "诊断信息查询", "diagnoses", What::Carried),
    one("5203", "结算信息查询", "one settlement", What::Carried),
    one(
        "5204",
        "费用明细查询",
        "fee lines of a settlement",
        What::Carried,
    ),
    one(
        "5205",
        "人员慢特病用药记录查询",
        "drugs of chronic visits",
        What::Carried,
    ),
    one(
        "5206",
        "人员累计信息查询",
        "sums of the year",
        What::Carried,
    ),
    one(
        "5301",
        "人员慢特病备案查询",
        "registered diseases",
        What::Carried,
    ),
    one(
        "5302",
        "人员定点信息查询",
        "chosen institutions",
        What::Carried,
    ),
    one(
        "5303",
        "在院信息查询",
        "who lies in hospital",
        What::Carried,
    ),
    one("5304", "转院信息查询", "referrals", What::Carried),
    many(
        ("5401", "5461"),
        "检查检验互认",
        "mutual recognition of tests",
        What::Outside,
    ),
    one("5501", "电子结算凭证", "electronic vouchers", What::Outside),
    many(
        ("6101", "6401"),
        "线上支付",
        "payment online",
        What::Outside,
    ),
    many(
        ("7101", "7211"),
        "电子处方",
        "electronic prescriptions",
        What::Outside,
    ),
    one("9001", "签到", "sign in", What::Carried),
    one("9002", "签退", "sign out", What::Carried),
    one("9101", "文件上传", "file upload", What::Carried),
    one("9102", "文件下载", "file download", What::Carried),
    many(
        ("9601", "9605"),
        "场景监控",
        "scene monitoring",
        What::Outside,
    ),
    one("100001", "政策项查询", "policy items", What::Carried),
];

const fn one(number: &'static str, zh: &'static str, en: &'static str, what: What) -> Row {
    many((number, number), zh, en, what)
}

const fn many(
    (first, last): (&'static str, &'static str),
    zh: &'static str,
    en: &'static str,
    what: What,
) -> Row {
    Row {
        first,
        last,
        zh,
        en,
        what,
    }
}
