//! Processor packages, from `/proc/cpuinfo`.

use std::collections::{BTreeMap, BTreeSet};

use domain::devices::report::Cpu;

use super::line;

/// Reads the processors.
pub fn read() -> Vec<Cpu> {
    let base = line("/sys/devices/system/cpu/cpu0/cpufreq/base_frequency").and_then(|khz| khz.parse::<f64>().ok()).map(|khz| khz / 1000.0);
    let mut cpus = parse(&std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default());
    for cpu in &mut cpus {
        cpu.mhz = cpu.mhz.or(base);
    }
    cpus
}

#[derive(Default)]
struct Package {
    name: String,
    threads: u32,
    cores: BTreeSet<String>,
}

/// One entry for each package. The momentary "cpu MHz" is left out: it would make every report differ.
fn parse(cpuinfo: &str) -> Vec<Cpu> {
    let mut packages = BTreeMap::<u32, Package>::new();
    for block in cpuinfo.split("\n\n") {
        let field = |name: &str| block.lines().filter_map(|line| line.split_once(':')).find(|(key, _)| key.trim() == name).map(|(_, value)| value.trim());
        let Some(number) = field("processor") else { continue };
        let package = packages.entry(field("physical id").and_then(|id| id.parse().ok()).unwrap_or_default()).or_default();
        package.threads += 1;
        package.name = field("model name").unwrap_or("unknown").to_owned();
        package.cores.insert(field("core id").map_or_else(|| number.to_owned(), |core| format!("core {core}")));
    }
    packages.into_values().map(cpu).collect()
}

fn cpu(package: Package) -> Cpu {
    let cores = u32::try_from(package.cores.len()).ok();
    Cpu { mhz: nominal(&package.name), cores, threads: Some(package.threads), name: package.name }
}

/// The speed in names such as `Intel(R) Xeon(R) CPU @ 2.60GHz`, in MHz.
fn nominal(name: &str) -> Option<f64> {
    let ghz: f64 = name.rsplit_once('@')?.1.trim().strip_suffix("GHz")?.trim().parse().ok()?;
    Some((ghz * 1000.0).round())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_sockets_with_hyper_threading() {
        let thread = |number, socket, core| {
            format!(
                "processor\t: {number}\nmodel name\t: Intel(R) Xeon(R) CPU @ 2.60GHz\ncpu MHz\t\t: 1{number}99.8\nphysical id\t: {socket}\ncore id\t\t: {core}\n\n"
            )
        };
        let cpuinfo: String =
            [(0, 0, 0), (1, 0, 1), (2, 1, 0), (3, 1, 1), (4, 0, 0), (5, 0, 1), (6, 1, 0), (7, 1, 1)].map(|(n, s, c)| thread(n, s, c)).concat();
        let cpu = Cpu { name: "Intel(R) Xeon(R) CPU @ 2.60GHz".into(), cores: Some(2), threads: Some(4), mhz: Some(2600.0) };
        assert_eq!(parse(&cpuinfo), [cpu.clone(), cpu]);
    }

    #[test]
    fn an_arm_board_names_less() {
        let cpuinfo = "processor\t: 0\nBogoMIPS\t: 108.00\n\nprocessor\t: 1\nBogoMIPS\t: 108.00\n\nSerial\t\t: 10000000abcdef\n";
        assert_eq!(parse(cpuinfo), [Cpu { name: "unknown".into(), cores: Some(2), threads: Some(2), mhz: None }]);
        assert_eq!(parse(""), []);
    }
}
