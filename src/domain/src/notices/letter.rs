//! What a notice of an alert says: as a mail in plain text and HTML, and as JSON for a webhook.

use serde_json::json;

use crate::alerts::{Occasion, Severity};

/// The longest part of a subject that comes from outside, in characters.
const PART: usize = 60;

/// An alert, as its notice tells of it. Names are untrusted text.
#[derive(Debug, Clone)]
pub struct AlertNews<'a> {
    /// Whether it was raised or is over.
    pub occasion: Occasion,
    /// The MSP's name.
    pub brand: &'a str,
    /// The brand's colour, `#rrggbb`.
    pub accent: &'a str,
    /// How bad it is.
    pub severity: Severity,
    /// What is watched, in words.
    pub condition: &'a str,
    /// What was seen.
    pub value: Option<&'a str>,
    /// The device.
    pub device: &'a str,
    /// The client.
    pub client: &'a str,
    /// Since when, as people write it, with the zone.
    pub since: &'a str,
    /// The address of its page.
    pub url: &'a str,
    /// Ids for programs: the alert's, the device's, the client's.
    pub ids: [String; 3],
}

impl AlertNews<'_> {
    /// `[high] Disk nearly full on LAB-SRV-01 (Harbour Street Lab)`, in one line whatever the names hold.
    pub fn subject(&self) -> String {
        let over = if self.occasion == Occasion::Resolved { "Resolved: " } else { "" };
        let (condition, device, client) = (one_line(self.condition), one_line(self.device), one_line(self.client));
        format!("[{}] {over}{condition} on {device} ({client})", self.severity)
    }

    fn lead(&self) -> &'static str {
        match self.occasion {
            Occasion::Raised => "An alert was raised.",
            Occasion::Resolved => "An alert is over.",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        let mut facts = vec![("Severity", self.severity.label().to_owned()), ("Condition", self.condition.to_owned())];
        facts.extend(self.value.map(|value| ("Last seen", value.to_owned())));
        facts.extend([("Device", self.device.to_owned()), ("Client", self.client.to_owned()), ("Raised", self.since.to_owned())]);
        facts
    }

    /// The mail as plain text.
    pub fn text(&self) -> String {
        let facts: String = self.facts().into_iter().map(|(name, value)| format!("{name}: {}\n", one_line(&value))).collect();
        format!("{}\n\n{facts}\nOpen it: {}\n\n-- \n{}\n", self.lead(), self.url, one_line(self.brand))
    }

    /// The mail as HTML.
    pub fn html(&self) -> String {
        let row = |(name, value): (&str, String)| format!("<tr><td valign=\"top\"><font color=\"#5b6270\">{name}</font></td><td>{}</td></tr>", escaped(&value));
        let rows: String = self.facts().into_iter().map(row).collect();
        page(self.brand, self.accent, self.lead(), &format!("<table cellpadding=\"4\">{rows}</table>"), Some(("Open the alert", self.url)))
    }

    /// The body of a webhook.
    pub fn json(&self) -> String {
        let [alert, device, client] = &self.ids;
        json!({
            "event": format!("alert {}", self.occasion.word()),
            "severity": self.severity.word(),
            "condition": self.condition,
            "value": self.value,
            "alert": { "id": alert, "raised": self.since, "url": self.url },
            "device": { "id": device, "name": self.device },
            "client": { "id": client, "name": self.client },
        })
        .to_string()
    }
}

/// A mail in the brand of the MSP: `lead`, then `inner`, which is HTML, then a button.
pub fn page(brand: &str, accent: &str, lead: &str, inner: &str, button: Option<(&str, &str)>) -> String {
    let colour = if accent.len() == 7 && accent.starts_with('#') && accent.bytes().skip(1).all(|byte| byte.is_ascii_hexdigit()) { accent } else { "#2f5bd0" };
    let button = button.map(|(label, url)| {
        let (label, url) = (escaped(label), escaped(url));
        format!("<p><a href=\"{url}\"><font color=\"{colour}\"><b>{label}</b></font></a></p>")
    });
    format!(
        "<!doctype html><html lang=\"en\"><body bgcolor=\"#f4f5f7\" text=\"#1c2230\"><font face=\"sans-serif\">\
         <table align=\"center\" width=\"560\" cellspacing=\"0\" cellpadding=\"20\" bgcolor=\"#ffffff\">\
         <tr><td bgcolor=\"{colour}\" height=\"4\" cellpadding=\"0\"></td></tr>\
         <tr><td><p><b>{}</b></p><p>{}</p>{inner}{}</td></tr></table></font></body></html>",
        escaped(brand),
        escaped(lead),
        button.unwrap_or_default()
    )
}

/// `text` in one line of at most [`PART`] characters.
fn one_line(text: &str) -> String {
    let clean = text.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c });
    let mut line: String = clean.collect();
    if line.chars().count() > PART {
        line = line.chars().take(PART - 1).chain(['\u{2026}']).collect();
    }
    line.trim().to_owned()
}

/// `text` as HTML says it.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn news<'a>(device: &'a str, occasion: Occasion) -> AlertNews<'a> {
        let ids = ["alr_1".into(), "dev_1".into(), "cli_1".into()];
        let (brand, accent, url) = ("Northwind IT", "#205090", "https://northwind.example/alerts/alr_1");
        AlertNews {
            occasion,
            brand,
            accent,
            severity: Severity::High,
            condition: "Disk nearly full",
            value: Some("3.8 % free"),
            device,
            client: "Harbour Street Lab",
            since: "21 Nov 2026, 10:00 UTC",
            url,
            ids,
        }
    }

    #[test]
    fn a_mail_says_what_where_and_how_bad() {
        let raised = news("LAB-SRV-01", Occasion::Raised);
        assert_eq!(raised.subject(), "[high] Disk nearly full on LAB-SRV-01 (Harbour Street Lab)");
        assert!(raised.text().contains("Last seen: 3.8 % free\n") && raised.text().contains("Open it: https://northwind.example/alerts/alr_1\n"));
        assert!(raised.html().contains("#205090") && raised.html().contains("Northwind IT"));
        assert_eq!(news("A", Occasion::Resolved).subject(), "[high] Resolved: Disk nearly full on A (Harbour Street Lab)");
    }

    #[test]
    fn hostile_names_stay_text() {
        let bad = "x\r\nBcc: a@b.de\n<script>alert(1)</script>\" '\u{2028}";
        let of = news(bad, Occasion::Raised);
        assert!(!of.subject().contains(['\r', '\n', '\u{2028}']));
        assert!(of.text().lines().any(|line| line.starts_with("Device: x")), "one line: {}", of.text());
        assert!(!of.html().contains("<script>") && of.html().contains("&lt;script&gt;"));
        assert!(serde_json::from_str::<serde_json::Value>(&of.json()).expect("json")["device"]["name"] == bad);
        let long = "x".repeat(5_000);
        assert!(news(&long, Occasion::Raised).subject().chars().count() <= 250);
        assert!(!page("a", "red;}", "b", "", None).contains("red"), "a colour is a colour");
    }
}
