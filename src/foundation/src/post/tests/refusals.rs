//! Mail servers that refuse, wait, or are not there.

use std::time::{Duration, Instant};

use tokio::{io::AsyncReadExt, net::TcpListener};

use super::{letters::mail, mails::mailer, server::Server};
use crate::post::{Mail, MailSettings, Mailer, settings::Protection};

fn to(people: &[&str]) -> Mail {
    Mail { to: people.iter().map(|name| format!("{name}@client.example")).collect(), ..mail() }
}

#[tokio::test]
async fn refused_recipients_are_told_and_the_others_get_it() {
    let mut server = Server::start("plain").await;
    let sent = mailer(&server, "").send(&to(&["gone", "ada", "busy"])).await.expect("sent");
    let told: Vec<_> = sent.refused.iter().map(|one| (one.to.as_str(), one.why.message.as_str(), one.why.permanent)).collect();
    assert_eq!(told, [("gone@client.example", "550 5.1.1 No such person", true), ("busy@client.example", "450 4.2.1 Busy", false)]);
    assert_eq!(server.next().await["to"], serde_json::json!(["ada@client.example"]));
}

#[tokio::test]
async fn codes_say_whether_to_try_again() {
    let mut server = Server::start("plain").await;
    for (mail, permanent, words) in [
        (to(&["busy"]), false, "450 4.2.1 Busy"),
        (to(&["gone"]), true, "550 5.1.1 No such person"),
        (to(&["gone", "busy"]), false, "550"),
        (to(&["ada", "away"]), false, "421"),
        (Mail { subject: "Refuse this".to_owned(), ..mail() }, true, "554 5.7.1 Not this"),
    ] {
        let refused = mailer(&server, "").send(&mail).await.expect_err(words);
        assert!(refused.permanent == permanent && refused.message.contains(words), "{refused}");
    }
    assert!(server.is_untouched().await);
}

#[tokio::test]
async fn a_wrong_password_is_for_now() {
    let mut server = Server::start("plain").await;
    let refused = mailer(&server, "user:wrong@").send(&mail()).await.expect_err("a wrong password");
    assert!(!refused.permanent && refused.message.contains("user name and password: 535") && !refused.message.contains("wrong"), "{refused}");
    assert!(mailer(&server, "user:right@").send(&mail()).await.is_ok());
    assert_eq!(server.next().await["login"], "user");
}

#[tokio::test]
async fn a_sender_that_is_not_taken_is_the_operators_to_mend() {
    let server = Server::start("plain").await;
    let settings = MailSettings::parse(&format!("smtp://127.0.0.1:{}", server.port), "stranger@portal.example").expect("settings");
    let refused = Mailer::new(settings).expect("a mailer").send(&mail()).await.expect_err("not taken");
    assert!(!refused.permanent && refused.server && refused.message.contains("did not take the sender: 553"), "{refused}");
}

#[tokio::test]
async fn without_starttls_nothing_is_said() {
    let mut server = Server::start("plain").await;
    let mut mailer = mailer(&server, "user:right@");
    mailer.settings.protection = Protection::StartTls;
    mailer.tls = Mailer::new(MailSettings::parse("smtp://mail.example", "a@b.example").expect("settings")).expect("a mailer").tls;
    let refused = mailer.send(&mail()).await.expect_err("no TLS");
    assert!(!refused.permanent && refused.message.contains("did not start TLS"), "{refused}");
    assert!(server.is_untouched().await);
}

#[tokio::test]
async fn a_silent_server_is_left() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let mut mailer = Mailer::new(MailSettings::parse(&format!("smtp://localhost:{port}"), "notices@portal.example").expect("settings")).expect("a mailer");
    mailer.whole = Duration::from_secs(1);
    let (begun, mail) = (Instant::now(), mail());
    let (sent, heard) = tokio::join!(mailer.send(&mail), async {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut heard = Vec::new();
        stream.read_to_end(&mut heard).await.expect("an end");
        heard
    });
    let refused = sent.expect_err("late");
    assert!(!refused.permanent && refused.message.contains("within 1 seconds"), "{refused}");
    assert!(heard.is_empty() && begun.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_for_now() {
    let port = TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("an address").port();
    for host in ["127.0.0.1", "localhost", "nowhere.invalid"] {
        let settings = MailSettings::parse(&format!("smtp://user:sesame@{host}:{port}"), "notices@portal.example").expect("settings");
        let refused = Mailer::new(settings).expect("a mailer").send(&mail()).await.expect_err(host);
        assert!(!refused.permanent && !refused.message.contains("sesame"), "{refused}");
    }
}

#[tokio::test]
async fn an_injection_does_not_even_connect() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let mailer = Mailer::new(MailSettings::parse(&format!("smtp://127.0.0.1:{port}"), "notices@portal.example").expect("settings")).expect("a mailer");
    let refused = mailer.send(&Mail { subject: "a\r\nBcc: eve@evil.example".to_owned(), ..mail() }).await.expect_err("refused");
    assert_eq!((refused.message.as_str(), refused.permanent), ("the subject holds a control character", true));
    assert!(tokio::time::timeout(Duration::from_millis(200), listener.accept()).await.is_err());
}
