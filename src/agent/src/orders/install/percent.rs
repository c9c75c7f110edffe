//! How far apt says that it is: lines such as `pmstatus:openssl:33.3333:Unpacking openssl (amd64)` and `dlstatus:1:20.0:Retrieving file 1 of 3`.

use std::collections::BTreeMap;

/// How far it is, in words; `None`: nothing was said yet.
pub fn progress(status: &str) -> Option<String> {
    status.lines().rev().find_map(line)
}

fn line(line: &str) -> Option<String> {
    let (kind, rest) = line.split_once(':')?;
    let (what, percent) = fields(rest)?;
    match kind {
        "dlstatus" => Some(format!("downloading, {percent:.0} %")),
        "pmstatus" if what == "dpkg-exec" => Some(format!("installing, {percent:.0} %")),
        "pmstatus" => Some(format!("installing, {percent:.0} %, now {what}")),
        _ => None,
    }
}

/// Whether dpkg has begun, so that the machine changes.
pub fn has_begun(status: &str) -> bool {
    status.lines().any(|line| line.starts_with("pmstatus:"))
}

/// What dpkg said of the packages that failed.
pub fn errors(status: &str) -> BTreeMap<String, String> {
    let error = |line: &str| {
        let rest = line.strip_prefix("pmerror:")?;
        let (name, _) = fields(rest)?;
        Some((name.split(':').next()?.to_owned(), rest.rsplit_once(':')?.1.trim().to_owned()))
    };
    status.lines().filter_map(error).collect()
}

/// What it is about and the percentage; a name may have an architecture behind a colon.
fn fields(rest: &str) -> Option<(&str, f64)> {
    rest.match_indices(':').find_map(|(at, _)| {
        let (what, tail) = (rest.get(..at)?, rest.get(at + 1..)?);
        let percent: f64 = tail.split(':').next()?.parse().ok()?;
        (0.0..=100.0).contains(&percent).then_some((what, percent))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_that_says_something_counts() {
        let download = "dlstatus:1:0.0000:Retrieving file 1 of 3\ndlstatus:3:66.6667:Retrieving file 3 of 3\n";
        let begun = format!("{download}pmstatus:dpkg-exec:0.0000:Running dpkg\n");
        let further = format!("{begun}pmstatus:libssl3:amd64:46.1538:Installing libssl3:amd64\npmerror:openssl:60.0:subprocess returned error\ngarbage\n");
        for (status, words, changes) in [
            ("", None, false),
            ("pmstatus:a\nx:y:z\n", None, true),
            (download, Some("downloading, 67 %"), false),
            (&begun, Some("installing, 0 %"), true),
            (&further, Some("installing, 46 %, now libssl3:amd64"), true),
        ] {
            assert_eq!((progress(status).as_deref(), has_begun(status)), (words, changes), "{status}");
        }
        assert_eq!(errors(&further), BTreeMap::from([("openssl".to_owned(), "subprocess returned error".to_owned())]));
    }
}
