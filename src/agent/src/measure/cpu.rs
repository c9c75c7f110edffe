//! How busy the processors were, from the counters of `/proc/stat`.

use std::{fs, time::Duration};

use tokio::time::{Instant, sleep_until};

/// The shortest span that is measured over.
const SPAN: Duration = Duration::from_secs(1);

/// The processors, with the reading of the last report.
#[derive(Debug, Default)]
pub struct Cpu {
    last: Option<(Instant, Times)>,
}

/// What all processors together did since the start of the machine, in ticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Times {
    busy: u64,
    idle: u64,
}

impl Cpu {
    /// How busy they were since the last call, in percent; the first call, and one that follows too soon, waits for [`SPAN`].
    pub async fn percent(&mut self) -> Option<f64> {
        if self.last.is_none() {
            self.last = read();
        }
        let (at, before) = self.last?;
        sleep_until(at + SPAN).await;
        self.last = read();
        self.last.and_then(|(_, after)| percent(before, after))
    }
}

fn read() -> Option<(Instant, Times)> {
    let text = fs::read_to_string("/proc/stat").ok()?;
    Some((Instant::now(), parse(&text)?))
}

/// The first line: user, nice, system, idle, iowait, irq, softirq, steal; what follows is counted in user and nice already.
fn parse(stat: &str) -> Option<Times> {
    let fields = stat.lines().find_map(|line| line.strip_prefix("cpu "))?.split_whitespace().take(8);
    let ticks: Vec<u64> = fields.map(|field| field.parse().ok()).collect::<Option<_>>()?;
    let idle = ticks.get(3)?.saturating_add(ticks.get(4).copied().unwrap_or(0));
    let all = ticks.iter().fold(0_u64, |sum, ticks| sum.saturating_add(*ticks));
    Some(Times { busy: all.saturating_sub(idle), idle })
}

/// Counters that ran backwards say nothing.
fn percent(before: Times, after: Times) -> Option<f64> {
    let (busy, idle) = (after.busy.checked_sub(before.busy)?, after.idle.checked_sub(before.idle)?);
    let all = busy.checked_add(idle).filter(|all| *all > 0)?;
    Some((busy as f64 * 1000.0 / all as f64).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_is_all_processors() {
        let table = [
            ("cpu  10 20 30 400 50 6 7 8 100 100\ncpu0 1 1 1 1 1 1 1 1 0 0\n", Some(Times { busy: 81, idle: 450 })),
            ("cpu 10 20 30 400\n", Some(Times { busy: 60, idle: 400 })),
            ("cpu  10 20 30\n", None),
            ("cpu  10 20 x 400\n", None),
            ("cpu0 10 20 30 400\n", None),
            ("", None),
        ];
        for (stat, times) in table {
            assert_eq!(parse(stat), times, "{stat}");
        }
    }

    #[test]
    fn a_percentage_is_of_the_ticks_between() {
        let times = |(busy, idle)| Times { busy, idle };
        let table = [
            ((0, 0), (25, 75), Some(25.0)),
            ((100, 100), (101, 102), Some(33.3)),
            ((100, 100), (200, 100), Some(100.0)),
            ((100, 100), (100, 200), Some(0.0)),
            ((100, 100), (100, 100), None),
            ((100, 100), (99, 300), None),
            ((100, 100), (300, 99), None),
            ((0, 0), (u64::MAX, u64::MAX), None),
        ];
        for (before, after, expected) in table {
            assert_eq!(percent(times(before), times(after)), expected, "{before:?} {after:?}");
        }
    }

    #[tokio::test]
    async fn this_machine_says_how_busy_it_is() {
        let mut cpu = Cpu::default();
        for _ in 0..2 {
            let begun = Instant::now();
            let percent = cpu.percent().await.expect("a percentage");
            assert!((0.0..=100.0).contains(&percent) && begun.elapsed() >= SPAN / 2, "{percent}");
        }
    }
}
