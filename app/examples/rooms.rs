//! Writes the pages of Home, devices and clients from their samples to `target/rooms/<brand>-<theme>/<page>.html`, for looking at without a server.

#[cfg(feature = "ssr")]
#[path = "preview/brands.rs"]
mod brands;

#[cfg(not(feature = "ssr"))]
fn main() {}

#[cfg(feature = "ssr")]
fn main() -> std::io::Result<()> {
    use app::{Assets, Frame, Theme};
    use std::{fs, path::Path};

    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/rooms");
    for name in ["northwind", "bluefin"] {
        for theme in [Theme::Light, Theme::Dark] {
            let folder = root.join(format!("{name}-{}", theme.word()));
            fs::create_dir_all(&folder)?;
            let dress = |frame: Frame| Frame {
                theme,
                brand: brands::dress(name, frame.brand),
                assets: Assets { css: "/main.css".into(), icons: "/icons.svg".into(), ..Assets::default() },
                ..frame
            };
            for (page, html) in pages(&dress) {
                fs::write(folder.join(format!("{page}.html")), html)?;
            }
        }
        brands::write(&root, name)?;
    }
    Ok(())
}

#[cfg(feature = "ssr")]
fn pages(dress: &dyn Fn(app::Frame) -> app::Frame) -> Vec<(&'static str, String)> {
    use app::{
        Counts, Frame,
        clients::ClientsPage,
        devices::{DevicesPage, detail::DevicePage},
        home::{ContactHome, StaffHome},
    };
    let at = |path: &str| dress(Frame { path: path.into(), counts: Counts { clients: Some(9), devices: Some(1_214) }, ..Frame::sample() });
    let contact = |path: &str| dress(Frame { path: path.into(), ..Frame::sample_contact() });
    vec![
        ("home", StaffHome::sample().render(at("/"))),
        ("home-fresh", StaffHome::sample_empty().render(at("/"))),
        ("contact-home", ContactHome::sample().render(contact("/"))),
        ("contact-fresh", ContactHome::sample_empty().render(contact("/"))),
        ("devices", DevicesPage::sample().render(at("/devices"))),
        ("devices-filtered", DevicesPage::sample_filtered().render(at("/devices"))),
        ("devices-none", DevicesPage::sample_no_match().render(at("/devices"))),
        ("devices-empty", DevicesPage::sample_empty().render(at("/devices"))),
        ("devices-contact", DevicesPage::sample_contact().render(contact("/devices"))),
        ("device", DevicePage::sample().render(at("/devices/x"))),
        ("device-hardware", DevicePage::sample_hardware().render(at("/devices/x"))),
        ("device-software", DevicePage::sample_software().render(at("/devices/x"))),
        ("device-updates", DevicePage::sample_updates().render(at("/devices/x"))),
        ("device-history", DevicePage::sample_history().render(at("/devices/x"))),
        ("device-empty", DevicePage::sample_empty().render(at("/devices/x"))),
        ("device-quarantined", DevicePage::sample_quarantined().render(at("/devices/x"))),
        ("device-contact", DevicePage { show_client: false, ..DevicePage::sample() }.render(contact("/devices/x"))),
        ("clients", ClientsPage::sample().render(at("/clients"))),
        ("clients-empty", ClientsPage::sample_empty().render(at("/clients"))),
    ]
}
