#[cfg(not(feature = "ssr"))]
fn main() {}
#[cfg(feature = "ssr")]
fn main() {
    use app::{
        Frame,
        clients::ClientsPage,
        devices::{DevicesPage, detail::DevicePage},
        home::StaffHome,
    };
    let time = |name: &str, f: &dyn Fn() -> String| {
        let n = 300;
        let size = f().len();
        let t = std::time::Instant::now();
        for _ in 0..n {
            std::hint::black_box(f());
        }
        println!("{name}: {:.0} pages/s, {size} bytes", n as f64 / t.elapsed().as_secs_f64());
    };
    time("devices", &|| DevicesPage::sample().render(Frame::sample()));
    time("sample", &|| format!("{:?}", DevicesPage::sample().rows.len()));
    time("home", &|| StaffHome::sample().render(Frame::sample()));
    time("device", &|| DevicePage::sample().render(Frame::sample()));
    time("software", &|| DevicePage::sample_software().render(Frame::sample()));
    time("clients", &|| ClientsPage::sample().render(Frame::sample()));
    std::fs::write("/tmp/devices.html", DevicesPage::sample().render(Frame::sample())).ok();
}
