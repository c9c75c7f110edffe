//! Which tenant a host is, and what every answer carries.

use reqwest::Method;

use crate::harness::{NORTHWIND, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn unknown_hosts_learn_nothing() {
    let app = TestApp::start().await;
    for host in ["evil.example", "northwind.localhost.evil.example", "xnorthwind.localhost", "0.0.0.0", "127.0.0.2"] {
        let answer = app.anon(host).get("/").await;
        assert_eq!((answer.status, answer.body.as_str()), (421, ""), "{host}");
    }
    for host in ["NORTHWIND.localhost", "northwind.localhost."] {
        assert_eq!(app.anon(host).get("/sign-in").await.status, 200, "{host}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn forwarded_hosts_count_only_from_our_proxies() {
    let app = TestApp::start().await;
    let forwarded = [("x-forwarded-host", "bluefin.localhost"), ("accept", "text/html")];
    let page = app.anon(NORTHWIND).send(Method::GET, "/sign-in", &forwarded, Vec::new()).await;
    assert!(page.body.contains("Northwind IT") && !page.body.contains("Bluefin"));
    let proxied = TestApp::start_with(&["--trusted-proxies", "127.0.0.1"]).await;
    let page = proxied.anon(NORTHWIND).send(Method::GET, "/sign-in", &forwarded, Vec::new()).await;
    assert!(page.body.contains("Bluefin Managed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_carries_the_headers() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    for path in ["/", "/devices", "/clients", "/account/sessions", "/sign-in", "/nothing"] {
        let answer = owner.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe-inline"), "{path}: {policy}");
        assert_eq!(answer.header("cache-control"), "private, no-store", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert_eq!(answer.header("strict-transport-security"), "", "only under https");
        assert!(!answer.body.contains(" style=") && !answer.body.contains("<style"), "{path} has inline style");
        for part in answer.body.split("nonce").skip(1) {
            assert!(part.starts_with("=\""), "the nonce stands only where scripts need it: {path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_on_a_tenants_host_names_the_vendor() {
    let app = TestApp::start().await;
    let (mut owner, mut contact) = (app.owner().await, app.contact().await);
    let device = app.device_of(app.northwind, "Castell Legal").await;
    for path in ["/", "/devices", "/clients", "/account/sessions", "/nothing", "/devices/export", &format!("/devices/{device}/software")] {
        for browser in [&mut owner, &mut contact] {
            let answer = browser.get(path).await;
            let text = format!("{:?} {}", answer.headers, answer.body).to_lowercase().replace("portico-agent", "");
            assert!(
                !text.contains("portico"),
                "{path} names it near: {}",
                text.split("portico").next().unwrap_or_default().chars().rev().take(80).collect::<String>().chars().rev().collect::<String>()
            );
        }
    }
    let door = app.anon(NORTHWIND).get("/sign-in").await;
    assert!(!door.body.to_lowercase().replace("portico-demo", "").contains("portico"));
}

#[tokio::test(flavor = "multi_thread")]
async fn spellings_of_a_path_open_nothing_more() {
    let app = TestApp::start().await;
    let mut anon = app.anon(NORTHWIND);
    for path in [
        "/devices/",
        "//devices",
        "/devices;x",
        "/DEVICES",
        "/devices%2f",
        "/devices/x.css",
        "/./devices",
        "/sign-in/../devices",
        "/%64evices",
        "/devices/export/x",
    ] {
        let answer = anon.get(path).await;
        assert!([303, 404].contains(&answer.status), "{path}: {}", answer.status);
        assert!(!answer.body.contains("BWL-"), "{path} shows devices");
    }
    assert_eq!(app.anon("127.0.0.1").get("/healthz").await.body, "ok: ready\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn raw_requests_with_two_hosts_are_refused() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let app = TestApp::start().await;
    for (head, expected) in [
        ("GET / HTTP/1.1\r\nHost: northwind.localhost\r\nHost: bluefin.localhost\r\nConnection: close\r\n\r\n", "HTTP/1.1 400"),
        ("GET / HTTP/1.1\r\nConnection: close\r\n\r\n", "HTTP/1.1 400"),
        ("GET http://bluefin.localhost/ HTTP/1.1\r\nHost: northwind.localhost\r\nConnection: close\r\n\r\n", "HTTP/1.1 400"),
        ("GET / HTTP/1.1\r\nHost: northwind.localhost/x\r\nConnection: close\r\n\r\n", "HTTP/1.1 400"),
    ] {
        let mut stream = tokio::net::TcpStream::connect(app.address).await.expect("connected");
        stream.write_all(head.as_bytes()).await.expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("answered");
        assert!(answer.starts_with(expected), "{head}: {}", answer.lines().next().unwrap_or_default());
    }
}
