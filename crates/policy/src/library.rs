//! `Library`: the policies of several folders at hand: which regions there are, and each file read once.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use domain::bill::Scheme;
use domain::region::Region;
use domain::words::Name;
use jiff::civil::Date;

use crate::error::Errors;
use crate::file::PolicyFile;
use crate::shelf::{Missing, Shelf, Slot, Unfit};

/// The policies of several folders. Of a region that is in two, the first folder's hold.
#[derive(Debug, Default)]
pub struct Library {
    shelves: Vec<Shelf>,
    regions: Vec<Known>,
    read: Mutex<HashMap<PathBuf, Arc<PolicyFile>>>,
}

/// A region of the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its code.
    pub region: Region,
    /// Its name.
    pub name: Name,
    /// Its schemes.
    pub schemes: Vec<Scheme>,
    /// Its shelf.
    shelf: usize,
}

impl Library {
    /// Opens the folders and reads the last file of each region and scheme.
    ///
    /// # Errors
    /// When a folder cannot be read or one of those files is wrong.
    pub fn open(folders: &[&Path]) -> Result<Library, Errors> {
        let mut library = Library::default();
        for folder in folders {
            let shelf = Shelf::open(folder)?;
            let at = library.shelves.len();
            library.catalogue(&shelf, at)?;
            library.shelves.push(shelf);
        }
        library.regions.sort_by_key(|known| known.region);
        Ok(library)
    }

    fn catalogue(&mut self, shelf: &Shelf, at: usize) -> Result<(), Errors> {
        for of_region in shelf.slots().chunk_by(|a, b| a.region == b.region) {
            let region = of_region[0].region;
            if self.of(region).is_some() {
                continue;
            }
            let mut known = Known {
                region,
                name: Name::default(),
                schemes: Vec::new(),
                shelf: at,
            };
            for of_scheme in of_region.chunk_by(|a, b| a.scheme == b.scheme) {
                let last = &of_scheme[of_scheme.len() - 1];
                let file = Arc::new(last.read()?);
                known.name = file.plan.policy.region_name.clone();
                known.schemes.push(last.scheme);
                self.keep(&last.path, &file);
            }
            self.regions.push(known);
        }
        Ok(())
    }

    /// The regions, by their codes.
    #[must_use]
    pub fn regions(&self) -> &[Known] {
        &self.regions
    }

    /// A region.
    #[must_use]
    pub fn of(&self, region: Region) -> Option<&Known> {
        self.regions.iter().find(|known| known.region == region)
    }

    /// The policy of a region and scheme that is in force on a day.
    ///
    /// # Errors
    /// When there is none, it is wrong, or it had ended.
    pub fn in_force(
        &self,
        region: Region,
        scheme: Scheme,
        day: Date,
    ) -> Result<Arc<PolicyFile>, Unfit> {
        let shelf = self.of(region).map(|known| &self.shelves[known.shelf]);
        let shelf = shelf.ok_or_else(|| {
            let known = self.regions.iter().map(|known| known.region);
            Unfit::Missing(Missing::Region(region, known.collect()))
        })?;
        let slot = shelf.find(region, scheme, day).map_err(Unfit::Missing)?;
        let file = self.file(slot).map_err(Unfit::Wrong)?;
        shelf.holds(&file, day).map_err(Unfit::Missing)?;
        Ok(file)
    }

    /// The first days of a region's and scheme's files, in order.
    #[must_use]
    pub fn days(&self, region: Region, scheme: Scheme) -> Vec<Date> {
        let slots = self.slots(region, scheme);
        slots.map(|slot| slot.effective).collect()
    }

    /// The file that begins on a day; none where no file does.
    ///
    /// # Errors
    /// When it is wrong.
    pub fn beginning(
        &self,
        region: Region,
        scheme: Scheme,
        day: Date,
    ) -> Result<Option<Arc<PolicyFile>>, Errors> {
        let mut slots = self.slots(region, scheme);
        let slot = slots.find(|slot| slot.effective == day);
        slot.map(|slot| self.file(slot)).transpose()
    }

    fn slots(&self, region: Region, scheme: Scheme) -> impl Iterator<Item = &Slot> {
        let shelf = self.of(region).map(|known| &self.shelves[known.shelf]);
        let slots = shelf.into_iter().flat_map(Shelf::slots);
        slots.filter(move |slot| (slot.region, slot.scheme) == (region, scheme))
    }

    fn file(&self, slot: &Slot) -> Result<Arc<PolicyFile>, Errors> {
        if let Some(file) = self.known(&slot.path) {
            return Ok(file);
        }
        let file = Arc::new(slot.read()?);
        self.keep(&slot.path, &file);
        Ok(file)
    }

    fn known(&self, path: &Path) -> Option<Arc<PolicyFile>> {
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.get(path).map(Arc::clone)
    }

    /// Two may read the same file at once; they read the same.
    fn keep(&self, path: &Path, file: &Arc<PolicyFile>) {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.insert(path.to_owned(), Arc::clone(file));
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn project(folder: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../..")
            .join(folder)
    }

    #[test]
    fn the_regions_of_all_folders_are_there_once() {
        let (sandbox, policies) = (project("sandbox/policies"), project("policies"));
        let library = Library::open(&[&sandbox, &policies, &policies]).expect("a library");
        let codes: Vec<String> = library
            .regions()
            .iter()
            .map(|known| known.region.to_string())
            .collect();
        let mut once = codes.clone();
        once.dedup();
        assert_eq!(codes, once);
        for code in ["110000", "420100", "999900"] {
            assert!(codes.contains(&code.to_owned()), "{code}");
        }
        let wuhan = library.of(Region::parse("420100").expect("a region"));
        assert_eq!(wuhan.expect("it is there").name.zh, "武汉市");
    }

    #[test]
    fn a_file_is_read_once_and_the_same_as_from_the_shelf() {
        let library = Library::open(&[&project("policies")]).expect("a library");
        let beijing = Region::parse("110000").expect("a region");
        let day = date(2024, 3, 1);
        let one = library
            .in_force(beijing, Scheme::Employee, day)
            .expect("it");
        let again = library
            .in_force(beijing, Scheme::Employee, day)
            .expect("it");
        assert!(Arc::ptr_eq(&one, &again));
        let shelf = Shelf::open(&project("policies")).expect("a shelf");
        let file = shelf.in_force(beijing, Scheme::Employee, day).expect("it");
        assert_eq!(one.hash, file.hash);
        let nowhere = Region::parse("999999").expect("a region");
        let none = library.in_force(nowhere, Scheme::Employee, day);
        assert!(matches!(none, Err(Unfit::Missing(Missing::Region(..)))));
        let before = library.in_force(beijing, Scheme::Employee, date(1980, 1, 1));
        assert!(matches!(before, Err(Unfit::Missing(Missing::Day(..)))));
    }
}
