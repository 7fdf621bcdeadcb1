//! `yibao backup` and `yibao restore`: whole copies of every lane with a manifest of where its chain ends, verified.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use agency::Agency;
use domain::region::Region;
use domain::words::Lang;
use serde_json::{Value, json};
use store::{Directory, Head, LaneId, LaneStore as _, SqliteLane};

use super::Desk;
use super::progress::Progress;
use crate::args::desk::{Backup, Restore};
use crate::output::{count, pretty};

const MANIFEST: &str = "manifest.json";
/// The version of the manifest's form.
const FORM: u64 = 1;

/// A lane in a backup.
struct Kept {
    lane: LaneId,
    /// Below the directory of the backup.
    file: String,
    seq: u64,
    hash: String,
}

pub(crate) fn backup(command: &Backup, desk: &Desk<'_>) -> Result<ExitCode, String> {
    on_files(desk)?;
    let agency = desk.open()?;
    let to = &command.to;
    if to.exists() {
        return Err(present(to, desk));
    }
    let lanes = copied(&agency, desk, to)?;
    for kept in &lanes {
        let head = head(kept.lane, &to.join(&kept.file), desk)?;
        verified(kept, head, desk)?;
    }
    let value = manifest(agency.region(), &lanes);
    let path = to.join(MANIFEST);
    fs::write(&path, pretty(&value) + "\n").map_err(|e| failed(&path, &e))?;
    if command.json {
        desk.output.line(&pretty(&value));
        return Ok(ExitCode::SUCCESS);
    }
    tell(desk, &lanes);
    let (to, key) = (to.display(), desk.key());
    let key = key.display();
    desk.output.line(&match desk.lang() {
        Lang::Zh => format!("备份在 {to}，已核对。密钥 {key} 不在备份内，请另行保管。"),
        Lang::En => format!(
            "The backup is in {to} and was verified. The key, {key}, is not part of it: keep a copy of it elsewhere."
        ),
    });
    Ok(ExitCode::SUCCESS)
}

/// A server's books are copied by the server's own tools, which know its log.
fn on_files(desk: &Desk<'_>) -> Result<(), String> {
    let by_server = desk.output.say(
        "数据库由其自带的工具备份和恢复（pg_basebackup、pg_dump），本命令只用于数据目录",
        "a database is backed up and restored by its own tools (pg_basebackup, pg_dump); this command is for data directories",
    );
    match desk.place.store {
        Some(_) => Err(by_server.to_owned()),
        None => Ok(()),
    }
}

/// Copies every lane between two of its turns.
fn copied(agency: &Agency, desk: &Desk<'_>, to: &Path) -> Result<Vec<Kept>, String> {
    let region = agency.region().to_string();
    let folder = to.join(&region);
    fs::create_dir_all(&folder).map_err(|e| failed(&folder, &e))?;
    let lanes = u64::from(agency.lanes()) + 1;
    let progress = Progress::of(Some(lanes), desk.output.say("备份", "backup"));
    let mut kept = Vec::new();
    for lane in agency.lane_ids() {
        let file = file(lane);
        let path = to.join(&file);
        let head = agency.read(lane, move |store| {
            store.copy_to(&path)?;
            store.head()
        });
        let head = head.map_err(|e| desk.stored(e))?;
        kept.push(Kept {
            lane,
            file,
            seq: head.seq,
            hash: head.hash.to_string(),
        });
        progress.add(1);
    }
    progress.done();
    Ok(kept)
}

pub(crate) fn restore(command: &Restore, desk: &Desk<'_>) -> Result<ExitCode, String> {
    on_files(desk)?;
    let from = &command.from;
    let (region, lanes) = read(&from.join(MANIFEST), desk)?;
    let data = &desk.place.data;
    if data.exists() {
        return Err(present(data, desk));
    }
    let directory = Directory::create(data).map_err(|e| desk.stored(e))?;
    let restored = restored(&directory, from, region, &lanes, desk);
    drop(directory);
    if let Err(error) = restored {
        // What was made for a backup that is not whole is of no use to anybody.
        fs::remove_dir_all(data).map_err(|e| failed(data, &e))?;
        return Err(error);
    }
    if command.json {
        desk.output.line(&pretty(&manifest(region, &lanes)));
        return Ok(ExitCode::SUCCESS);
    }
    tell(desk, &lanes);
    let (data, key) = (data.display(), desk.key());
    let there = key.exists();
    let key = key.display();
    desk.output.line(&match (desk.lang(), there) {
        (Lang::Zh, true) => format!("已恢复到 {data}，已核对。"),
        (Lang::En, true) => format!("Restored into {data} and verified."),
        (Lang::Zh, false) => {
            format!("已恢复到 {data}，已核对。密钥不在备份内，请放到 {key}。")
        }
        (Lang::En, false) => format!(
            "Restored into {data} and verified. The key is not part of a backup: put it at {key}."
        ),
    });
    Ok(ExitCode::SUCCESS)
}

