//! Classes that come and go, and who is covered now or no more, in sentences.

use crate::diff::{ClassChanges, Diff};
use domain::words::{Lang, Name};

use crate::phrases::Phrases;

pub(super) fn sentences(diff: &Diff, words: Phrases) -> Vec<String> {
    let providers = of(&diff.providers, words, |k| words.provider_kinds(k));
    let persons = of(&diff.persons, words, |k| words.person_kinds(k));
    providers.into_iter().chain(persons).collect()
}

fn of<K>(changes: &ClassChanges<K>, words: Phrases, kinds: impl Fn(&[K]) -> String) -> Vec<String> {
    let mut all = Vec::new();
    let names = |names: &[Name]| words.names(names.iter().map(|n| n.lang(words.lang)));
    if !changes.added.is_empty() || !changes.removed.is_empty() {
        let (added, removed) = (names(&changes.added), names(&changes.removed));
        all.push(
            match (
                changes.added.is_empty(),
                changes.removed.is_empty(),
                words.lang,
            ) {
                (false, false, Lang::Zh) => format!("类别：{removed} → {added}"),
                (false, false, Lang::En) => format!("classes: {removed} become {added}"),
                (false, true, Lang::Zh) => format!("新增类别：{added}"),
                (false, true, Lang::En) => format!("new class: {added}"),
                (_, _, Lang::Zh) => format!("取消类别：{removed}"),
                (_, _, Lang::En) => format!("class gone: {removed}"),
            },
        );
    }
    for (who, class) in &changes.covered {
        let (who, class) = (kinds(who), class.lang(words.lang));
        all.push(match words.lang {
            Lang::Zh => format!("新纳入：{who}，归入“{class}”"),
            Lang::En => format!("now in the policy: {who}, as `{class}`"),
        });
    }
    for (who, class) in &changes.dropped {
        let (who, class) = (kinds(who), class.lang(words.lang));
        all.push(match words.lang {
            Lang::Zh => format!("不再纳入：{who}（原属“{class}”）"),
            Lang::En => format!("no longer in the policy: {who} (was `{class}`)"),
        });
    }
    all
}
