//! Writes each page from its sample data to `target/preview/<brand>-<theme>/<page>.html`, for looking at without a server.

mod brands;
mod pages;
mod parts;

use std::{fs, io, path::Path};

use app::{Assets, Frame, Theme};

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/preview");
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
            for (page, html) in pages::all(&dress) {
                fs::write(folder.join(format!("{page}.html")), html)?;
            }
        }
        brands::write(&root, name)?;
    }
    Ok(())
}
