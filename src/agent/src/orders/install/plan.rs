//! What the package system would do, and whether that is what was asked for.

use domain::patching::{
    install::{Request, Wanted},
    outcome::{Failure, FailureClass},
    output::clean,
};

/// A package that would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its name.
    pub name: String,
    /// Its architecture.
    pub arch: String,
    /// The version that is there; `None`: the package is new.
    pub from: Option<String>,
    /// The version that would be there.
    pub to: String,
}

/// All that would happen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Packages that would be removed.
    pub removes: Vec<String>,
    /// Packages that would change or come.
    pub changes: Vec<Change>,
    /// Lines that tell of a change and could not be read.
    pub unread: Vec<String>,
}

impl Plan {
    /// Whether the plan may be carried out: it removes nothing, and changes nothing that is there but what `request` names, to the version that it
    /// names. What is new may come, because an update may need it, as that of a kernel does.
    ///
    /// # Errors
    /// The first thing that was not asked for.
    pub fn judge(&self, request: &Request) -> Result<(), Failure> {
        if let Some(name) = self.removes.first() {
            return refused(&format!("{name} would be removed, which was not asked for."));
        }
        if let Some(line) = self.unread.first() {
            return refused(&format!("What would be done could not be read: {line}"));
        }
        let strange = self.changes.iter().find(|change| change.from.is_some() && !request.packages().iter().any(|wanted| change.is(wanted)));
        match strange {
            Some(Change { name, from, to, .. }) => {
                let from = from.as_deref().unwrap_or_default();
                refused(&format!("{name} would change from {from} to {to}, which was not asked for."))
            }
            None => Ok(()),
        }
    }

    /// The packages that would come, and that nobody named.
    pub fn news(&self, request: &Request) -> Vec<String> {
        let new = |change: &&Change| change.from.is_none() && !request.packages().iter().any(|wanted| change.is(wanted));
        self.changes.iter().filter(new).map(|change| format!("{} {}", change.name, change.to)).collect()
    }
}

impl Change {
    fn is(&self, wanted: &Wanted) -> bool {
        let key = wanted.key();
        (self.name.as_str(), self.arch.as_str(), self.to.as_str()) == (key.name.as_str(), key.arch.as_str(), key.version.as_str())
    }
}

fn refused(line: &str) -> Result<(), Failure> {
    Err(Failure { class: FailureClass::Unmet, line: clean(line) })
}

#[cfg(test)]
mod tests {
    use domain::{
        ids::{RunId, Uuid},
        patching::Source,
    };

    use super::*;

    fn change(name: &str, from: Option<&str>, to: &str) -> Change {
        Change { name: name.into(), arch: "amd64".into(), from: from.map(Into::into), to: to.into() }
    }

    #[test]
    fn only_what_was_asked_for_changes() {
        let wanted = |name| Wanted::new(Source::Deb, name, "amd64", "2").expect(name);
        let request = Request::new(RunId(Uuid::nil()), 1, None, Source::Deb, vec![wanted("a"), wanted("b")]).expect("a request");
        let judged = |removes: &[&str], changes: Vec<Change>| {
            let plan = Plan { removes: removes.iter().map(|name| (*name).to_owned()).collect(), changes, ..Plan::default() };
            (plan.judge(&request).err().map(|failure| failure.line), plan.news(&request))
        };
        let fine = vec![change("a", Some("1"), "2"), change("c", None, "5")];
        assert_eq!(judged(&[], fine), (None, vec!["c 5".to_owned()]));
        assert_eq!(judged(&[], vec![]), (None, vec![]));
        for (removes, changes, line) in [
            (&["c"][..], vec![], "c would be removed, which was not asked for."),
            (&[], vec![change("a", Some("1"), "3")], "a would change from 1 to 3, which was not asked for."),
            (&[], vec![change("c", Some("4"), "2")], "c would change from 4 to 2, which was not asked for."),
            (&[], vec![Change { arch: "i386".into(), ..change("a", Some("1"), "2") }], "a would change from 1 to 2, which was not asked for."),
        ] {
            assert_eq!(judged(removes, changes).0.as_deref(), Some(line));
        }
    }
}