fn restored(
    directory: &Directory,
    from: &Path,
    region: Region,
    lanes: &[Kept],
    desk: &Desk<'_>,
) -> Result<(), String> {
    directory.add_region(region).map_err(|e| desk.stored(e))?;
    for kept in lanes {
        let (source, target) = (from.join(&kept.file), directory.lane(kept.lane));
        fs::copy(&source, &target).map_err(|e| failed(&source, &e))?;
        verified(kept, head(kept.lane, &target, desk)?, desk)?;
    }
    Ok(())
}

fn head(lane: LaneId, path: &Path, desk: &Desk<'_>) -> Result<Head, String> {
    let opened = SqliteLane::open(lane, path).and_then(|mut lane| lane.head());
    opened.map_err(|e| desk.stored(e))
}

/// The chain ends where the manifest says.
fn verified(kept: &Kept, head: Head, desk: &Desk<'_>) -> Result<(), String> {
    if head.seq == kept.seq && head.hash.to_string() == kept.hash {
        return Ok(());
    }
    let (file, seq, hash) = (&kept.file, head.seq, head.hash);
    Err(match desk.lang() {
        Lang::Zh => format!(
            "{file}：末条记录为 {seq}（{hash}），清单为 {}（{}）",
            kept.seq, kept.hash
        ),
        Lang::En => format!(
            "{file}: its last entry is {seq} ({hash}), that of the manifest {} ({})",
            kept.seq, kept.hash
        ),
    })
}

/// As the data directory names it.
fn file(lane: LaneId) -> String {
    match lane.number {
        0 => format!("{}/office.db", lane.region),
        number => format!("{}/lane-{number:02}.db", lane.region),
    }
}

fn manifest(region: Region, lanes: &[Kept]) -> Value {
    let lane = |kept: &Kept| {
        json!({
            "number": kept.lane.number,
            "file": kept.file,
            "entries": kept.seq,
            "hash": kept.hash,
        })
    };
    json!({
        "form": FORM,
        "region": region.to_string(),
        "lanes": lanes.iter().map(lane).collect::<Vec<_>>(),
    })
}

fn read(path: &Path, desk: &Desk<'_>) -> Result<(Region, Vec<Kept>), String> {
    let wrong = || {
        let path = path.display();
        match desk.lang() {
            Lang::Zh => format!("{path}：不是备份清单"),
            Lang::En => format!("{path}: it is no manifest of a backup"),
        }
    };
    let text = fs::read_to_string(path).map_err(|e| failed(path, &e))?;
    let value: Value = serde_json::from_str(&text).map_err(|_| wrong())?;
    let region = value["region"].as_str().and_then(Region::parse);
    let region = region.filter(|_| value["form"] == FORM).ok_or_else(wrong)?;
    let kept = |value: &Value| {
        let number = u8::try_from(value["number"].as_u64()?).ok()?;
        let lane = LaneId { region, number };
        Some(Kept {
            lane,
            // Named by the lane and not by the manifest: nothing outside the backup is read.
            file: file(lane),
            seq: value["entries"].as_u64()?,
            hash: value["hash"].as_str()?.to_owned(),
        })
    };
    let lanes = value["lanes"].as_array().ok_or_else(wrong)?;
    let lanes: Option<Vec<Kept>> = lanes.iter().map(kept).collect();
    let lanes = lanes.filter(|lanes| lanes.iter().any(|kept| kept.lane.number == 0));
    Ok((region, lanes.ok_or_else(wrong)?))
}

fn tell(desk: &Desk<'_>, lanes: &[Kept]) {
    for kept in lanes {
        let (lane, entries, hash) = (kept.lane, count(kept.seq), &kept.hash);
        desk.output.line(&format!("{lane}  {entries:>12}  {hash}"));
    }
}

fn present(path: &Path, desk: &Desk<'_>) -> String {
    let path = path.display();
    match desk.lang() {
        Lang::Zh => format!("{path}：已经存在，不会覆盖"),
        Lang::En => format!("{path}: it is there already and is not written over"),
    }
}

fn failed(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
