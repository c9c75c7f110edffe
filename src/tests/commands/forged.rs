//! An agent that is played by hand: what it may say, what it may not, and what it gets.

use std::time::{Duration, Instant};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{
    commands::{COMMANDS_PATH, Done, MOST_OUTPUT, Order, Poll, Told, Turn, order_message},
    ids::CommandId,
};
use ed25519_dalek::{Signature, VerifyingKey};

use super::{CLIENT, ask, ask_script, is};
use crate::{
    agents::{Signer, refusal, words},
    harness::{Answer, BLUEFIN, NORTHWIND, TestApp},
};

/// An agent without a program.
pub struct Hand(pub Signer);

impl Hand {
    pub fn path(&self) -> String {
        format!("/devices/{}/commands", self.0.device)
    }

    pub async fn send(&self, app: &TestApp, host: &str, poll: &Poll) -> Answer {
        let body = serde_json::to_vec(poll).expect("JSON");
        self.0.sign_to(COMMANDS_PATH, &body, app.clock.now(), 1).send(app, host).await
    }

    pub async fn poll(&self, app: &TestApp, allows_changes: bool, have: Vec<CommandId>, told: Vec<Told>) -> Turn {
        let answer = self.send(app, NORTHWIND, &Poll { allows_changes, wait_s: 0, have, told }).await;
        assert_eq!(answer.status, 200, "{}", words(&answer.body));
        serde_json::from_str(&answer.body).expect("a turn")
    }
}

pub fn progress(id: CommandId, number: u32, app: &TestApp) -> Told {
    Told { id, number, at: app.clock.now(), progress: None, output: Some("so far".into()), cut: false, done: None }
}

fn ended(id: CommandId, number: u32, well: bool, app: &TestApp) -> Told {
    Told { done: Some(Done { well, code: Some(i32::from(!well)), ..Done::default() }), ..progress(id, number, app) }
}

async fn hand(app: &TestApp, name: &str) -> Hand {
    let hand = Hand(Signer::enrol(app, &app.key(CLIENT, &[]).await, name).await);
    hand.poll(app, true, vec![], vec![]).await;
    hand
}

fn is_signed(order: &Order, key: &str) -> bool {
    let bytes = |text: &str| BASE64_URL_SAFE_NO_PAD.decode(text).expect("base64url");
    let key = VerifyingKey::from_bytes(&bytes(key).try_into().expect("32 bytes")).expect("a key");
    let signature = Signature::from_slice(&bytes(&order.signature)).expect("a signature");
    key.verify_strict(order_message(order.id, order.agent, order.expires_at, &order.spec).as_bytes(), &signature).is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_is_signed_for_its_device_and_comes_to_no_other() {
    let app = TestApp::start().await;
    let (one, two, mut owner) = (hand(&app, "one").await, hand(&app, "two").await, app.owner().await);
    let page = ask_script(&mut owner, &one.path(), "id").await;
    assert!(two.poll(&app, true, vec![], vec![]).await.orders.is_empty(), "another device gets nothing");
    assert_eq!(refusal(&one.send(&app, BLUEFIN, &Poll::default()).await), (401, "credential".into()), "nor another tenant");
    let turn = one.poll(&app, true, vec![], vec![]).await;
    let order = turn.orders.first().expect("an order");
    assert!(is_signed(order, &turn.server_key) && order.agent == one.0.key);
    assert_eq!(two.poll(&app, true, vec![], vec![]).await.server_key, turn.server_key, "one key for the tenant");
    let again = one.poll(&app, true, vec![], vec![]).await;
    assert_eq!(again.orders, turn.orders, "whoever lost the answer gets it again");
    assert!(one.poll(&app, true, vec![order.id], vec![]).await.orders.is_empty(), "whoever has it does not");

    two.poll(&app, true, vec![], vec![ended(order.id, 9, true, &app)]).await;
    assert!(is(&owner.get(&page).await, "Fetched"), "what another device says of it is nothing");
    one.poll(&app, true, vec![], vec![progress(order.id, 1, &app)]).await;
    assert!(is(&owner.get(&page).await, "Running"));
    one.poll(&app, true, vec![], vec![ended(order.id, 2, false, &app)]).await;
    one.poll(&app, true, vec![], vec![ended(order.id, 2, true, &app), ended(order.id, 1, true, &app)]).await;
    assert!(is(&owner.get(&page).await, "Failed"), "what was said once is not taken back by an older word");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_hostile_agent_says_is_bounded_text() {
    let app = TestApp::start().await;
    let (hand, mut owner) = (hand(&app, "hostile").await, app.owner().await);
    let page = ask_script(&mut owner, &hand.path(), "id").await;
    let id = hand.poll(&app, true, vec![], vec![]).await.orders[0].id;
    let evil = "</pre><script>alert(1)</script>\0\u{1b}[2J";
    let told = Told {
        output: Some(format!("{}{evil}", "\u{1f4a3}".repeat(100_000))),
        progress: Some(evil.repeat(100)),
        done: Some(Done { well: false, code: Some(i32::MIN), reason: Some(evil.repeat(1_000)), ..Done::default() }),
        at: domain::Moment(i64::MAX),
        ..progress(id, u32::MAX, &app)
    };
    hand.poll(&app, true, vec![], vec![told]).await;
    let answer = owner.get(&page).await;
    assert!(is(&answer, "Failed") && !answer.body.contains("<script>alert") && answer.body.len() < 4 * MOST_OUTPUT, "{}", answer.body.len());
    assert_eq!(owner.get(&hand.path()).await.status, 200);
    let many = vec![progress(id, 1, &app); 101];
    assert_eq!(hand.send(&app, NORTHWIND, &Poll { told: many, ..Poll::default() }).await.status, 422);
    let have = vec![id; 21];
    assert_eq!(hand.send(&app, NORTHWIND, &Poll { have, ..Poll::default() }).await.status, 422);
    let unknown = hand.0.sign_to(COMMANDS_PATH, b"{\"allows_changes\":true,\"wait_s\":0,\"tenant\":\"x\"}", app.clock.now(), 1).send(&app, NORTHWIND).await;
    assert_eq!(unknown.status, 400, "{}", words(&unknown.body));
    let report = hand.0.sign(b"{}", app.clock.now(), 1);
    assert_eq!(refusal(&report.to(COMMANDS_PATH).send(&app, NORTHWIND).await), (401, "credential".into()), "signed for another path");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_waits_is_woken_by_work() {
    let app = TestApp::start().await;
    let (hand, mut owner) = (hand(&app, "patient").await, app.owner().await);
    let begun = Instant::now();
    let poll = Poll { allows_changes: true, wait_s: 20, ..Poll::default() };
    let waiting = hand.send(&app, NORTHWIND, &poll);
    let asking = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        ask(&mut owner, &hand.path(), &[("kind", "collect")]).await
    };
    let (answer, _) = tokio::join!(waiting, asking);
    let turn: Turn = serde_json::from_str(&answer.body).expect("a turn");
    assert_eq!(turn.orders.len(), 1);
    assert!(begun.elapsed() < Duration::from_secs(15), "it was woken, and did not wait its time out");
}
