//! What is on disk: bounded, private, and held by one agent.

use std::{fs, os::unix::fs::PermissionsExt};

use domain::{Moment, devices::Report};
use portico_agent::{
    buffer::{Buffer, MOST_BYTES, MOST_FILES},
    state::{BadState, Lock, Sequence, write_private},
};

use crate::stage::Folder;

fn named(hostname: String) -> Report {
    let mut report = Report::default();
    report.identity.hostname = hostname;
    report
}

fn names(buffer: &mut Buffer) -> Vec<String> {
    let next = || {
        let waiting = buffer.oldest()?;
        buffer.remove(&waiting);
        Some(waiting.report.identity.hostname)
    };
    std::iter::from_fn(next).collect()
}

fn folder() -> Folder {
    let folder = Folder::new();
    fs::create_dir_all(&folder.0).expect("folder");
    folder
}

#[test]
fn the_oldest_reports_give_way_to_the_newest() {
    let folder = folder();
    let mut buffer = Buffer::open(&folder.0).expect("buffer");
    (0..MOST_FILES + 2).for_each(|number| buffer.push(named(number.to_string())));
    assert_eq!(buffer.len(), MOST_FILES);
    let mut again = Buffer::open(&folder.0).expect("buffer");
    assert_eq!(names(&mut again), (2..MOST_FILES + 2).map(|number| number.to_string()).collect::<Vec<_>>());
}

#[test]
fn large_reports_are_bounded_by_their_bytes() {
    let folder = folder();
    let mut buffer = Buffer::open(&folder.0).expect("buffer");
    let half = usize::try_from(MOST_BYTES / 2).expect("fits");
    ["a", "b", "c"].into_iter().for_each(|letter| buffer.push(named(letter.repeat(half))));
    assert_eq!(names(&mut buffer).iter().map(|name| &name[..1]).collect::<Vec<_>>(), ["c"]);
}

#[test]
fn a_damaged_file_does_not_block_the_others() {
    let folder = folder();
    let mut buffer = Buffer::open(&folder.0).expect("buffer");
    ["a", "b"].into_iter().for_each(|name| buffer.push(named(name.into())));
    fs::write(folder.0.join("buffer/00000000000000000000.json"), "{").expect("written");
    assert_eq!(names(&mut buffer), ["b"]);
}

#[test]
fn a_report_that_the_disk_refuses_is_kept_in_memory() {
    let folder = folder();
    let mut buffer = Buffer::open(&folder.0).expect("buffer");
    fs::remove_dir(folder.0.join("buffer")).expect("removed");
    buffer.push(named("a".into()));
    assert_eq!((buffer.len(), names(&mut buffer)), (1, vec!["a".to_owned()]));
    assert!(buffer.is_empty());
}

#[test]
fn files_are_for_their_owner_only() {
    let folder = folder();
    let path = folder.0.join("state.json");
    fs::write(&path, "old").expect("written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("widened");
    write_private(&path, b"new").expect("written");
    drop(Lock::take(&folder.0).expect("lock"));
    let mode = |path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!((mode(&path), mode(&folder.0), fs::read(&path).expect("read")), (0o600, 0o700, b"new".to_vec()));
    assert!(!path.with_extension("tmp").exists());
}

#[test]
fn a_folder_has_one_agent() {
    let folder = folder();
    let lock = Lock::take(&folder.0).expect("lock");
    assert!(matches!(Lock::take(&folder.0), Err(BadState::Locked(_))));
    drop(lock);
    assert!(Lock::take(&folder.0).is_ok());
}

#[test]
fn a_sequence_never_repeats() {
    let folder = folder();
    let open = || Sequence::open(&folder.0, Moment(1_790_000_000_000)).expect("sequence");
    let mut sequence = open();
    assert_eq!((sequence.advance().expect("1"), sequence.advance().expect("2")), (1_790_000_000_001, 1_790_000_000_002));
    assert_eq!(open().advance().expect("3"), 1_790_000_000_003);
    fs::write(folder.0.join("sequence"), "damaged").expect("written");
    assert!(open().advance().expect("4") > 1_790_000_000_000);
}
