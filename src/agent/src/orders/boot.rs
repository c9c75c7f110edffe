//! Which start of the machine this is.

use std::fs;

/// A text that differs after every start: the kernel's own, and when the first process began, which tells containers apart.
pub fn this_boot() -> String {
    let id = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    let first = fs::read_to_string("/proc/1/stat").unwrap_or_default();
    // The name of the process is in parentheses and may hold spaces; the start time is the twentieth field after it.
    let began = first.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(19)).unwrap_or_default();
    format!("{} {began}", id.trim())
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_is_the_same_while_the_machine_runs() {
        assert_eq!(super::this_boot(), super::this_boot());
        assert!(super::this_boot().len() > 30);
    }
}
