//! What the machine says of a server: processor time, memory, and the size of its data on disk.

use std::fs;
use std::path::{Path, PathBuf};

/// The kernel tells processor time in hundredths of a second.
const TICK: u64 = 10_000;

/// The processes and the folder that are watched during a run.
#[derive(Default)]
pub(super) struct Watched {
    /// With all that they have started.
    pub(super) processes: Vec<u32>,
    pub(super) data: Option<PathBuf>,
}

/// What a moment shows.
#[derive(Clone, Copy, Default)]
pub(super) struct Sample {
    /// Processor time of the server and of the load tool, in microseconds.
    pub(super) server: u64,
    pub(super) client: u64,
    /// Bytes.
    pub(super) memory: u64,
    pub(super) disk: u64,
}

impl Watched {
    pub(super) fn sample(&self) -> Sample {
        let family = family(&self.processes);
        Sample {
            server: family.iter().map(|process| processor_time(*process)).sum(),
            client: processor_time(std::process::id()),
            memory: family.iter().map(|process| memory(*process)).sum(),
            disk: self.data.as_deref().map_or(0, size),
        }
    }
}

/// The processes and their descendants.
fn family(heads: &[u32]) -> Vec<u32> {
    let mut family = heads.to_vec();
    if heads.is_empty() {
        return family;
    }
    let listed = fs::read_dir("/proc").into_iter().flatten().flatten();
    let all: Vec<(u32, u32)> = listed
        .filter_map(|entry| {
            let process = entry.file_name().to_string_lossy().parse().ok()?;
            let parent = stat(process)?.get(1)?.parse().ok()?;
            Some((process, parent))
        })
        .collect();
    let mut next = 0;
    while let Some(head) = family.get(next).copied() {
        let children = all.iter().filter(|(_, parent)| *parent == head);
        family.extend(children.map(|(child, _)| child));
        next += 1;
    }
    family.sort_unstable();
    family.dedup();
    family
}

/// The words of a process's line after its name, which may hold spaces: state, parent and so on.
fn stat(process: u32) -> Option<Vec<String>> {
    let line = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, after) = line.rsplit_once(')')?;
    Some(after.split_whitespace().map(str::to_owned).collect())
}

fn processor_time(process: u32) -> u64 {
    let stat = stat(process).unwrap_or_default();
    let ticks = stat.iter().skip(11).take(2);
    ticks
        .filter_map(|word| word.parse::<u64>().ok())
        .sum::<u64>()
        * TICK
}

fn memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}

/// The bytes of all files in a folder; one that goes away meanwhile counts nothing.
fn size(path: &Path) -> u64 {
    let Ok(metadata) = fs::symlink_metadata(path) else {
        return 0;
    };
    if !metadata.is_dir() {
        return metadata.len();
    }
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    entries.map(|entry| size(&entry.path())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_is_seen() {
        let watched = Watched {
            processes: vec![std::process::id()],
            data: Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")),
        };
        let sample = watched.sample();
        assert!(sample.memory > 1_000_000, "{}", sample.memory);
        assert!(sample.disk > 10_000, "{}", sample.disk);
        let nobody = Watched::default().sample();
        assert_eq!((nobody.server, nobody.memory, nobody.disk), (0, 0, 0));
    }
}
