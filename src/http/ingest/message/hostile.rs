//! Messages that were written to do harm: each is refused with its status, in a short sentence, quickly and without a panic.

use std::{
    fs,
    time::{Duration, Instant},
};

use domain::devices::limits::FAULTS;
use proptest::prelude::*;

use super::*;

/// Each file is named by the status of its answer.
const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/corpus/inventory/hostile");
const LINUX: &[u8] = include_bytes!("../../../tests/corpus/inventory/fusion-linux.xml");
const GLPI: &[u8] = include_bytes!("../../../tests/corpus/inventory/glpi-computer.json");

fn refused(what: &str, body: &[u8], status: u16) {
    let started = Instant::now();
    let reject = parse(body).err().unwrap_or_else(|| panic!("{what} was taken"));
    assert_eq!(reject.status(), status, "{what}: {reject}");
    assert!(reject.to_string().chars().count() < 100 * FAULTS, "{what}: a long answer");
    assert!(started.elapsed() < Duration::from_secs(5), "{what} took {:?}", started.elapsed());
}

fn xml(hardware: &str, content: &str) -> String {
    format!("<REQUEST><CONTENT><HARDWARE>{hardware}</HARDWARE>{content}</CONTENT><DEVICEID>lab-1</DEVICEID><QUERY>INVENTORY</QUERY></REQUEST>")
}

fn json(content: &str) -> String {
    format!(r#"{{"action":"inventory","deviceid":"lab-1","content":{{"hardware":{{"name":"lab"}},{content}}}}}"#)
}

#[test]
fn the_corpus_is_refused() {
    let mut files = 0;
    for entry in fs::read_dir(CORPUS).expect("the corpus") {
        let path = entry.expect("a file").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        refused(&name, &fs::read(&path).expect("readable"), name[..3].parse().expect("a status"));
        files += 1;
    }
    assert!(files >= 60, "only {files} files");
}

#[test]
fn too_much_of_anything_is_refused() {
    let many = |what: &str, times: usize| what.repeat(times);
    let package = "<SOFTWARES><NAME>p</NAME></SOFTWARES>";
    let network = "<NETWORKS><DESCRIPTION>eth0</DESCRIPTION></NETWORKS>";
    for (what, body, status) in [
        ("a long name", xml(&format!("<NAME>{}</NAME>", many("x", 1 << 20)), ""), 422),
        ("a long name of wide characters", xml(&format!("<NAME>{}</NAME>", many("\u{1f41f}", 256)), ""), 422),
        ("a long device id", xml("<NAME>lab</NAME>", "").replace("lab-1", &many("x", 1 << 20)), 422),
        ("many packages", xml("<NAME>lab</NAME>", &many(package, 100_000)), 422),
        ("many processors", xml("<NAME>lab</NAME>", &many("<CPUS></CPUS>", 100_000)), 422),
        ("many drives", xml("<NAME>lab</NAME>", &many("<DRIVES/>", 513)), 422),
        ("many addresses", xml("<NAME>lab</NAME>", &many(network, 100_000)), 422),
        ("deep XML", many("<REQUEST>", 10_000), 400),
        ("deep XML inside", xml("<NAME>lab</NAME>", &many("<A>", 10_000)), 400),
        ("a long name of an element", format!("<REQUEST><{0}></{0}x>", many("a", 10 << 20)), 400),
        ("a long attribute", format!("<REQUEST a='{}", many("a", 10 << 20)), 400),
        ("a long query", xml("", "").replace("INVENTORY", &many("x", 10 << 20)), 415),
        ("many attributes", format!("<REQUEST {}>", (0..100_000).map(|at| format!("a{at}='' ")).collect::<String>()), 400),
        ("a long text", format!("<REQUEST>{}", many("x", 10 << 20)), 400),
        ("deep JSON", many("[", 100_000), 400),
        ("deep JSON objects", many("{\"content\":", 100_000), 400),
        ("deep JSON in a text", json(&format!("\"bios\":{{\"ssn\":{}}}", many("[", 100_000))), 400),
        ("deep JSON in what is skipped", json(&format!("\"x\":{}", many("[", 100_000))), 400),
        ("many packages as JSON", json(&format!("\"softwares\":[{{\"name\":\"p\"}}{}]", many(",{\"name\":\"p\"}", 100_000))), 422),
        ("many processors as JSON", json(&format!("\"cpus\":[{{}}{}]", many(",{}", 100_000))), 422),
        ("a long text as JSON", json(&format!("\"bios\":{{\"ssn\":\"{}\"}}", many("ab", 5 << 20))), 422),
        ("a long action as JSON", json("\"x\":1").replace("inventory", &many("x", 10 << 20)), 415),
    ] {
        refused(what, body.as_bytes(), status);
    }
}

#[test]
fn what_is_only_counted_may_be_long() {
    let body = xml("<NAME>lab</NAME>", &"<ENVS><KEY>k</KEY><VAL>v</VAL></ENVS>".repeat(100_000));
    let Ok(Message::Inventory { report, .. }) = parse(body.as_bytes()) else { panic!("an inventory") };
    assert_eq!(report.dropped.environment, 100_000);
    let body = json(&format!("\"envs\":[1{}]", ",\"x\"".repeat(99_999)));
    let Ok(Message::Inventory { report, .. }) = parse(body.as_bytes()) else { panic!("an inventory") };
    assert_eq!(report.dropped.environment, 100_000);
}

#[test]
fn a_message_that_ends_early_is_refused_wherever_it_ends() {
    for whole in [LINUX, GLPI] {
        let end = whole.trim_ascii_end().len();
        for at in (0..end).step_by(7).chain([end - 1]) {
            refused(&format!("the first {at} bytes"), &whole[..at], 400);
        }
    }
}

proptest! {
    #[test]
    fn no_bytes_panic(body in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = parse(&body);
    }

    #[test]
    fn no_damage_panics(at in any::<prop::sample::Index>(), length in 0_usize..40, with in prop::collection::vec(any::<u8>(), 0..40), xml in any::<bool>()) {
        let whole = if xml { LINUX } else { GLPI };
        let from = at.index(whole.len());
        let to = (from + length).min(whole.len());
        if let Err(reject) = parse(&[&whole[..from], &with, &whole[to..]].concat()) {
            prop_assert!((400..500).contains(&reject.status()));
        }
    }

    #[test]
    fn no_soup_of_tags_panics(words in prop::collection::vec(prop::sample::select(vec![
        "<REQUEST>", "</REQUEST>", "<CONTENT>", "</CONTENT>", "<HARDWARE>", "</HARDWARE>", "<NAME>", "</NAME>", "<CPUS>", "</CPUS>", "<SPEED>", "</SPEED>",
        "<TIMEZONE>", "<QUERY>INVENTORY</QUERY>", "<DEVICEID>a</DEVICEID>", "x", "&lt;", "&#x202e;", "&#1;", "<!--", "-->", "<![CDATA[", "]]>", "<?x?>", "<A/>",
    ]), 0..60)) {
        let _ = parse(words.concat().as_bytes());
    }
}
