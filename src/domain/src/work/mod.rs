//! What we did: the acts of the MSP's people that their client may read of, each as a plain sentence. What is not in the table is not told.

/// An act as the audit keeps it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Told<'a> {
    /// What was done.
    pub action: &'a str,
    /// The name of what it was done to.
    pub object: &'a str,
    /// What it is now.
    pub after: &'a str,
    /// What there is to add.
    pub detail: &'a str,
}

/// The acts that are told, each with the icon that stands before it.
pub const ACTIONS: [(&str, &str); 15] = [
    ("command asked for", "terminal"),
    ("alert decided", "bell"),
    ("device enrolled", "plus"),
    ("device approved", "check"),
    ("device renamed", "pencil"),
    ("device moved", "map-pin"),
    ("device retired", "archive"),
    ("device returned to service", "archive-restore"),
    ("site created", "map-pin"),
    ("site renamed", "pencil"),
    ("request answered", "info"),
    ("request decided", "check"),
    ("approval asked for", "circle-help"),
    ("approval withdrawn", "x"),
    ("portal viewed", "eye"),
];

/// The icon of an act.
pub fn icon(action: &str) -> &'static str {
    ACTIONS.iter().find(|(known, _)| *known == action).map_or("info", |(_, icon)| icon)
}

/// The sentence after the person's name; `None` for what is not told.
pub fn sentence(told: Told<'_>) -> Option<String> {
    let Told { object, after, detail, .. } = told;
    Some(match told.action {
        "command asked for" => match detail {
            "Restart" => format!("asked {object} to restart"),
            "Run script" => format!("asked {object} to run a script"),
            "Scan for updates" => format!("asked {object} to look for updates"),
            "Install updates" => format!("asked {object} to install updates"),
            "Collect now" => format!("asked {object} to report"),
            _ => return None,
        },
        "alert decided" => match after {
            "acknowledged" => format!("took care of an alert: {object}"),
            "resolved" => format!("resolved an alert: {object}"),
            _ => return None,
        },
        "device enrolled" => format!("added {object}"),
        "device approved" => format!("approved the new device {object}"),
        "device renamed" => format!("renamed a device to {after}"),
        // Where from and where to may name what is another client's.
        "device moved" => format!("moved {object}"),
        "device retired" => format!("took {object} out of service"),
        "device returned to service" => format!("put {object} back into service"),
        "site created" => format!("added the site {object}"),
        "site renamed" => format!("renamed a site to {after}"),
        "request answered" => format!("answered {object}"),
        "request decided" => match after {
            "solved" => format!("solved {object}"),
            "closed" => format!("closed {object}"),
            _ => return None,
        },
        "approval asked for" => format!("asked for your approval: {object}"),
        "approval withdrawn" => format!("took a question back: {object}"),
        "portal viewed" => "looked at your portal".to_owned(),
        _ => return None,
    })
}

/// The name that contacts read of somebody of the MSP: their first name.
pub fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_in_the_table_is_told() {
        let told = |action, object, after, detail| sentence(Told { action, object, after, detail });
        assert_eq!(told("command asked for", "LAB-SRV-01", "", "Restart").as_deref(), Some("asked LAB-SRV-01 to restart"));
        assert_eq!(told("device moved", "LAB-1", "Other client, Other site", "").as_deref(), Some("moved LAB-1"), "nothing of where");
        assert_eq!(told("alert decided", "CPU on LAB-1", "dismissed", ""), None);
        for action in ["signed in", "note changed", "enrolment key made", "request noted", "person added", "tag added", "policy changed", ""] {
            assert_eq!(told(action, "x", "x", "x"), None, "{action}");
        }
        for (action, _) in ACTIONS {
            let one = ["Restart", "solved", "resolved"].into_iter().any(|word| told(action, "x", word, word).is_some());
            assert!(one, "{action} has a sentence");
        }
    }

    #[test]
    fn staff_are_called_by_their_first_name() {
        assert_eq!((first_name("Anna Maria Lind"), first_name("Anna"), first_name("")), ("Anna", "Anna", ""));
    }
}
