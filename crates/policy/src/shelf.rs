//! `Shelf`: the policies of a folder, by region, scheme and first day; finds the one in force on a day.

mod missing;

use std::path::{Path, PathBuf};

use domain::bill::{Bill, Scheme};
use domain::frame::Frame;
use domain::region::Region;
use domain::words::Lang;
use jiff::civil::Date;

use crate::error::{Error, Errors};
use crate::figure;
use crate::file::PolicyFile;
use crate::file::frame::frame;
use crate::file::rates::{RatesFile, rates};
use crate::source::{Source, whole};

pub use missing::Missing;

/// The folder of the published examples whose source names no region or tells only a part of its rule: each has a small policy of
/// its own, which is in force nowhere.
const EXAMPLES: &str = "examples";

/// The folder of the national frames.
const NATIONAL: &str = "national";
/// The file of bank rates in it, which is no frame.
const RATES: &str = "rates.toml";

/// Policies by region, scheme and first day. Files are read when they are asked for.
#[derive(Clone, Debug)]
pub struct Shelf {
    root: PathBuf,
    slots: Vec<Slot>,
}

/// One file on the shelf, known by its path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    /// Pooling region.
    pub region: Region,
    /// Scheme.
    pub scheme: Scheme,
    /// First day.
    pub effective: Date,
    /// The file.
    pub path: PathBuf,
}

impl Shelf {
    /// The files of a folder: `<region>/<scheme>/<first-day>.toml`.
    ///
    /// # Errors
    /// When the folder cannot be read, or holds a file whose path is not of that form.
    pub fn open(root: &Path) -> Result<Shelf, Errors> {
        let mut slots = Vec::new();
        let mut errors = Vec::new();
        for region in folder(root)?
            .into_iter()
            .filter(|p| p.is_dir() && !p.ends_with(EXAMPLES) && !p.ends_with(NATIONAL))
        {
            for scheme in folder(&region)?.into_iter().filter(|p| p.is_dir()) {
                for path in folder(&scheme)?
                    .into_iter()
                    .filter(|p| p.extension().is_some_and(|e| e == "toml"))
                {
                    match slot(&path) {
                        Some(slot) => slots.push(slot),
                        None => errors.push(misplaced(&path)),
                    }
                }
            }
        }
        slots.sort();
        if errors.is_empty() {
            Ok(Shelf {
                root: root.to_owned(),
                slots,
            })
        } else {
            Err(Errors(errors))
        }
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// All files, by region, scheme and first day.
    #[must_use]
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// The case files beside the policies, `<region>/<scheme>/cases/*.toml`, and those of published examples with a small policy
    /// of their own, `examples/<example>/case.toml`.
    ///
    /// # Errors
    /// When a folder cannot be read.
    pub fn case_files(&self) -> Result<Vec<PathBuf>, Error> {
        let mut files = Vec::new();
        for region in folder(&self.root)?.into_iter().filter(|p| p.is_dir()) {
            if region.ends_with(EXAMPLES) {
                let cases = folder(&region)?.into_iter().map(|e| e.join("case.toml"));
                files.extend(cases.filter(|case| case.is_file()));
                continue;
            }
            // A region may have nothing but a part of a rule, which only its cases use.
            let cases = folder(&region)?
                .into_iter()
                .map(|scheme| scheme.join("cases"));
            for cases in cases.filter(|cases| cases.is_dir()) {
                let is_toml = |p: &PathBuf| p.extension().is_some_and(|e| e == "toml");
                files.extend(folder(&cases)?.into_iter().filter(is_toml));
            }
        }
        Ok(files)
    }

    /// The national frames beside the policies, `national/<first-day>.toml`, in the order of their days; none where there is no such
    /// folder.
    ///
    /// # Errors
    /// When a file cannot be read, is wrong, or its name is not its first day.
    pub fn frames(&self) -> Result<Vec<Frame>, Errors> {
        let national = self.root.join(NATIONAL);
        if !national.is_dir() {
            return Ok(Vec::new());
        }
        let mut frames = Vec::new();
        let paths = folder(&national)?.into_iter();
        for path in paths.filter(|path| path.file_name().is_none_or(|name| name != RATES)) {
            let source = Source::read(&path)?;
            let read = frame(&source)?;
            if path.file_stem().and_then(|s| s.to_str()) != Some(&read.effective.to_string()) {
                let message = format!(
                    "`effective` is {}, and the file's name says another day",
                    read.effective
                );
                return Err(whole(&source.name, message).into());
            }
            frames.push(read);
        }
        Ok(frames)
    }

    /// The rates of the banks and the country's rules for keeping accounts, `national/rates.toml`; none where there is no such file.
    ///
    /// # Errors
    /// When the file cannot be read or is wrong.
    pub fn rates(&self) -> Result<Option<RatesFile>, Errors> {
        let path = self.root.join(NATIONAL).join(RATES);
        if !path.is_file() {
            return Ok(None);
        }
        rates(&Source::read(&path)?).map(Some)
    }

    /// The file that holds for a region and scheme on a day.
    ///
    /// # Errors
    /// When there is none: the region or the scheme is not on the shelf, or the day lies before its first file.
    pub fn find(&self, region: Region, scheme: Scheme, day: Date) -> Result<&Slot, Missing> {
        let mut of_region = self.slots.iter().filter(|s| s.region == region).peekable();
        if of_region.peek().is_none() {
            let mut known: Vec<Region> = self.slots.iter().map(|s| s.region).collect();
            known.dedup();
            return Err(Missing::Region(region, known));
        }
        let of_scheme: Vec<&Slot> = of_region.filter(|s| s.scheme == scheme).collect();
        let first = of_scheme.first().ok_or(Missing::Scheme(region, scheme))?;
        let in_force = of_scheme.iter().rev().find(|s| s.effective <= day);
        in_force
            .copied()
            .ok_or(Missing::Day(region, scheme, day, first.effective))
    }

    /// Reads the policy that holds for a bill.
    ///
    /// # Errors
    /// When there is none, it is wrong, or it had ended.
    pub fn policy_for(&self, bill: &Bill) -> Result<PolicyFile, Unfit> {
        self.in_force(bill.region, bill.scheme, bill.days.settlement())
    }

    /// Reads the policy of a region and scheme that is in force on a day.
    ///
    /// # Errors
    /// When there is none, it is wrong, or it had ended.
    pub fn in_force(&self, region: Region, scheme: Scheme, day: Date) -> Result<PolicyFile, Unfit> {
        let slot = self.find(region, scheme, day).map_err(Unfit::Missing)?;
        let file = slot.read().map_err(Unfit::Wrong)?;
        self.holds(&file, day).map_err(Unfit::Missing)?;
        Ok(file)
    }

    /// Whether a file of the shelf, the last before a day, still holds on it.
    pub(crate) fn holds(&self, file: &PolicyFile, day: Date) -> Result<(), Missing> {
        let policy = &file.plan.policy;
        let (region, scheme) = (policy.region, policy.scheme);
        let Some(ends) = policy.ends.filter(|ends| *ends < day) else {
            return Ok(());
        };
        let later = |s: &&Slot| s.region == region && s.scheme == scheme && s.effective > day;
        let next = self.slots.iter().filter(later).map(|s| s.effective).min();
        Err(Missing::Ended(region, scheme, day, ends, next))
    }
}

/// Why a bill's policy cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// There is none.
    #[error("{0}")]
    Missing(Missing),
    /// It is wrong.
    #[error("{0}")]
    Wrong(Errors),
}

