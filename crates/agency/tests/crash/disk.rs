//! A disk that is full and has room again, and one that is read-only: a small disk in memory, mounted where no other process sees it.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use agency::{Agency, AgencyError, Options, Place, Refused, Request};
use domain::person::Status;
use jiff::civil::date;
use store::StoreError;

use crate::house::mirror::Mirror;
use crate::house::{HOSPITAL, enrol, enrolled, institutions, options, outpatient, pay, settle};
use crate::myself;

/// In a process with mounts of its own, which go with it. As root this works wherever mounting is allowed; others need user namespaces.
pub(crate) fn full_and_read_only() {
    let root = tempfile::tempdir().unwrap();
    let out = Command::new("unshare")
        .args(["--map-root-user", "--mount"])
        .arg(myself().get_program())
        .args(["disk".as_ref(), root.path().as_os_str()])
        .output()
        .unwrap();
    let (said, complained) = (
        String::from_utf8_lossy(&out.stdout),
        String::from_utf8_lossy(&out.stderr),
    );
    print!("{said}");
    assert!(out.status.success(), "{complained}");
}

/// The part within.
pub(crate) fn inside(root: &Path) {
    let disk = root.join("disk");
    fs::create_dir(&disk).unwrap();
    mount(&["-t", "tmpfs", "-o", "size=96m", "tmpfs"], &disk);
    let options = Options {
        place: Place::Directory(disk.join("data")),
        ..options(root, "310000")
    };
    full(&options, &disk);
    read_only(&options, &disk);
    let unmounted = Command::new("umount").arg(&disk).status().unwrap();
    assert!(unmounted.success());
}

fn full(options: &Options, disk: &Path) {
    let agency = Agency::create(options, 2).unwrap();
    agency.list_institutions(institutions("310000")).unwrap();
    let people: Vec<u64> = (0..8)
        .map(|n| agency.find(&format!("person {n}")).0)
        .collect();
    for &person in &people {
        let enrolment = enrol(enrolled(Status::Active, date(2024, 1, 1)));
        agency.call(Request::plain(person, enrolment)).unwrap();
        let paid = pay(202_401, 202_412, date(2024, 1, 10));
        agency.call(Request::plain(person, paid)).unwrap();
    }
    let ballast = disk.join("ballast");
    fill(&ballast);
    let bill = |n: u64| {
        let person = people[n as usize % people.len()];
        let care = outpatient(HOSPITAL, date(2024, 3, 1), 100 + n);
        Request::keyed(person, format!("H:{n}"), settle(care))
    };
    // What is left in the files' last pages may take a few more.
    let mut taken = 0;
    let mut refused = 0;
    for n in 0..400 {
        match agency.call(bill(n)) {
            Ok(_) => {
                assert!(taken < 300, "the disk is not full");
                taken += 1;
            }
            Err(Refused::Unavailable(why)) => {
                assert!(why.contains("the disk is full"), "{why}");
                refused += 1;
            }
            Err(other) => panic!("{other:?}"),
        }
    }
    assert!(refused > 50, "{refused} of 400 were refused");
    let lane = agency.lane_of(people[0]);
    let read = agency.read(lane, |store| store.head());
    assert!(
        matches!(read, Ok(_) | Err(StoreError::Full { .. })),
        "{read:?}"
    );
    // Room is made, and nobody opens anything by hand.
    fs::remove_file(&ballast).unwrap();
    for n in 0..400 {
        agency.call(bill(n)).unwrap();
    }
    assert_eq!(agency.settle_messages().unwrap(), 0);
    let mirror = Mirror::of(&agency);
    assert_eq!(mirror.seen["settlement"], 400, "each bill once");
    println!(
        "a full disk: {taken} of 400 bills were still taken, {refused} refused; with room again each stands once"
    );
}

/// Until not another byte fits.
fn fill(path: &Path) {
    let mut file = File::create(path).unwrap();
    for chunk in [1 << 16, 1 << 12, 1] {
        let bytes = vec![0_u8; chunk];
        while file.write(&bytes).is_ok_and(|written| written > 0) {}
    }
}

fn read_only(options: &Options, disk: &Path) {
    let remount = |how: &str| mount(&["-o", &format!("remount,{how}")], disk);
    remount("ro");
    match Agency::open(options).map(drop) {
        Err(AgencyError::Store(error @ StoreError::ReadOnly { .. })) => {
            println!("a read-only disk: {error}");
        }
        other => panic!("a read-only disk was opened: {other:?}"),
    }
    remount("rw");
    Mirror::of(&Agency::open(options).unwrap());
}

fn mount(arguments: &[&str], at: &Path) {
    let mounted = Command::new("mount").args(arguments).arg(at).status();
    assert!(
        mounted.unwrap().success(),
        "cannot mount at {}",
        at.display()
    );
}
