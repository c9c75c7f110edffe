//! The machines of the demo: makers, models, and what is in them.

/// How a maker writes serial numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Serial {
    Dell,
    Hp,
    Lenovo,
    Supermicro,
    Apple,
    Virtual,
}

/// One model.
#[derive(Debug, Clone, Copy)]
pub struct Model {
    pub maker: &'static str,
    pub name: &'static str,
    pub serial: Serial,
    pub cpu: &'static str,
    /// How many processors, each with this many cores, threads and MHz.
    pub sockets: usize,
    pub cores: u32,
    pub threads: u32,
    pub mhz: u32,
    /// The memory it comes with, in GB.
    pub memory: &'static [u64],
    /// The disks it comes with, in GB; a server's second disk is twice as large or more.
    pub disks: &'static [u64],
    pub firmware: &'static str,
}

const fn model(
    maker: &'static str,
    name: &'static str,
    serial: Serial,
    cpu: (&'static str, usize, u32, u32, u32),
    memory: &'static [u64],
    disks: &'static [u64],
    firmware: &'static str,
) -> Model {
    let (cpu, sockets, cores, threads, mhz) = cpu;
    Model { maker, name, serial, cpu, sockets, cores, threads, mhz, memory, disks, firmware }
}

const ULTRA: (&str, usize, u32, u32, u32) = ("Intel(R) Core(TM) Ultra 5 135U", 1, 12, 14, 1600);
const ULTRA_7: (&str, usize, u32, u32, u32) = ("Intel(R) Core(TM) Ultra 7 155H", 1, 16, 22, 1400);
const RYZEN: (&str, usize, u32, u32, u32) = ("AMD Ryzen 5 PRO 7540U w/ Radeon 740M Graphics", 1, 6, 12, 3200);
const I5: (&str, usize, u32, u32, u32) = ("13th Gen Intel(R) Core(TM) i5-13500T", 1, 14, 20, 1600);
const I7: (&str, usize, u32, u32, u32) = ("14th Gen Intel(R) Core(TM) i7-14700", 1, 20, 28, 2100);
const OLD_I5: (&str, usize, u32, u32, u32) = ("Intel(R) Core(TM) i5-7500T CPU @ 2.70GHz", 1, 4, 4, 2700);
const SILVER: (&str, usize, u32, u32, u32) = ("Intel(R) Xeon(R) Silver 4314 CPU @ 2.40GHz", 2, 16, 32, 2400);
const GOLD: (&str, usize, u32, u32, u32) = ("Intel(R) Xeon(R) Gold 6430", 2, 32, 64, 2100);
const EPYC: (&str, usize, u32, u32, u32) = ("AMD EPYC 9354P 32-Core Processor", 1, 32, 64, 3250);

/// Laptops with Windows 11.
pub const LAPTOPS: [Model; 6] = [
    model("Dell Inc.", "Latitude 5450", Serial::Dell, ULTRA, &[16, 16, 32], &[256, 512], "1.14.1"),
    model("Dell Inc.", "Latitude 7450", Serial::Dell, ULTRA_7, &[16, 32], &[512], "1.16.0"),
    model("HP", "HP EliteBook 840 14 inch G11", Serial::Hp, ULTRA, &[16, 32], &[512], "W70 Ver. 01.08.02"),
    model("HP", "HP ProBook 445 14 inch G11", Serial::Hp, RYZEN, &[16], &[256, 512], "W87 Ver. 01.06.00"),
    model("LENOVO", "ThinkPad T14 Gen 5", Serial::Lenovo, ULTRA, &[16, 32], &[512], "N47ET28W (1.17)"),
    model("LENOVO", "ThinkPad X1 Carbon Gen 12", Serial::Lenovo, ULTRA_7, &[32], &[512, 1000], "N3YET74W (1.39)"),
];
/// Computers on desks with Windows 11.
pub const DESKTOPS: [Model; 5] = [
    model("Dell Inc.", "OptiPlex Micro 7020", Serial::Dell, I5, &[16], &[256, 512], "1.22.0"),
    model("HP", "HP Elite Mini 800 G9", Serial::Hp, I5, &[16, 32], &[512], "U21 Ver. 02.19.00"),
    model("HP", "HP Z2 Tower G9 Workstation", Serial::Hp, I7, &[32, 64], &[1000], "U50 Ver. 03.03.04"),
    model("LENOVO", "ThinkCentre M70q Gen 5", Serial::Lenovo, I5, &[8, 16], &[256], "M5JKT24A"),
    model("Dell Inc.", "Precision 3680", Serial::Dell, I7, &[32, 64], &[1000], "1.11.1"),
];
/// Machines too old for Windows 11.
pub const OLD: [Model; 3] = [
    model("Dell Inc.", "OptiPlex 3050", Serial::Dell, OLD_I5, &[8], &[256], "1.31.0"),
    model("HP", "HP ProDesk 400 G4 MT", Serial::Hp, OLD_I5, &[8, 16], &[256], "P08 Ver. 02.48"),
    model("LENOVO", "ThinkCentre M710q", Serial::Lenovo, OLD_I5, &[8], &[128, 256], "M1AKT59A"),
];
/// Macs.
pub const MACS: [Model; 2] = [
    model("Apple Inc.", "MacBook Pro (14-inch, M4)", Serial::Apple, ("Apple M4 Pro", 1, 12, 12, 4500), &[24, 48], &[512, 1000], "13822.41.1"),
    model("Apple Inc.", "MacBook Air (13-inch, M3)", Serial::Apple, ("Apple M3", 1, 8, 8, 4050), &[16], &[256, 512], "13822.41.1"),
];
/// Servers one can touch.
pub const RACKS: [Model; 5] = [
    model("Dell Inc.", "PowerEdge R650xs", Serial::Dell, SILVER, &[96, 128, 256], &[447, 1820], "1.17.2"),
    model("Dell Inc.", "PowerEdge R760", Serial::Dell, GOLD, &[256, 512], &[960, 7680], "2.7.5"),
    model("HPE", "ProLiant DL380 Gen11", Serial::Hp, GOLD, &[256, 512], &[480, 3840], "U54 v2.42"),
    model("Lenovo", "ThinkSystem SR650 V3", Serial::Lenovo, GOLD, &[256], &[480, 3840], "ESE136C-3.50"),
    model("Supermicro", "AS -1115SV-WTNRT", Serial::Supermicro, EPYC, &[128, 256], &[480, 15360], "1.3"),
];
/// Virtual servers.
pub const VIRTUAL: [Model; 2] = [
    model("VMware, Inc.", "VMware20,1", Serial::Virtual, ("Intel(R) Xeon(R) Gold 6430", 1, 4, 4, 2100), &[8, 16, 32], &[100, 200], "VMW201.00V.24006586.B64"),
    model("VMware, Inc.", "VMware20,1", Serial::Virtual, ("Intel(R) Xeon(R) Gold 6430", 2, 4, 4, 2100), &[16, 64], &[120, 500], "VMW201.00V.24006586.B64"),
];