impl Unfit {
    /// In words; what is wrong with a policy is told in English, to whoever writes it.
    #[must_use]
    pub fn describe(&self, lang: Lang) -> String {
        match self {
            Unfit::Missing(missing) => missing.describe(lang),
            Unfit::Wrong(errors) => errors.to_string(),
        }
    }

    /// The errors, each at its place: of the bill where there is no policy for it, else of the policy.
    #[must_use]
    pub fn errors(self, source: &Source, bill: &Bill) -> Errors {
        match self {
            Unfit::Missing(missing) => source
                .error_at(missing.path(bill), missing.to_string())
                .into(),
            Unfit::Wrong(errors) => errors,
        }
    }
}

impl Slot {
    /// Reads and compiles the file; its head must agree with its path.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(&self) -> Result<PolicyFile, Errors> {
        let source = Source::read(&self.path)?;
        let file = PolicyFile::read(&source)?;
        let policy = &file.plan.policy;
        if (policy.region, policy.scheme, policy.effective)
            != (self.region, self.scheme, self.effective)
        {
            let found = format!(
                "{}/{}/{}.toml",
                policy.region,
                policy.scheme.code(),
                policy.effective
            );
            let message = format!("the file says that it is `{found}`; the path must agree");
            return Err(whole(&source.name, message).into());
        }
        Ok(file)
    }
}

impl Slot {
    /// The slot that a path names, if it has the form of one on a shelf.
    #[must_use]
    pub fn of(path: &Path) -> Option<Slot> {
        slot(path)
    }
}

fn slot(path: &Path) -> Option<Slot> {
    let effective = figure::day(path.file_stem()?.to_str()?)?;
    let scheme = path.parent()?;
    let region = scheme.parent()?;
    Some(Slot {
        region: Region::parse(region.file_name()?.to_str()?)?,
        scheme: Scheme::from_code(scheme.file_name()?.to_str()?)?,
        effective,
        path: path.to_owned(),
    })
}

fn misplaced(path: &Path) -> Error {
    let message = "a policy file is named `<region>/<scheme>/<first-day>.toml`, like `110000/employee/2005-01-01.toml`";
    whole(&path.display().to_string(), message.into())
}

fn folder(path: &Path) -> Result<Vec<PathBuf>, Error> {
    let failed = |e: std::io::Error| {
        whole(
            &path.display().to_string(),
            format!("the folder cannot be read: {e}"),
        )
    };
    let entries = std::fs::read_dir(path).map_err(failed)?;
    let mut paths: Vec<PathBuf> = entries
        .map(|e| e.map(|e| e.path()))
        .collect::<Result<_, _>>()
        .map_err(failed)?;
    paths.sort();
    Ok(paths)
}
