//! The agent, or the whole machine, is ended at random moments of an installation: each ends in a named state, and nothing is done twice.

use std::time::Duration;

use domain::patching::outcome::FailureClass;

use crate::{changes, ends, install, machine::Machine, outcome, portal::Portal, request};

const ROUNDS: u64 = 20;
/// An installation of the packages takes about this long, from the moment it was given.
const LENGTH: Duration = Duration::from_millis(4_400);

/// A number below `below`, by xorshift.
fn random(seed: &mut u64, below: u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed % below
}

#[tokio::test]
async fn ended_at_any_moment_it_says_what_is_there() {
    let mut seed = std::time::UNIX_EPOCH.elapsed().expect("a time").as_nanos() as u64 | 1;
    println!("seed {seed}");
    let mut kinds = std::collections::BTreeMap::<String, u32>::new();
    for round in 0..ROUNDS {
        let (power, bad) = (round % 4 == 3, round % 3 == 2);
        let step = LENGTH / u32::try_from(ROUNDS).expect("few");
        let moment = step * u32::try_from(round).expect("few") + Duration::from_micros(random(&mut seed, 220_000));
        let kind = one(moment, power, bad).await;
        println!("round {round}: {} after {} ms: {kind}", if power { "power cut" } else { "agent killed" }, moment.as_millis());
        *kinds.entry(kind).or_default() += 1;
    }
    println!("{kinds:?}");
    assert!(kinds.len() > 1, "the moments were all the same: {kinds:?}");
}

async fn one(moment: Duration, power: bool, bad: bool) -> String {
    let portal = Portal::open().await;
    let mut machine = Machine::fresh(&portal.url);
    let before = machine.packages();
    machine.start_agent("--allow-changes");
    let names = if bad { vec!["good", "slow-1", "bad", "slow-2", "safe"] } else { vec!["good", "slow-1", "slow-2", "safe"] };
    let asked = request(&names, 1, None);
    let id = portal.ask(&install(&asked));
    portal.fetched(id).await;
    tokio::time::sleep(moment).await;
    if power {
        machine.power_cut()
    } else {
        machine.kill_agent()
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    machine.start_agent("--allow-changes");

    let said = outcome(&asked, &portal.done(id).await);
    let after = machine.packages();
    for (name, end) in ends(&said) {
        let state = after.get(&format!("portico-{name}")).map(String::as_str);
        assert_eq!(end.is_ok(), state == Some("ii 1.1"), "{name} {end:?} {state:?} {power} {moment:?}");
        let named = matches!(end, Ok("installed") | Err(FailureClass::Interrupted | FailureClass::Script));
        assert!(named, "{name} {end:?} {state:?} {power} {moment:?}");
    }
    let strange: Vec<_> =
        after.iter().filter(|(name, state)| before.get(*name) != Some(state) && !asked.packages().iter().any(|wanted| wanted.key().name == **name)).collect();
    assert!(strange.is_empty() && after.len() == before.len(), "{strange:?}");
    assert!(bad || changes(&machine, id) <= 1, "it was done twice");

    // Whoever tries again gets all that can be had, whatever was left half done.
    let again = request(&names, 2, None);
    let done = portal.done(portal.ask(&install(&again))).await;
    let retried = outcome(&again, &done);
    for (name, end) in ends(&retried) {
        assert_eq!(end.is_ok(), name != "bad", "{name} {end:?} {power} {moment:?} {:?}", done.reason);
    }
    let installed = ends(&said).iter().filter(|(_, end)| end.is_ok()).count();
    format!("{installed} of {} installed", names.len())
}
