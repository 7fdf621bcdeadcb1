//! `Directory`: a data directory: one folder a region, one file a lane, and the lock that keeps a second process out.

use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use domain::region::Region;

use crate::error::StoreError;
use crate::lane::LaneId;

/// A data directory that this process owns until the value is dropped.
#[derive(Debug)]
pub struct Directory {
    root: PathBuf,
    /// Locked; the operating system lets go of it when the process ends, however it ends.
    _lock: File,
}

impl Directory {
    /// Makes an empty one and owns it.
    ///
    /// # Errors
    /// When there is one already, another process has it, or it cannot be written.
    pub fn create(root: &Path) -> Result<Directory, StoreError> {
        if root.join(LOCK).exists() {
            return Err(StoreError::Present {
                path: root.to_owned(),
            });
        }
        fs::create_dir_all(root).map_err(|e| failed(root, e))?;
        let path = root.join(LOCK);
        File::create_new(&path).map_err(|e| failed(&path, e))?;
        Directory::open(root)
    }

    /// Owns one that is there.
    ///
    /// # Errors
    /// When there is none, another process has it, or it cannot be written.
    pub fn open(root: &Path) -> Result<Directory, StoreError> {
        let path = root.join(LOCK);
        let lock = File::options().read(true).write(true).open(&path);
        let lock = lock.map_err(|e| match e.kind() {
            io::ErrorKind::NotFound => StoreError::Absent {
                path: root.to_owned(),
            },
            _ => failed(&path, e),
        })?;
        lock.try_lock().map_err(|e| match e {
            TryLockError::WouldBlock => StoreError::InUse {
                path: root.to_owned(),
            },
            TryLockError::Error(e) => failed(&path, e),
        })?;
        Ok(Directory {
            root: root.to_owned(),
            _lock: lock,
        })
    }

    /// Where it is.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The file of a lane.
    #[must_use]
    pub fn lane(&self, lane: LaneId) -> PathBuf {
        let file = if lane.number == 0 {
            "office.db".to_owned()
        } else {
            format!("lane-{:02}.db", lane.number)
        };
        self.root.join(lane.region.to_string()).join(file)
    }

    /// The regions that have a folder here, in order.
    ///
    /// # Errors
    /// When the directory cannot be read.
    pub fn regions(&self) -> Result<Vec<Region>, StoreError> {
        let entries = fs::read_dir(&self.root).map_err(|e| failed(&self.root, e))?;
        let mut regions = Vec::new();
        for entry in entries {
            let name = entry.map_err(|e| failed(&self.root, e))?.file_name();
            regions.extend(name.to_str().and_then(Region::parse));
        }
        regions.sort();
        Ok(regions)
    }

    /// Makes the folder of a region, which no other user may read.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn add_region(&self, region: Region) -> Result<(), StoreError> {
        let folder = self.root.join(region.to_string());
        let mut maker = fs::DirBuilder::new();
        maker.recursive(true).mode(0o700);
        maker.create(&folder).map_err(|e| failed(&folder, e))
    }
}

const LOCK: &str = "lock";

fn failed(path: &Path, source: io::Error) -> StoreError {
    let path = path.to_owned();
    match source.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            StoreError::ReadOnly { path }
        }
        _ => StoreError::File { path, source },
    }
}
