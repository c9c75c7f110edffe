//! The agent and the server are each ended at random moments of many commands: none is lost, and none is done twice.

use std::time::Duration;

use super::{Agent, ask_script, ended, eventually, is};
use crate::{
    agents::words,
    harness::{Browser, NORTHWIND},
    running::Running,
};

/// Commands of a round; each writes one line.
const COMMANDS: usize = 12;
const KILLS: u64 = 20;

async fn asked(owner: &mut Browser, agent: &Agent, log: &str) -> Vec<String> {
    let mut pages = Vec::new();
    for n in 0..COMMANDS {
        pages.push(ask_script(owner, &agent.path(), &format!("echo {n} >> {log}; sleep 0.3")).await);
    }
    pages
}

/// How often each command wrote its line.
fn written(log: &str) -> Vec<usize> {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    (0..COMMANDS).map(|n| text.lines().filter(|line| *line == n.to_string()).count()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_that_is_killed_twenty_times_does_nothing_twice() {
    let server = Running::start(&["--allow-path-tenants"]).await;
    let mut owner = server.browser(NORTHWIND);
    assert_eq!(owner.sign_in("owner@northwind.example", super::PASSWORD).await.status, 303);
    let mut agent = Agent::start(server.port(), &server.key("Harbour Street Lab").await, &["--allow-changes"]).await;
    agent.listens(&mut owner).await;
    let log = agent.folder.join("log").display().to_string();
    let pages = asked(&mut owner, &agent, &log).await;
    for _ in 0..KILLS {
        tokio::time::sleep(Duration::from_millis(rand::random_range(50..400))).await;
        agent.kill().await;
        agent.run();
    }
    for page in &pages {
        let end = ended(&mut owner, page).await;
        assert!(is(&end, "Done") || end.body.contains("what it did is not known"), "{}", words(&end.body));
    }
    let times = written(&log);
    assert!(times.iter().all(|times| *times <= 1), "done twice: {times:?}");
    assert!(times.iter().sum::<usize>() >= COMMANDS / 4, "{times:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_killed_twenty_times_loses_nothing() {
    let mut server = Running::start(&["--allow-path-tenants"]).await;
    let mut owner = server.browser(NORTHWIND);
    assert_eq!(owner.sign_in("owner@northwind.example", super::PASSWORD).await.status, 303);
    let agent = Agent::start(server.port(), &server.key("Harbour Street Lab").await, &["--allow-changes"]).await;
    agent.listens(&mut owner).await;
    let log = agent.folder.join("log").display().to_string();
    let pages = asked(&mut owner, &agent, &log).await;
    for _ in 0..KILLS {
        tokio::time::sleep(Duration::from_millis(rand::random_range(50..400))).await;
        server = server.kill_and_start().await;
    }
    for page in &pages {
        eventually("the page opens", || async { owner.clone().get(page).await.status == 200 }).await;
        let end = ended(&mut owner, page).await;
        assert!(is(&end, "Done"), "{}", words(&end.body));
    }
    assert_eq!(written(&log), vec![1; COMMANDS], "each once");
}
