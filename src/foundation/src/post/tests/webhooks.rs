//! Webhooks against a real receiver.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use super::{
    NOW,
    receiver::{Answers, Receiver, Then, answer},
    server::Server,
};
use crate::post::{Allow, NotSent, Webhooks, names::System, signature, webhook::Limits};

const BODY: &[u8] = br#"{"title":"Disk C: is full"}"#;
const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";
const SHORT: Limits = Limits { connect: Duration::from_millis(800), whole: Duration::from_secs(1) };

fn webhooks() -> Webhooks {
    Webhooks::with(Allow::Loopback, SHORT, Arc::new(System), &[]).expect("a sender")
}

async fn post(url: &str) -> Result<u16, NotSent> {
    webhooks().post(url, BODY, "ntc_1", SECRET, NOW).await
}

#[test]
fn the_signature_is_what_others_compute() {
    // Computed with: printf 'ntc_1.1791183600123.{"title":"Disk C: is full"}' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef -binary | base64
    assert_eq!(signature("ntc_1", NOW, BODY, SECRET).expect("signed"), "v1,v3N6jli7zwJy/bvfmyx/bRsgz3JqzeLN+VD4tavbd4o=");
    assert!(signature("ntc_1", NOW, BODY, b"").is_err());
}

#[tokio::test]
async fn a_post_is_taken() {
    let mut receiver = Receiver::start(answer("202 Accepted")).await;
    assert_eq!(post(&receiver.url()).await, Ok(202));
    let request = receiver.next().await;
    assert!(request.head.starts_with("POST /in?token=quiet HTTP/1.1\r\n"), "{}", request.head);
    assert_eq!(request.body, BODY);
    let expected = signature("ntc_1", NOW, BODY, SECRET).expect("signed");
    for (name, value) in [("content-type", "application/json"), ("portico-id", "ntc_1"), ("portico-time", "1791183600123"), ("portico-signature", &expected)] {
        assert_eq!(request.header(name), Some(value));
    }
    for name in ["cookie", "referer", "authorization"] {
        assert_eq!(request.header(name), None);
    }
}

#[tokio::test]
async fn cookies_are_not_kept() {
    let (webhooks, mut receiver) = (webhooks(), Receiver::start(answer("200 OK")).await);
    for _ in 0..2 {
        assert_eq!(webhooks.post(&receiver.url(), BODY, "ntc_1", SECRET, NOW).await, Ok(200));
        assert_eq!(receiver.next().await.header("cookie"), None);
    }
}

#[tokio::test]
async fn the_status_says_whether_to_try_again() {
    for (status, permanent) in [
        ("500 No", false),
        ("503 No", false),
        ("429 No", false),
        ("408 No", false),
        ("425 No", false),
        ("400 No", true),
        ("401 No", true),
        ("404 No", true),
        ("410 No", true),
    ] {
        let refused = post(&Receiver::start(answer(status)).await.url()).await.expect_err(status);
        assert_eq!(refused, NotSent { message: format!("the receiver answered {}", &status[..3]), permanent, server: false });
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let mut inner = Receiver::start(answer("200 OK")).await;
    for code in ["301", "302", "303", "307", "308"] {
        let outer = Receiver::start(Then::Answer(format!("HTTP/1.1 {code} Away\r\nlocation: {}\r\ncontent-length: 0\r\n\r\n", inner.url()))).await;
        let refused = post(&outer.url()).await.expect_err(code);
        assert!(refused.permanent && refused.message.contains(code), "{refused}");
    }
    assert!(inner.is_untouched());
}

#[tokio::test]
async fn answers_are_neither_read_nor_told() {
    let begun = Instant::now();
    assert_eq!(post(&Receiver::start(Then::Flood).await.url()).await, Ok(200));
    assert!(begun.elapsed() < Duration::from_secs(3));
    let told = Then::Answer("HTTP/1.1 500 Inner-secret\r\ncontent-length: 12\r\n\r\ninner-secret".to_owned());
    let refused = post(&Receiver::start(told).await.url()).await.expect_err("500");
    assert_eq!(refused.message, "the receiver answered 500");
}

#[tokio::test]
async fn faults_are_for_now_and_hide_the_url() {
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("an address").port();
    for (url, words) in [
        (Receiver::start(Then::Wait).await.url(), "did not answer within 1 seconds"),
        (Receiver::start(Then::HangUp).await.url(), "broke"),
        (Receiver::start(Then::Answer("no http\r\n\r\n".to_owned())).await.url(), "broke"),
        (format!("http://127.0.0.1:{closed}/in?token=quiet"), "no connection"),
    ] {
        let refused = post(&url).await.expect_err(words);
        assert!(!refused.permanent && refused.message.contains(words) && !refused.message.contains("quiet"), "{refused}");
    }
}

#[tokio::test]
async fn a_host_that_leads_inside_is_refused() {
    for found in
        [&["10.0.0.1"][..], &["127.0.0.1"], &["8.8.8.8", "192.168.1.1"], &["::ffff:10.0.0.1"], &["64:ff9b::7f00:1"], &["169.254.169.254"], &["fe80::1"]]
    {
        let webhooks = Webhooks::with(Allow::PublicOnly, SHORT, Arc::new(Answers::new(&[found])), &[]).expect("a sender");
        let refused = webhooks.post("https://hook.example:8443/", BODY, "ntc_1", SECRET, NOW).await.expect_err("refused");
        assert_eq!(refused, NotSent::permanently("the webhook's host leads to an address that is not public"), "{found:?}");
    }
    let nothing = Webhooks::with(Allow::PublicOnly, SHORT, Arc::new(Answers::new(&[&[]])), &[]).expect("a sender");
    assert!(!nothing.post("https://hook.example/", BODY, "ntc_1", SECRET, NOW).await.expect_err("no address").permanent);
}

#[tokio::test]
async fn https_is_checked_and_each_post_is_judged_by_its_own_answer() {
    let mut server = Server::start("https").await;
    let url = format!("https://hook.example:{}/in", server.port);
    let root = reqwest::Certificate::from_pem(server.authority.as_bytes()).expect("a certificate");
    let names = || Arc::new(Answers::new(&[&["127.0.0.1"], &["10.0.0.1"]]));
    let trusting = Webhooks::with(Allow::Loopback, SHORT, names(), &[root]).expect("a sender");
    assert_eq!(trusting.post(&url, BODY, "ntc_1", SECRET, NOW).await, Ok(204));
    assert_eq!(server.next().await["head"], "POST /in HTTP/1.1");
    assert!(trusting.post(&url, BODY, "ntc_1", SECRET, NOW).await.expect_err("the second answer leads inside").permanent);
    let strict = Webhooks::with(Allow::Loopback, SHORT, names(), &[]).expect("a sender");
    let refused = strict.post(&url, BODY, "ntc_1", SECRET, NOW).await.expect_err("an unknown authority");
    assert!(!refused.permanent && refused.message.contains("certificate"), "{refused}");
}

#[tokio::test]
async fn ids_that_are_no_ids_are_refused() {
    for id in ["", "a.b", "a\r\nx: y", "ü", &"a".repeat(101)] {
        assert!(webhooks().post("https://127.0.0.1:9/", BODY, id, SECRET, NOW).await.expect_err(id).permanent);
    }
    assert!(webhooks().post("https://127.0.0.1:9/", BODY, "ntc_1", b"", NOW).await.expect_err("no secret").permanent);
}
