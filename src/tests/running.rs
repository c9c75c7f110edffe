//! Running it: the real programs started, asked, stopped, copied and upgraded.

mod backup;
mod process;
mod upgrade;

use std::time::Duration;

pub use process::Running;

use crate::harness::{NORTHWIND, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn a_health_check_says_ready_and_waits_for_no_database() {
    let app = TestApp::start().await;
    let mut probe = app.anon("localhost");
    let ready = probe.get("/healthz").await;
    assert_eq!((ready.status, ready.body.as_str()), (200, "ok: ready\n"));
    assert_eq!(app.anon("nobody.example").get("/healthz").await.status, 200, "on any host");
    // Whoever holds every connection for reading keeps the database from answering.
    let mut held = Vec::new();
    while let Ok(Ok(tenant)) = tokio::time::timeout(Duration::from_millis(300), app.database().enter(&crate::harness::JOB, app.northwind)).await {
        held.push(tenant);
    }
    let started = std::time::Instant::now();
    let busy = probe.get("/healthz").await;
    assert_eq!((busy.status, busy.header("retry-after")), (503, "5"));
    assert!(busy.body.starts_with("not ready") && started.elapsed() < Duration::from_secs(4), "{}", busy.body);
    drop(held);
    assert_eq!(probe.get("/healthz").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_asked_to_stop_finishes_what_it_began() {
    let mut server = Running::start(&[]).await;
    let mut slow = server.slow_sign_in(NORTHWIND).await;
    server.terminate().await;
    server.refuses_connections().await;
    let answer = slow.finish().await;
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    let end = server.end().await;
    assert!(end.success && end.took < Duration::from_secs(9), "{end:?}");
    assert!(end.log.contains("stopping") && end.log.contains("stopped"), "{}", end.log);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_request_is_one_line_without_its_secrets() {
    let mut server = Running::start(&["--log", "json", "--log-level", "debug,sqlx=warn,hyper=warn"]).await;
    let mut owner = server.browser(NORTHWIND);
    assert_eq!(owner.sign_in("owner@northwind.example", "portico-demo").await.status, 303);
    assert_eq!(owner.get("/devices?q=very-private-word").await.status, 200);
    let session = owner.session().expect("a session");
    assert_eq!(owner.get("/very/private/path").await.status, 404);
    assert_eq!(server.browser("private-host.example").get("/healthz").await.status, 200);
    owner.get("/pkg/private-name.css").await;
    owner.get("/devices/dev_00000000000000000000000000000001").await;
    server.terminate().await;
    let end = server.end().await;
    let lines: Vec<serde_json::Value> = end.log.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let answered: Vec<String> = lines
        .iter()
        .filter(|line| line["message"] == "answered" && line["route"] != "/healthz")
        .map(|line| {
            format!(
                "{} {} {} {} {}",
                line["level"].as_str().unwrap_or_default(),
                line["method"].as_str().unwrap_or_default(),
                line["route"].as_str().unwrap_or_default(),
                line["status"],
                line["tenant"].as_str().unwrap_or_default()
            )
        })
        .collect();
    let expected = [
        "INFO POST /sign-in 303 northwind",
        "INFO GET /devices 200 northwind",
        "INFO GET none 404 northwind",
        "INFO GET /pkg/* 404 northwind",
        "INFO GET /devices/{device} 404 northwind",
    ];
    assert_eq!(answered, expected, "one line for each request");
    assert!(lines.iter().filter(|line| line["message"] == "answered").all(|line| line["ms"].is_u64() && line["timestamp"].is_string()));
    for secret in ["very-private", "private-name", "portico-demo", "owner@northwind.example", "private-host", &session] {
        assert!(!end.log.contains(secret), "{secret} is in the log");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_settings_is_read_and_its_faults_are_named() {
    let mut server = Running::start(&[]).await;
    let folder = server.folder();
    let file = folder.join("portico.conf");
    let named = file.to_str().expect("text");
    std::fs::write(&file, "# a comment\nPORTICO_ADDRESS=0.0.0.0\n").expect("written");
    let (success, text) = process::portico(&server.urls(), &["serve", "--config", named]).await;
    assert!(!success && text.contains("PORTICO_ADDRESS 0.0.0.0 can be reached from outside"), "{text}");
    std::fs::write(&file, "PORT=3000\n\nPORTICO_SECRET_SAUCE=hot\n").expect("written");
    let (success, text) = process::portico(&server.urls(), &["serve", "--config", named]).await;
    assert!(!success && text.contains("portico.conf:3: PORTICO_SECRET_SAUCE is not a setting"), "{text}");
    let (success, text) = process::portico(&server.urls(), &["serve", "--config", "/nowhere/portico.conf"]).await;
    assert!(!success && text.contains("cannot read /nowhere/portico.conf"), "{text}");
    let (success, text) = process::portico(&server.urls(), &["--version"]).await;
    assert!(success && text.starts_with(&format!("portico {}", env!("CARGO_PKG_VERSION"))), "{text}");
    server.terminate().await;
    assert!(server.end().await.success);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demo_is_emptied_and_filled_again_and_nothing_else_is() {
    let mut server = Running::start(&[]).await;
    server.terminate().await;
    assert!(server.end().await.success);
    let (success, text) = process::portico(&server.urls(), &["demo", "--reset", "--devices", "12"]).await;
    assert!(success, "{text}");
    let database = server.open().await;
    let front = database.directory().front_of_slug("northwind").await.expect("asked").expect("there again");
    let tenant = database.enter(&crate::harness::JOB, front.tenant).await.expect("entered");
    let counts = tenant.all_device_counts(domain::Moment(0)).await.expect("counts");
    assert!(counts.matching > 0 && counts.matching <= 12, "{counts:?}");
    drop(tenant);
    let brand = front.brand.clone();
    let new = foundation::operator::NewTenant { slug: "real".into(), name: "Real".into(), hosts: vec![], demo: false, brand };
    database.console().provision(new, domain::Moment(1)).await.expect("made");
    database.close().await;
    let (success, text) = process::portico(&server.urls(), &["demo", "--reset"]).await;
    assert!(!success && text.contains("\"real\" is not the demo's; nothing was removed"), "{text}");
    assert!(server.open().await.directory().front_of_slug("real").await.expect("asked").is_some());
}
