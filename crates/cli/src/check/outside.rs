//! Whom and what a policy leaves out: persons and providers in no class, settings and places without a rule.

use domain::bill::{Place, Setting};
use domain::class::FacilityClass;
use domain::facility::FacilityKind;
use domain::policy::{Policy, SettingFunds, SettingRule};
use domain::view::kinds::Kinds;
use domain::words::Lang;
use policy::PolicyFile;

use super::Report;

impl Report<'_> {
    pub(super) fn outside(&self) {
        let words = self.words;
        self.output.heading(words.say(
            "不在政策之内（这样的账单不予结算，答“没有规则”）",
            "Outside the policies (such a bill is answered with `no rule`)",
        ));
        let header = [
            "",
            words.say("文件", "files"),
            words.say("没有类别或规则的", "without a class or a rule"),
        ];
        let mut table = self.output.table(&header);
        for shelf in self.shelves() {
            let mut told: Vec<(String, Vec<&PolicyFile>)> = Vec::new();
            for &file in &shelf {
                let text = self.left_out(&file.plan.policy);
                match told.iter_mut().find(|(known, _)| *known == text) {
                    Some((_, files)) => files.push(file),
                    None => told.push((text, vec![file])),
                }
            }
            let mut name = shelf
                .first()
                .map(|f| self.shelf_name(&f.plan.policy))
                .unwrap_or_default();
            for (text, files) in told {
                table.add_row([
                    std::mem::take(&mut name),
                    self.versions(&files, &shelf),
                    text,
                ]);
            }
        }
        self.output.line(&table.to_string());
    }

    /// Everything that a policy leaves out, one kind a line.
    fn left_out(&self, policy: &Policy) -> String {
        let words = self.words;
        let kinds = Kinds::of(&[policy]);
        let persons = kinds
            .persons(policy)
            .into_iter()
            .filter(|(_, class)| class.is_none())
            .map(|(kind, _)| kind);
        let providers = kinds
            .providers(policy)
            .into_iter()
            .filter(|(_, class)| class.is_none())
            .map(|(kind, _)| kind);
        let declared = |s: &&Setting| !policy.settings.iter().any(|row| row.setting == **s);
        let settings: Vec<Setting> = Setting::ALL.iter().filter(declared).copied().collect();
        let places = Place::ALL
            .iter()
            .filter(|p| !policy.place.known.contains(p))
            .map(|p| p.name(words.lang));
        let parts = [
            (
                words.say("人员", "persons"),
                words.person_kinds(&kinds.name_persons(persons)),
            ),
            (
                words.say("机构", "providers"),
                words.provider_kinds(&kinds.name_providers(providers)),
            ),
            (words.say("就医类别", "settings"), words.settings(&settings)),
            (words.say("就医地", "places"), words.names(places)),
        ];
        let told = parts.iter().filter(|(_, text)| !text.is_empty());
        let told = told.map(|(name, text)| format!("{name}{}{text}", words.say("：", ": ")));
        told.chain(self.without_setting(policy))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Facility classes that a setting does not have.
    fn without_setting(&self, policy: &Policy) -> Vec<String> {
        let words = self.words;
        let missing = |row: &SettingRule| {
            let SettingFunds::Pays { facilities, .. } = &row.funds else {
                return None;
            };
            let classes = policy
                .facilities
                .iter()
                .enumerate()
                .filter(|(n, _)| !facilities.holds(*n));
            // That a pharmacy has no beds and a hospital is no pharmacy goes without saying.
            let sells =
                |class: &FacilityClass| class.kinds.as_deref() == Some(&[FacilityKind::Pharmacy]);
            let classes =
                classes.filter(|(_, class)| sells(class) == (row.setting == Setting::Pharmacy));
            let names: Vec<&str> = classes
                .map(|(_, class)| class.name.lang(words.lang))
                .collect();
            let setting = row.setting.name(words.lang);
            (!names.is_empty()).then(|| match words.lang {
                Lang::Zh => format!("{setting}不含：{}", words.names(names)),
                Lang::En => format!("{setting} without: {}", words.names(names)),
            })
        };
        policy.settings.iter().filter_map(missing).collect()
    }
}
