//! Mail to a real mail server, and what arrives there.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::json;

use super::{letters::mail, server::Server};
use crate::post::{File, Mail, MailSettings, Mailer};

pub fn mailer(server: &Server, login: &str) -> Mailer {
    Mailer::new(MailSettings::parse(&format!("smtp://{login}127.0.0.1:{}", server.port), "notices@portal.example").expect("settings")).expect("a mailer")
}

#[tokio::test]
async fn a_mail_arrives_as_it_was_written() {
    let mut server = Server::start("plain").await;
    let mail = Mail {
        from_name: "Müller, \"IT\" & Söhne".to_owned(),
        reply_to: Some("help@msp.example".to_owned()),
        to: vec!["ada@client.example".to_owned(), "bob+x@client.example".to_owned()],
        subject: "Die Festplatte „C:“ von Büro-PC läuft über – 磁盘已满 🖴 ".repeat(3),
        text: "Grüße\n.\r\n..zwei\rdrei\0\n.\n\nFrom here\nEnde".to_owned(),
        html: Some("<p>Grüße</p>".to_owned()),
        ..mail()
    };
    assert!(mailer(&server, "").send(&mail).await.expect("sent").refused.is_empty());
    let got = server.next().await;
    assert_eq!(got["from"], "notices@portal.example");
    assert_eq!((&got["to"], &got["shown_to"]), (&json!(mail.to), &json!(mail.to)));
    assert_eq!(got["subject"], mail.subject.trim());
    assert_eq!(got["sender"], json!([mail.from_name, "notices@portal.example"]));
    assert_eq!((&got["reply_to"], &got["id"]), (&json!("help@msp.example"), &json!("<ntc_1@portal.example>")));
    assert_eq!((&got["date"], &got["auto"]), (&json!("2026-10-05T07:00:00+00:00"), &json!("auto-generated")));
    assert_eq!(got["text"].as_str().expect("text").trim_end(), "Grüße\n.\n..zwei\ndrei\n.\n\nFrom here\nEnde");
    assert_eq!(got["html"].as_str().expect("html").trim_end(), "<p>Grüße</p>");
    assert_eq!((&got["ascii"], &got["lone_ends"], &got["hello"]), (&json!(true), &json!(0), &json!("portal.example")));
    assert!(got["longest"].as_u64().expect("a length") < 998, "{}", got["longest"]);
}

#[tokio::test]
async fn odd_names_and_subjects_stay_what_they_are() {
    let mut server = Server::start("plain").await;
    let long = "a".repeat(250);
    for odd in [
        "=?utf-8?q?Your_bank?=",
        "a =?utf-8?b?ZXZl?= ü",
        "eve@evil.example",
        "<eve@evil.example>",
        "\\",
        "\"",
        "a, b; c: (d)",
        "ä",
        "",
        "Bcc: eve@evil.example",
        &long,
        "9",
    ] {
        let sent = mailer(&server, "").send(&Mail { from_name: odd.to_owned(), subject: odd.to_owned(), ..mail() }).await;
        assert!(sent.is_ok_and(|sent| sent.refused.is_empty()), "{odd}");
        let got = server.next().await;
        assert_eq!((&got["subject"], &got["sender"]), (&json!(odd), &json!([odd, "notices@portal.example"])));
        assert_eq!(got["to"], json!(["ada@client.example"]));
        let headers = json!(["from", "subject", "date", "message-id", "auto-submitted", "to", "mime-version", "content-type", "content-transfer-encoding"]);
        assert_eq!(got["headers"], headers, "{odd}");
    }
}

#[tokio::test]
async fn tls_is_used_and_checked() {
    for (kind, protection) in [("starttls", crate::post::settings::Protection::StartTls), ("smtps", crate::post::settings::Protection::Tls)] {
        let mut server = Server::start(kind).await;
        let mut settings = MailSettings::parse(&format!("smtp://user:right@127.0.0.1:{}", server.port), "notices@portal.example").expect("settings");
        settings.protection = protection;
        let mut mailer = Mailer::new(settings).expect("a mailer");
        let refused = mailer.send(&mail()).await.expect_err("an unknown authority");
        assert!(!refused.permanent && refused.message.contains("certificate"), "{refused}");
        let root = lettre::transport::smtp::client::Certificate::from_pem(server.authority.as_bytes()).expect("a certificate");
        let tls = lettre::transport::smtp::client::TlsParameters::builder("127.0.0.1".to_owned()).add_root_certificate(root).build();
        mailer.tls = Some(tls.expect("TLS"));
        assert!(mailer.send(&mail()).await.is_ok_and(|sent| sent.refused.is_empty()), "{kind}");
        let got = server.next().await;
        assert_eq!((&got["tls"], &got["login"]), (&json!(true), &json!("user")));
    }
}

#[tokio::test]
async fn an_attached_file_arrives_as_it_is() {
    let mut server = Server::start("plain").await;
    let bytes: Vec<u8> = (0..200_000_u32).map(|n| u8::try_from(n * 7 % 256).expect("a byte")).collect();
    let file = File { name: "alerts-2026-10.pdf".to_owned(), kind: "application/pdf", bytes: bytes.clone() };
    for html in [None, Some("<p>Attached.</p>".to_owned())] {
        let mail = Mail { html: html.clone(), files: vec![file.clone()], ..mail() };
        assert!(mailer(&server, "").send(&mail).await.expect("sent").refused.is_empty());
        let got = server.next().await;
        assert_eq!(got["files"], json!([["alerts-2026-10.pdf", "application/pdf", STANDARD.encode(&bytes)]]));
        assert_eq!(got["text"].as_str().expect("text").trim_end(), mail.text.trim_end());
        assert_eq!(got["html"].as_str().map(str::trim_end), html.as_deref());
        assert_eq!((&got["ascii"], &got["lone_ends"]), (&json!(true), &json!(0)));
    }
}

#[tokio::test]
async fn files_that_are_too_large_or_have_odd_names_are_refused() {
    let server = Server::start("plain").await;
    for (name, size, message) in [
        ("a.pdf", 5 * 1024 * 1024 + 1, "the attached files are larger than 5 MB"),
        ("../a.pdf", 1, "the name of an attached file is not plain"),
        ("a\r\nBcc: eve@evil.example", 1, "the name of an attached file is not plain"),
        ("a\".pdf", 1, "the name of an attached file is not plain"),
        (".htaccess", 1, "the name of an attached file is not plain"),
        ("", 1, "the name of an attached file is not plain"),
    ] {
        let file = File { name: name.to_owned(), kind: "application/pdf", bytes: vec![0; size] };
        let refused = mailer(&server, "").send(&Mail { files: vec![file], ..mail() }).await.expect_err(name);
        assert!(refused.permanent && refused.message == message, "{name}: {refused}");
    }
}
