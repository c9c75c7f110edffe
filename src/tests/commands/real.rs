//! The real agent: it does what it may, refuses the rest, and what it printed is on the page.

use super::{Agent, CLIENT, ask, ask_script, ended, is};
use crate::{
    agents::words,
    harness::{BLUEFIN, TestApp},
};

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_that_only_reports_is_no_target_for_more() {
    let app = TestApp::start().await;
    let agent = Agent::start(app.address.port(), &app.key(CLIENT, &[]).await, &[]).await;
    let mut owner = app.owner().await;
    agent.listens(&mut owner).await;
    let page = owner.get(&agent.path()).await.body;
    assert!(page.contains("only reports") && page.contains("Collect now"), "it says what it takes");
    assert!(!page.contains("Run script") && !page.contains("Restart this device") && !page.contains("Scan for updates"), "and offers nothing else");
    for fields in [vec![("kind", "scan_updates")], vec![("kind", "run_script"), ("script", "id"), ("limit", "5"), ("password", super::PASSWORD)]] {
        let answer = owner.post(&agent.path(), &fields).await;
        assert!(answer.status == 409 && answer.body.contains("--allow-changes"), "{fields:?}: {}", answer.status);
    }
    let done = ask(&mut owner, &agent.path(), &[("kind", "collect")]).await;
    assert!(is(&ended(&mut owner, &done).await, "Done"), "reading is done");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_runs_and_what_it_printed_is_shown_to_its_own_people_only() {
    let app = TestApp::start().await;
    let agent = Agent::start(app.address.port(), &app.key(CLIENT, &[]).await, &["--allow-changes"]).await;
    let mut owner = app.owner().await;
    agent.listens(&mut owner).await;
    let page = ask_script(&mut owner, &agent.path(), "echo hello from $((40 + 2))\r\necho '<b>not markup</b>' >&2").await;
    let done = ended(&mut owner, &page).await;
    assert!(is(&done, "Done") && done.body.contains("hello from 42") && done.body.contains("&lt;b&gt;not markup&lt;/b&gt;"), "{}", words(&done.body));
    let failed = ask_script(&mut owner, &agent.path(), "exit 7").await;
    let failed = ended(&mut owner, &failed).await;
    assert!(is(&failed, "Failed") && failed.body.contains("exit status: 7"), "{}", words(&failed.body));
    let loud = ask_script(&mut owner, &agent.path(), "head -c 300000 /dev/zero | tr '\\0' y; echo; echo the end").await;
    let loud = ended(&mut owner, &loud).await;
    assert!(is(&loud, "Done") && loud.body.contains("Only the end") && loud.body.contains("the end\n") && loud.body.len() < 200_000);

    let list = owner.get(&agent.path()).await.body;
    assert!(list.contains("Run script") && list.contains("exit status: 7"));
    assert_eq!(app.scoped().await.get(&page).await.status, 404, "a technician of other clients");
    assert_eq!(app.contact().await.get(&page).await.status, 404, "a contact of another client");
    assert_eq!(app.signed_in(BLUEFIN, "owner@bluefin.example").await.get(&page).await.status, 404);
    let audit = owner.get("/settings/audit?act=command+asked+for").await;
    assert!(audit.status == 200 && audit.body.contains("Run script"), "who asked is in the audit");
}
