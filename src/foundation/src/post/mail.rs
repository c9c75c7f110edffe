//! One mail, and how it is written down so that nothing in it can become a header.

use std::time::{Duration, UNIX_EPOCH};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::Moment;
use lettre::{
    Address,
    address::Envelope,
    message::{
        Attachment, Mailbox, Message, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
};

use super::NotSent;

/// How many people one mail may go to.
pub const MOST_RECIPIENTS: usize = 20;
/// Characters of a subject or name.
const LONGEST_LINE: usize = 250;
/// Bytes of text and HTML together.
const LARGEST: usize = 512 * 1024;
/// Bytes of attached files together.
const LARGEST_FILES: usize = 5 * 1024 * 1024;
/// Characters of a file's name.
const LONGEST_NAME: usize = 100;
/// The last second that a date of mail can name: the end of the year 9999.
const LAST_SECOND: u64 = 253_402_300_799;

/// A mail to be sent. Every recipient sees the others.
#[derive(Debug, Clone)]
pub struct Mail {
    /// The name beside the sender's address; may be empty.
    pub from_name: String,
    /// Where answers go, when not to the sender.
    pub reply_to: Option<String>,
    /// 1 to 20 addresses.
    pub to: Vec<String>,
    /// One line.
    pub subject: String,
    /// The mail for those who read no HTML.
    pub text: String,
    /// The same as HTML.
    pub html: Option<String>,
    /// `local@domain` without brackets, the same in each try, so that a mail that comes twice is recognised.
    pub message_id: String,
    /// When it was written.
    pub date: Moment,
    /// Files that go with it.
    pub files: Vec<File>,
}

/// A file that goes with a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name: letters, digits, `.`, `-` and `_` of ASCII.
    pub name: String,
    /// Its media type.
    pub kind: &'static str,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// A mail ready for the mail server.
#[derive(Debug)]
pub(super) struct Letter {
    pub(super) envelope: Envelope,
    pub(super) bytes: Vec<u8>,
}

/// Writes `mail` down; whatever could break out of its line is refused, by name.
pub(super) fn letter(mail: &Mail, from: &Address) -> Result<Letter, NotSent> {
    let to = recipients(&mail.to)?;
    let name = line("the sender's name", &mail.from_name)?;
    let subject = line("the subject", &mail.subject)?;
    let id = address("the message id", &mail.message_id)?;
    if mail.text.len() + mail.html.as_ref().map_or(0, String::len) > LARGEST {
        return Err(NotSent::permanently("the mail is larger than 512 KB"));
    }
    let mut message = Message::builder()
        .from(Mailbox::new((!name.is_empty()).then(|| name.to_owned()), from.clone()))
        .raw_header(subject_header(subject))
        .date(UNIX_EPOCH + Duration::from_secs(u64::try_from(mail.date.0 / 1000).unwrap_or(0).min(LAST_SECOND)))
        .message_id(Some(format!("<{id}>")))
        // RFC 3834: keeps holiday answers away.
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()));
    for one in &to {
        message = message.to(Mailbox::new(None, one.clone()));
    }
    if let Some(reply_to) = &mail.reply_to {
        message = message.reply_to(Mailbox::new(None, address("the address for answers", reply_to)?));
    }
    let (text, files) = (SinglePart::plain(body(&mail.text)), attached(&mail.files)?);
    let both = |html: &String| MultiPart::alternative().singlepart(text.clone()).singlepart(SinglePart::html(body(html)));
    let written = match (mail.html.as_ref().map(both), files.is_empty()) {
        (Some(both), true) => message.multipart(both),
        (None, true) => message.singlepart(text),
        (Some(both), false) => message.multipart(files.into_iter().fold(MultiPart::mixed().multipart(both), MultiPart::singlepart)),
        (None, false) => message.multipart(files.into_iter().fold(MultiPart::mixed().singlepart(text), MultiPart::singlepart)),
    };
    let unwritten = |error: &dyn std::error::Error| NotSent::permanently(format!("the mail cannot be written: {error}"));
    let envelope = Envelope::new(Some(from.clone()), to).map_err(|error| unwritten(&error))?;
    Ok(Letter { envelope, bytes: written.map_err(|error| unwritten(&error))?.formatted() })
}

/// The files as parts. Their names are plain, so that no program takes one for a path or a header.
fn attached(files: &[File]) -> Result<Vec<SinglePart>, NotSent> {
    if files.iter().map(|file| file.bytes.len()).sum::<usize>() > LARGEST_FILES {
        return Err(NotSent::permanently("the attached files are larger than 5 MB"));
    }
    let part = |file: &File| {
        let plain = file.name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
        if !plain || file.name.starts_with('.') || !(1..=LONGEST_NAME).contains(&file.name.len()) {
            return Err(NotSent::permanently("the name of an attached file is not plain"));
        }
        let kind = ContentType::parse(file.kind).map_err(|_| NotSent::permanently("the type of an attached file is none"))?;
        Ok(Attachment::new(file.name.clone()).body(file.bytes.clone(), kind))
    };
    files.iter().map(part).collect()
}

fn recipients(to: &[String]) -> Result<Vec<Address>, NotSent> {
    if !(1..=MOST_RECIPIENTS).contains(&to.len()) {
        return Err(NotSent::permanently(format!("a mail has 1 to {MOST_RECIPIENTS} recipients, not {}", to.len())));
    }
    to.iter().map(|one| address("a recipient's address", one)).collect()
}

/// An address of plain ASCII without quotes, comments or literal hosts: what every server takes and nothing can hide in.
pub(super) fn address(what: &str, text: &str) -> Result<Address, NotSent> {
    line(what, text)?;
    let fits = |part: &str, signs: &[u8]| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || signs.contains(&byte));
    let (user, domain) = text.rsplit_once('@').unwrap_or_default();
    let parsed = text.parse::<Address>().ok().filter(|_| fits(user, b"!#$%&'*+/=?^_`{|}~.-") && fits(domain, b".-"));
    parsed.ok_or_else(|| NotSent::permanently(format!("{what} is not an address of ASCII letters")))
}

/// `text` when it is one line of sensible length.
fn line<'a>(what: &str, text: &'a str) -> Result<&'a str, NotSent> {
    if text.chars().any(|character| character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')) {
        return Err(NotSent::permanently(format!("{what} holds a control character")));
    }
    if text.chars().count() > LONGEST_LINE {
        return Err(NotSent::permanently(format!("{what} is longer than {LONGEST_LINE} characters")));
    }
    Ok(text.trim())
}

/// The library leaves ASCII as it is, so that a subject of `=?..?=` would be read as something else.
fn subject_header(subject: &str) -> HeaderValue {
    let name = HeaderName::new_from_ascii_str("Subject");
    if !subject.contains("=?") {
        return HeaderValue::new(name, subject.to_owned());
    }
    let words: Vec<String> = pieces(subject, 39).iter().map(|piece| format!("=?utf-8?b?{}?=", STANDARD.encode(piece))).collect();
    HeaderValue::dangerous_new_pre_encoded(name, subject.to_owned(), words.join("\r\n "))
}

/// `text` in pieces of at most `bytes`, never through a character.
fn pieces(text: &str, bytes: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for character in text.chars() {
        match pieces.last_mut() {
            Some(last) if last.len() + character.len_utf8() <= bytes => last.push(character),
            _ => pieces.push(character.to_string()),
        }
    }
    pieces
}

/// A body whose lines end in one way and that holds no control characters: a lone carriage return is where two servers see two different mails.
fn body(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|character| matches!(character, '\n' | '\t') || !character.is_control()).collect()
}
