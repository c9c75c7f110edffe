//! Which settings are refused at the start.

use super::*;

fn serve(arguments: &[&str]) -> Serve {
    let all = ["portico", "serve"].iter().chain(arguments);
    match Cli::parse_from(all).command {
        Command::Serve(serve) => serve,
        other => panic!("{other:?}"),
    }
}

#[test]
fn wrong_mail_settings_are_named_and_not_repeated() {
    let checked = |url: &str, from: &str| serve(&["--mail-url", url, "--mail-from", from]).check();
    assert!(checked("smtps://user:secret@mail.example", "notices@portal.example").is_ok());
    assert!(checked("", "").is_ok(), "a file may leave them empty");
    for (url, from, named) in [
        ("smtps://mail.example", "", "PORTICO_MAIL_FROM"),
        ("", "notices@portal.example", "PORTICO_MAIL_URL"),
        ("http://user:secret@mail.example", "notices@portal.example", "PORTICO_MAIL_URL"),
        ("smtps://mail.example", "nobody", "PORTICO_MAIL_FROM"),
    ] {
        let sentence = checked(url, from).expect_err(url);
        assert!(sentence.contains(named) && !sentence.contains("secret"), "{sentence}");
    }
}

#[test]
fn plain_http_stays_on_this_machine() {
    assert!(serve(&[]).check().is_ok());
    assert!(serve(&["--address", "0.0.0.0"]).check().is_err());
    assert!(serve(&["--external-url", "http://portal.example"]).check().is_err());
    assert!(serve(&["--external-url", "https://portal.example", "--address", "0.0.0.0"]).check().is_ok());
    assert!(serve(&["--address", "0.0.0.0", "--trusted-proxies", "10.0.0.1"]).check().is_ok());
}
