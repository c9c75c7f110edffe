//! What can be written down as a mail, and what is refused before anything is connected.

use super::NOW;
use crate::post::{Mail, NotSent, mail::letter};

pub fn mail() -> Mail {
    Mail {
        from_name: "Northwind IT".to_owned(),
        reply_to: None,
        to: vec!["ada@client.example".to_owned()],
        subject: "Disk C: is full".to_owned(),
        text: "Disk C: of PC-1 is full.\n".to_owned(),
        html: None,
        message_id: "ntc_1@portal.example".to_owned(),
        date: NOW,
        files: Vec::new(),
    }
}

fn refused(change: impl FnOnce(&mut Mail)) -> NotSent {
    let mut mail = mail();
    change(&mut mail);
    letter(&mail, &"notices@portal.example".parse().expect("an address")).map(drop).expect_err("refused")
}

#[test]
fn nothing_becomes_a_header() {
    for evil in
        ["a\r\nBcc: eve@evil.example", "a\nBcc: eve@evil.example", "a\rBcc: x", "a\0b", "a\u{b}b", "a\u{7f}b", "a\u{85}b", "a\u{2028}b", "\r\n\r\nbody", "a\tb"]
    {
        for (what, refusal) in [
            ("the sender's name", refused(|mail| mail.from_name = evil.to_owned())),
            ("the subject", refused(|mail| mail.subject = evil.to_owned())),
            ("the message id", refused(|mail| mail.message_id = format!("{evil}@portal.example"))),
            ("the address for answers", refused(|mail| mail.reply_to = Some(format!("ada@client.example{evil}")))),
            ("a recipient's address", refused(|mail| mail.to.push(format!("{evil}@client.example")))),
        ] {
            assert_eq!(refusal, NotSent::permanently(format!("{what} holds a control character")), "{evil:?}");
        }
    }
}

#[test]
fn addresses_hold_one_address() {
    for evil in [
        "",
        "ada",
        "ada@",
        "@client.example",
        "ada@client.example, eve@evil.example",
        "ada@client.example eve@evil.example",
        "Ada <ada@client.example>",
        "<ada@client.example>",
        "\"ada\"@client.example",
        "\"a> RCPT TO:<b\"@client.example",
        "ada@client.example>",
        "ada(x)@client.example",
        "ada@[10.0.0.1]",
        "ada@10.0.0.1:25",
        "ada@client..example",
        ".ada@client.example",
        "ada@-client.example",
        "a:b@client.example",
        "a;b@client.example",
        "a\\b@client.example",
        "a@b@client.example",
        "ädä@client.example",
        "ada@clïent.example",
        " ada@client.example",
        "ada@client.example ",
        "ada@client.example\u{a0}",
    ] {
        assert_eq!(refused(|mail| mail.to = vec![evil.to_owned()]).message, "a recipient's address is not an address of ASCII letters", "{evil:?}");
    }
}

#[test]
fn limits_hold() {
    assert!(refused(|mail| mail.to.clear()).message.contains("1 to 20"));
    assert!(refused(|mail| mail.to = vec!["ada@client.example".to_owned(); 21]).message.contains("not 21"));
    assert!(refused(|mail| mail.subject = "a".repeat(251)).message.contains("longer than 250"));
    assert!(refused(|mail| mail.text = "a".repeat(512 * 1024 + 1)).message.contains("512 KB"));
}

#[test]
fn hostile_dates_are_written_nonetheless() {
    for date in [i64::MIN, -1, 0, i64::MAX] {
        let mut mail = mail();
        mail.date = domain::Moment(date);
        assert!(letter(&mail, &"notices@portal.example".parse().expect("an address")).is_ok(), "{date}");
    }
}
