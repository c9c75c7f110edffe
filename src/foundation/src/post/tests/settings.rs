//! Reading PORTICO_MAIL_URL and PORTICO_MAIL_FROM.

use crate::post::{MailSettings, Mailer, settings::Protection};

const FROM: &str = "notices@portal.example";

#[test]
fn urls_are_read() {
    let login = |user: &str, password: &str| Some((user.to_owned(), password.to_owned()));
    for (url, host, port, protection, expected) in [
        ("smtp://mail.example", "mail.example", 587, Protection::StartTls, None),
        ("smtp://mail.example/", "mail.example", 587, Protection::StartTls, None),
        ("smtp://Mail.Example:2525", "mail.example", 2525, Protection::StartTls, None),
        ("smtps://mail.example", "mail.example", 465, Protection::Tls, None),
        ("smtps://user:w%40rd%2F%23@mail.example:4650", "mail.example", 4650, Protection::Tls, login("user", "w@rd/#")),
        ("smtp://a%40b.example:w%C3%B6rd@mail.example", "mail.example", 587, Protection::StartTls, login("a@b.example", "wörd")),
        ("smtp://localhost", "localhost", 25, Protection::None, None),
        ("smtp://127.0.0.1:1025", "127.0.0.1", 1025, Protection::None, None),
        ("smtp://[::1]", "::1", 25, Protection::None, None),
        ("smtps://localhost", "localhost", 465, Protection::Tls, None),
        ("smtp://10.0.0.5", "10.0.0.5", 587, Protection::StartTls, None),
        ("smtp://[2001:db8::5]:25", "2001:db8::5", 25, Protection::StartTls, None),
        ("smtp://localhost.example", "localhost.example", 587, Protection::StartTls, None),
        ("smtp://127.0.0.1.example", "127.0.0.1.example", 587, Protection::StartTls, None),
    ] {
        let read = MailSettings::parse(url, FROM).expect(url);
        assert_eq!((read.host.as_str(), read.port, read.protection, read.login), (host, port, protection, expected), "{url}");
    }
}

#[test]
fn faults_name_the_setting_and_hide_the_password() {
    for url in [
        "",
        "mail.example",
        "mail.example:25",
        "http://mail.example",
        "smtp:mail.example",
        "smtp://",
        "smtp://:25",
        "smtp://user:word@",
        "smtp://user:wo#word@mail.example",
        "smtp://user:1/word@mail.example",
        "smtp://user:1?word@mail.example",
        "smtp://user:word@mail.example/box",
        "smtp://mail.example?tls=word",
        "smtp://mail.example#word",
        "smtp://user@mail.example",
        "smtp://:word@mail.example",
        "smtp://mail.example:0",
        "smtp://mail.example:99999",
        "smtp://ma_il.example",
        "smtp://m%0d%0aail.example",
        "smtp://mäil.example",
        "smtp://us%0d%0aer:word@mail.example",
        "smtp://user:word%00@mail.example",
        "smtp://user:word%ff@mail.example",
        "smtp://[::1",
        "smtp://mail example",
    ] {
        let fault = MailSettings::parse(url, FROM).expect_err(url);
        assert!(fault.starts_with("PORTICO_MAIL_URL ") && !fault.contains("word@mail") && !fault.contains("word%"), "{url}: {fault}");
    }
    for from in [
        "",
        "portal.example",
        "@portal.example",
        "a@",
        "a b@portal.example",
        "Portal <a@portal.example>",
        "a@portal.example\r\nBcc: x@y.example",
        "a@[127.0.0.1]",
        "ä@portal.example",
    ] {
        let fault = MailSettings::parse("smtp://mail.example", from).expect_err(from);
        assert!(fault.starts_with("PORTICO_MAIL_FROM "), "{from}: {fault}");
    }
}

#[test]
fn debug_hides_the_password() {
    let settings = MailSettings::parse("smtps://user:sesame@mail.example", FROM).expect("read");
    let shown = format!("{settings:?} {:?}", Mailer::new(settings.clone()).expect("a mailer"));
    assert!(shown.contains("mail.example") && !shown.contains("sesame") && !shown.contains("user"), "{shown}");
}
