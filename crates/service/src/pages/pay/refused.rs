//! What the rules that we have of a region do not answer, in words for people: what is asked is right, and another choice may be answered.

use agency::domain::Unsettled;
use agency::domain::bill::{Bill, Place, Scheme};
use agency::domain::class::Unknown;
use agency::domain::person::Status;
use agency::domain::region::Region;
use agency::domain::setting::Setting;
use agency::domain::unsettled::LineFault;
use agency::domain::words::Lang;
use agency::what_if::Unanswered;
use maud::{Markup, html};

use super::super::Reader;
use super::asking::{Choice, HOSPITALS, Offer};

/// What was asked.
pub(super) struct Asked {
    region: Region,
    scheme: Scheme,
    status: Status,
    setting: Setting,
    place: Place,
}

impl Asked {
    pub(super) fn of(bill: &Bill) -> Asked {
        Asked {
            region: bill.region,
            scheme: bill.scheme,
            status: bill.person.status,
            setting: bill.setting,
            place: bill.place,
        }
    }

    pub(super) fn refused(&self, reader: &Reader, offer: &Offer, why: &Unanswered) -> Markup {
        let path = match offer.has_policy {
            true => format!("/policies/{}/{}", self.region, self.scheme.code()),
            false => "/policies".to_owned(),
        };
        html! {
            div.alert role="alert" {
                h2 { (reader.say("已收录的本地规则不能回答", "The rules that we have of this region do not answer it")) }
                p { (self.sentence(reader.lang, offer, why)) }
                p { a href=(path) { (reader.say("看看已收录的规则", "See the rules that we have")) } }
                p.note { (reader.say("规则上的原因：", "As the rules tell it: ")) (why.name().lang(reader.lang)) }
            }
        }
    }

    /// What our file lacks.
    fn sentence(&self, lang: Lang, offer: &Offer, why: &Unanswered) -> String {
        let why = match why {
            Unanswered::Unfit(_) => return self.no_file(lang, offer),
            Unanswered::Unsettled(_, why) => why,
        };
        match why {
            Unsettled::Needs(Unknown::Birth, _) => say(
                lang,
                "本地规则按年龄划分，请填写年龄。",
                "The rules of this region go by age: tell the age.",
            ),
            Unsettled::Needs(Unknown::Retirement, _) => say(
                lang,
                "本地规则按退休日期划分，请填写退休日期。",
                "The rules of this region go by the day of retirement: tell it.",
            ),
            Unsettled::Line(number, LineFault::NoFirstShare(_)) => match lang {
                Lang::Zh => format!("本地规则没有写乙类的先行自付比例，请填写第{number}行的比例。"),
                Lang::En => format!(
                    "The rules of this region tell no first share of class B: tell that of line {number}."
                ),
            },
            _ => self.of_care(lang, offer),
        }
    }

    fn no_file(&self, lang: Lang, offer: &Offer) -> String {
        let (region, scheme) = (offer.region_name.lang(lang), self.scheme.name(lang));
        match lang {
            Lang::Zh => format!("没有收录{region}今天的{scheme}规则。"),
            Lang::En => format!("We have no file of {region} for {scheme} that holds today."),
        }
    }

    /// The first of setting, place and hospital that the file does not answer, and what it answers of it.
    fn of_care(&self, lang: Lang, offer: &Offer) -> String {
        let settings = told(&offer.settings, |setting| setting.name(lang).to_owned());
        if !has(&offer.settings, &self.setting) {
            return self.only(lang, offer, &settings);
        }
        let places = told(&offer.places, |place| place.name(lang).to_owned());
        if !has(&offer.places, &self.place) {
            return self.only(lang, offer, &places);
        }
        let hospital = |at: usize| match HOSPITALS.get(at) {
            Some((_, zh, en)) => say(lang, zh, en),
            None => String::new(),
        };
        let hospitals = told(&offer.hospitals, hospital);
        let lacks_some = offer.hospitals.iter().any(|choice| !choice.is_answered);
        if self.setting != Setting::Pharmacy && lacks_some {
            return self.only(lang, offer, &hospitals);
        }
        let file = self.file(lang, offer);
        match lang {
            Lang::Zh => format!("{file}没有写这一种人员、就诊类型、医院和就医地合在一起的情形。"),
            Lang::En => {
                format!("{file} tells nothing of this person, care, hospital and place together.")
            }
        }
    }

    /// The file tells only these.
    fn only(&self, lang: Lang, offer: &Offer, told: &[String]) -> String {
        let file = self.file(lang, offer);
        let (status, setting) = (self.status.name(lang), self.setting.name(lang));
        let of = match (has(&offer.settings, &self.setting), lang) {
            (true, Lang::Zh) => format!("“{status}”参保人的{setting}"),
            (true, Lang::En) => format!("{setting} care of those who are insured as {status}"),
            (false, Lang::Zh) => format!("“{status}”参保人"),
            (false, Lang::En) => format!("those who are insured as {status}"),
        };
        match (lang, told.is_empty()) {
            (Lang::Zh, false) => format!("{file}，关于{of}只写了：{}。", told.join("、")),
            (Lang::En, false) => format!("{file} tells of {of} only: {}.", told.join(", ")),
            (Lang::Zh, true) => format!("{file}没有写{of}。"),
            (Lang::En, true) => format!("{file} tells nothing of {of}."),
        }
    }

    fn file(&self, lang: Lang, offer: &Offer) -> String {
        let (region, scheme) = (offer.region_name.lang(lang), self.scheme.name(lang));
        match lang {
            Lang::Zh => format!("已收录的{region}{scheme}文件"),
            Lang::En => format!("The file of {region} for {scheme} that we have"),
        }
    }
}

/// What of the choices is answered.
fn told<T: Copy>(choices: &[Choice<T>], name: impl Fn(T) -> String) -> Vec<String> {
    let answered = choices.iter().filter(|choice| choice.is_answered);
    answered.map(|choice| name(choice.of)).collect()
}

fn has<T: PartialEq>(choices: &[Choice<T>], sought: &T) -> bool {
    choices
        .iter()
        .any(|choice| choice.is_answered && choice.of == *sought)
}

fn say(lang: Lang, zh: &'static str, en: &'static str) -> String {
    super::super::say(lang, zh, en).to_owned()
}
