//! `yibao policy check`: proves what can be proved of policy files, and says what it proved and what is missing.

mod days;
mod national;
mod outside;
mod proof;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use comfy_table::{Cell, CellAlignment};
use domain::cite::Standing;
use domain::frame::Frame;
use domain::policy::Policy;
use domain::words::Lang;
use policy::shelf::Slot;
use policy::{Errors, PolicyFile, Shelf, Source};

use crate::output::Output;
use crate::policies::{counted, gaps, open};
use policy::phrases::Phrases;

/// A file and what came of reading it.
struct Checked {
    name: String,
    result: Result<PolicyFile, Errors>,
}

impl Checked {
    fn policy(&self) -> Option<&Policy> {
        self.result.as_ref().ok().map(|file| &file.plan.policy)
    }
}

/// Where the findings go.
struct Report<'a> {
    files: Vec<Checked>,
    frames: Vec<Frame>,
    output: &'a Output,
    words: Phrases,
}

pub(crate) fn run(files: &[PathBuf], policies: &Path, output: &Output) -> Result<ExitCode, String> {
    let files = if files.is_empty() {
        shelved(policies, output.lang)?
    } else {
        files.iter().map(|path| read(path)).collect()
    };
    let report = Report {
        files,
        frames: frames(policies)?,
        output,
        words: Phrases { lang: output.lang },
    };
    report.files();
    let failed = || report.files.iter().filter_map(|f| f.result.as_ref().err());
    let mut departures = 0;
    let mut wrong = failed().map(|errors| errors.0.len()).sum();
    if failed().count() < report.files.len() {
        wrong += report.proved() + report.days();
        departures = report.national();
        report.outside();
        report.gaps();
    }
    report.summary(wrong, departures);
    Ok(if wrong == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Every file of the folder; that its head agrees with its path is checked too.
fn shelved(policies: &Path, lang: Lang) -> Result<Vec<Checked>, String> {
    let shelf = open(policies, lang)?;
    let checked = |slot: &Slot| {
        // The folder is the same for all.
        let name = slot
            .path
            .strip_prefix(policies)
            .unwrap_or(&slot.path)
            .display()
            .to_string();
        Checked {
            name,
            result: slot.read(),
        }
    };
    Ok(shelf.slots().iter().map(checked).collect())
}

/// The national frames of the folder; none where there is no such folder.
fn frames(policies: &Path) -> Result<Vec<Frame>, String> {
    if !policies.is_dir() {
        return Ok(Vec::new());
    }
    let shelf = Shelf::open(policies).map_err(|e| e.to_string())?;
    // Nothing is held against the rates of the banks; a wrong file of them is told here all the same.
    shelf.rates().map_err(|e| e.to_string())?;
    shelf.frames().map_err(|e| e.to_string())
}

fn read(path: &Path) -> Checked {
    let name = path.display().to_string();
    // A path of the form of a shelf's must agree with what the file says.
    let result = match Slot::of(path) {
        Some(slot) => slot.read(),
        None => Source::read(path)
            .map_err(Errors::from)
            .and_then(|source| PolicyFile::read(&source)),
    };
    Checked { name, result }
}

impl Report<'_> {
    /// A line for each file; what is wrong with it below the table.
    fn files(&self) {
        let words = self.words;
        let mut header = vec![
            "",
            words.say("文件", "file"),
            words.say("问题", "questions"),
        ];
        header.extend(Standing::ALL.iter().map(|s| s.name(words.lang)));
        header.push(words.say("缺口", "gaps"));
        let mut table = self.output.table(&header);
        for file in &self.files {
            let sign = if file.result.is_ok() { "✓" } else { "✗" };
            let mut row = vec![Cell::new(sign), Cell::new(&file.name)];
            if let Ok(read) = &file.result {
                let policy = &read.plan.policy;
                row.push(number(read.plan.points().count()));
                row.extend(counted(policy).iter().map(|n| number(*n)));
                row.push(number(policy.gaps.len()));
            }
            table.add_row(row);
        }
        self.output.line(&table.to_string());
        for error in self.files.iter().filter_map(|f| f.result.as_ref().err()) {
            self.output.line(&error.to_string());
        }
    }

    /// The policies that were read, by region and scheme, each in the order of its days.
    fn shelves(&self) -> Vec<Vec<&PolicyFile>> {
        let mut read: Vec<&PolicyFile> = self
            .files
            .iter()
            .filter_map(|f| f.result.as_ref().ok())
            .collect();
        let key = |file: &PolicyFile| (file.plan.policy.region, file.plan.policy.scheme);
        read.sort_by_key(|file| (key(file), file.plan.policy.effective));
        read.chunk_by(|a, b| key(a) == key(b))
            .map(<[_]>::to_vec)
            .collect()
    }

    /// `北京市 · 职工`
    fn shelf_name(&self, policy: &Policy) -> String {
        format!(
            "{} · {}",
            policy.region_name.lang(self.words.lang),
            self.words.scheme(policy.scheme)
        )
    }

    /// Each gap once, with the files that have it.
    fn gaps(&self) {
        let words = self.words;
        for shelf in self.shelves() {
            let Some(first) = shelf.first() else { continue };
            let policies: Vec<&Policy> = shelf.iter().map(|file| &file.plan.policy).collect();
            let gaps = gaps(&policies, words.lang);
            if gaps.is_empty() {
                continue;
            }
            let title = words.say(
                "缺口：有规定而未计算的，或没有来源的",
                "gaps: what is ordered and not computed, or in no source",
            );
            self.output.heading(&format!(
                "{} · {title}",
                self.shelf_name(&first.plan.policy)
            ));
            let mut table = self.output.table(&[]);
            for (about, numbers) in gaps {
                let files: Vec<&PolicyFile> = numbers.iter().map(|n| shelf[*n]).collect();
                table.add_row([self.versions(&files, &shelf), about.to_owned()]);
            }
            self.output.line(&table.to_string());
        }
    }

    /// Files by their first days: runs of neighbours as `from … to`.
    fn versions(&self, files: &[&PolicyFile], shelf: &[&PolicyFile]) -> String {
        if files.len() == shelf.len() {
            return self.words.say("各文件", "all files").to_owned();
        }
        let place = |file: &PolicyFile| shelf.iter().position(|f| f.name == file.name).unwrap_or(0);
        let runs = files.chunk_by(|a, b| place(a) + 1 == place(b));
        let day = |file: &PolicyFile| file.plan.policy.effective.to_string();
        let text = |run: &[&PolicyFile]| match run {
            [] => String::new(),
            [one] => day(one),
            [first, .., last] => format!("{} … {}", day(first), day(last)),
        };
        runs.map(text).collect::<Vec<_>>().join("\n")
    }

    /// A departure from the national frame is for people to look at: a region may have its own rule until it adopts the country's.
    fn summary(&self, wrong: usize, departures: usize) {
        let count = self.files.len();
        let figures: usize = self
            .files
            .iter()
            .filter_map(Checked::policy)
            .map(|p| counted(p).iter().sum::<usize>())
            .sum();
        let points: usize = self
            .files
            .iter()
            .filter_map(|f| f.result.as_ref().ok())
            .map(|f| f.plan.points().count())
            .sum();
        self.output.line("");
        self.output.line(&match (self.words.lang, wrong) {
            (Lang::Zh, 0) => {
                format!("✓ {count} 个文件，{points} 个问题，{figures} 个数字，没有错误")
            }
            (Lang::Zh, _) => format!("✗ {count} 个文件，{wrong} 处错误"),
            (Lang::En, 0) => {
                format!("✓ files: {count}, questions: {points}, figures: {figures}, no error")
            }
            (Lang::En, _) => format!("✗ files: {count}, errors: {wrong}"),
        });
        if departures > 0 {
            self.output.line(&match self.words.lang {
                Lang::Zh => format!("! 与国家统一规定不符：{departures} 处，见上"),
                Lang::En => {
                    format!("! departures from the national frame: {departures}, see above")
                }
            });
        }
    }
}

/// A dot for nothing, so that what is there stands out.
fn number(n: usize) -> Cell {
    let text = if n == 0 {
        "·".to_owned()
    } else {
        n.to_string()
    };
    Cell::new(text).set_alignment(CellAlignment::Right)
}
