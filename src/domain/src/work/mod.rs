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

/// Which entries of an act are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// All of them.
    All,
    /// Those that made it one of these.
    After(&'static [&'static str]),
    /// Those that add one of these.
    Detail(&'static [&'static str]),
}

/// The acts that are told, each with the icon that stands before it, and which entries of it.
pub const ACTIONS: [(&str, &str, Only); 17] = [
    ("command asked for", "terminal", Only::Detail(&["Restart", "Run script", "Scan for updates", "Install updates", "Collect now"])),
    ("update run started", "package", Only::All),
    ("alert decided", "bell", Only::After(&["acknowledged", "resolved"])),
    ("device enrolled", "plus", Only::All),
    ("device approved", "check", Only::All),
    ("device renamed", "pencil", Only::All),
    ("device moved", "map-pin", Only::All),
    ("device retired", "archive", Only::All),
    ("device returned to service", "archive-restore", Only::All),
    ("site created", "map-pin", Only::All),
    ("site renamed", "pencil", Only::All),
    ("request answered", "info", Only::All),
    ("request decided", "check", Only::After(&["solved", "closed"])),
    ("report delivered", "file-text", Only::All),
    ("approval asked for", "circle-help", Only::All),
    ("approval withdrawn", "x", Only::All),
    ("portal viewed", "eye", Only::All),
];

/// The icon of an act.
pub fn icon(action: &str) -> &'static str {
    ACTIONS.iter().find(|(known, ..)| *known == action).map_or("info", |(_, icon, _)| icon)
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
        // Its name is for staff, and may name other clients.
        "update run started" => "began to install updates on your devices".to_owned(),
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
        "report delivered" => format!("gave you a report: {object}"),
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
        for (action, _, only) in ACTIONS {
            let (after, detail) = match only {
                Only::All => (vec![""], vec![""]),
                Only::After(after) => (after.to_vec(), vec![""]),
                Only::Detail(detail) => (vec![""], detail.to_vec()),
            };
            for (after, detail) in after.iter().flat_map(|after| detail.iter().map(move |detail| (after, detail))) {
                assert!(told(action, "x", after, detail).is_some(), "{action} {after} {detail} has a sentence");
            }
            assert_eq!(told(action, "x", "other", "other").is_some(), only == Only::All, "{action} tells what is counted, and no more");
        }
    }

    #[test]
    fn staff_are_called_by_their_first_name() {
        assert_eq!((first_name("Anna Maria Lind"), first_name("Anna"), first_name("")), ("Anna", "Anna", ""));
    }
}
