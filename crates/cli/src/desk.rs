//! The commands that work with an agency's data; this file opens the agency for them and tells in words why it cannot be.

pub(crate) mod account;
pub(crate) mod audit;
pub(crate) mod backup;
pub(crate) mod contribute;
mod counter;
pub(crate) mod coverage;
pub(crate) mod credit;
pub(crate) mod demo;
pub(crate) mod enrol;
pub(crate) mod forecast;
pub(crate) mod funds;
pub(crate) mod import;
pub(crate) mod init;
pub(crate) mod interest;
pub(crate) mod member;
pub(crate) mod operator;
mod person;
mod progress;
mod reasons;
pub(crate) mod reconcile;
pub(crate) mod reverse;
pub(crate) mod serve;
pub(crate) mod stated;
pub(crate) mod statement;
mod sums;
pub(crate) mod trace;
pub(crate) mod visit;

use std::path::{Path, PathBuf};

use agency::{Agency, AgencyError, Options};
use domain::region::Region;
use domain::words::Lang;
use store::{Directory, KeyError, StoreError};

use crate::args::desk::Place;
use crate::output::Output;

/// Where the agency is, what it goes by, and where it prints.
pub(crate) struct Desk<'a> {
    pub(crate) place: &'a Place,
    pub(crate) policies: &'a Path,
    pub(crate) output: &'a Output,
}

impl Desk<'_> {
    pub(crate) fn lang(&self) -> Lang {
        self.output.lang
    }

    /// Opens the agency of the region named, or of the only one that the directory has.
    pub(crate) fn open(&self) -> Result<Agency, String> {
        let region = self.region()?;
        Agency::open(&self.options(region)).map_err(|e| self.told(&e))
    }

    pub(crate) fn options(&self, region: Region) -> Options {
        Options {
            place: match &self.place.store {
                Some(url) => agency::Place::Server(url.clone()),
                None => agency::Place::Directory(self.place.data.clone()),
            },
            key: self.key(),
            policies: self.policies.to_owned(),
            region,
        }
    }

    /// The key file: the one named, or `DIR.key` beside the data directory.
    pub(crate) fn key(&self) -> PathBuf {
        self.place.key.clone().unwrap_or_else(|| {
            let mut beside = self.place.data.clone().into_os_string();
            beside.push(".key");
            beside.into()
        })
    }

    /// Where the books are, as it is told: never the URL, which may hold a password.
    pub(crate) fn books(&self) -> String {
        match &self.place.store {
            Some(_) => self.output.say("数据库", "the database").to_owned(),
            None => self.place.data.display().to_string(),
        }
    }

    fn region(&self) -> Result<Region, String> {
        if self.place.store.is_some() {
            let unnamed = self.output.say(
                "使用数据库时请用 --region 指明统筹区",
                "with a database, name the region with --region",
            );
            return self.place.of_region.ok_or_else(|| unnamed.to_owned());
        }
        let directory = Directory::open(&self.place.data).map_err(|e| self.told(&e.into()))?;
        let regions = directory.regions().map_err(|e| self.told(&e.into()))?;
        let path = self.place.data.display();
        match (self.place.of_region, regions.as_slice()) {
            (Some(region), known) if known.contains(&region) => Ok(region),
            (Some(region), _) => Err(match self.lang() {
                Lang::Zh => {
                    format!("{path}：没有统筹区 {region}；用 `yibao init --region {region}` 新建")
                }
                Lang::En => format!(
                    "{path}: there is no region {region}; `yibao init --region {region}` makes it"
                ),
            }),
            (None, [region]) => Ok(*region),
            (None, []) => Err(match self.lang() {
                Lang::Zh => format!("{path}：还没有统筹区；用 `yibao init --region …` 新建"),
                Lang::En => {
                    format!("{path}: there is no region yet; `yibao init --region …` makes one")
                }
            }),
            (None, several) => {
                let several: Vec<_> = several.iter().map(Region::to_string).collect();
                let several = several.join(", ");
                Err(match self.lang() {
                    Lang::Zh => format!("{path}：有多个统筹区（{several}），请用 --region 指明"),
                    Lang::En => format!(
                        "{path}: there are several regions ({several}); name one with --region"
                    ),
                })
            }
        }
    }

    /// Why it cannot be opened, in the language of the reader where an operator can mend it.
    pub(crate) fn told(&self, error: &AgencyError) -> String {
        if self.lang() == Lang::En {
            return error.to_string();
        }
        match error {
            AgencyError::Store(error) => chinese(error),
            AgencyError::Key(KeyError::File { path, source }) => {
                format!("{}：密钥文件：{source}", path.display())
            }
            AgencyError::Key(KeyError::Form { path }) => {
                format!("{}：密钥文件应为一行 128 个十六进制数字", path.display())
            }
            other => other.to_string(),
        }
    }

    /// The same, of the database alone.
    pub(crate) fn stored(&self, error: StoreError) -> String {
        self.told(&error.into())
    }
}

fn chinese(error: &StoreError) -> String {
    match error {
        StoreError::Full { lane } => format!("分道 {lane}：磁盘已满，本批未写入"),
        StoreError::ReadOnly { path } => format!("{}：不可写", path.display()),
        StoreError::InUse { path } => {
            format!("{}：另一进程正在使用此数据目录", path.display())
        }
        StoreError::Absent { path } => {
            format!("{}：没有数据目录；用 `yibao init` 新建", path.display())
        }
        StoreError::Present { path } => format!("{}：已有数据目录", path.display()),
        other => other.to_string(),
    }
}
