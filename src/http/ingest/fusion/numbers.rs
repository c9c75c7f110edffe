//! The numbers of an inventory. What is not a number is a fault of its field; an empty one is unknown.

use domain::{
    Fault,
    devices::{limits::FAULTS, report::Cpu as Processor},
};

use super::{super::reject::Reject, sections::Cpu, values::Word};

const MEBIBYTE: f64 = 1_048_576.0;
/// More than any machine has, and less than a signed 64-bit column takes.
const MOST_BYTES: f64 = 1e18;

/// Reads numbers and collects the faults.
#[derive(Debug, Default)]
pub struct Numbers(Vec<Fault>);

impl Numbers {
    /// # Errors
    /// [`Reject::Invalid`] when a field held something that is not a number.
    pub fn verdict(self) -> Result<(), Reject> {
        if self.0.is_empty() { Ok(()) } else { Err(Reject::Invalid(self.0)) }
    }

    /// The bytes of a field in mebibytes.
    pub fn bytes(&mut self, field: &str, mebibytes: &Word) -> Option<u64> {
        let bytes = self.number(field, mebibytes, MOST_BYTES / MEBIBYTE)? * MEBIBYTE;
        Some(bytes as u64)
    }

    /// The processor at `at`.
    pub fn cpu(&mut self, at: usize, cpu: &Cpu) -> Processor {
        let field = |name: &str| format!("hardware.cpus[{at}].{name}");
        Processor {
            name: cpu.name.get().unwrap_or_default().to_owned(),
            cores: self.number(&field("cores"), &cpu.cores, f64::from(u32::MAX)).map(|cores| cores as u32),
            threads: self.number(&field("threads"), &cpu.threads, f64::from(u32::MAX)).map(|threads| threads as u32),
            mhz: self.number(&field("mhz"), &cpu.speed, 1e6).filter(|mhz| *mhz > 0.0),
        }
    }

    fn number(&mut self, field: &str, word: &Word, most: f64) -> Option<f64> {
        let text = word.get()?;
        // Rust's own parser also takes "NaN", "inf", "1e9" and a sign.
        let plain = text.len() <= 24 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let number = text.parse::<f64>().ok().filter(|number| plain && *number <= most);
        if number.is_none() && self.0.len() < FAULTS {
            self.0.push(Fault::new(field, "is not a number that a machine can have"));
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_numbers_are_read() {
        for (text, bytes) in [("24105", Some(24105 << 20)), (" 1 ", Some(1 << 20)), ("0", Some(0)), ("0.5", Some(1 << 19)), ("", None), ("  ", None)] {
            let mut numbers = Numbers::default();
            assert_eq!(numbers.bytes("memory", &Word::from(text)), bytes, "{text}");
            assert_eq!(numbers.verdict(), Ok(()));
        }
        for text in ["NaN", "-1", "inf", "1e3", "12 MB", "0x10", "99999999999999999999", ".", "1.2.3", "١٢"] {
            let mut numbers = Numbers::default();
            assert_eq!(numbers.bytes("memory", &Word::from(text)), None, "{text}");
            assert_eq!(numbers.verdict(), Err(Reject::invalid("memory", "is not a number that a machine can have")), "{text}");
        }
    }

    #[test]
    fn faults_are_few() {
        let mut numbers = Numbers::default();
        (0..1000).for_each(|at| drop(numbers.cpu(at, &Cpu { speed: Word::from("NaN"), ..Cpu::default() })));
        assert_eq!(numbers.0.len(), FAULTS);
    }
}
