//! What the typesetter may know: the template, the facts and the fonts of this program. It is refused every file, package and date.

use std::sync::LazyLock;

use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Dict, Duration, IntoValue},
    syntax::{FileId, Source},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_kit::fonts::{FontStore, embedded};

/// Inter in the two weights that the template uses, for Latin, Greek and Cyrillic; what it lacks comes from the typesetter's own fonts.
const TEXT: [&[u8]; 2] = [include_bytes!("../fonts/inter-regular.ttf"), include_bytes!("../fonts/inter-semibold.ttf")];

/// The layout of every report.
const TEMPLATE: &str = include_str!("report.typ");

static FONTS: LazyLock<FontStore> = LazyLock::new(|| {
    let mut fonts = FontStore::new();
    for bytes in TEXT {
        fonts.extend(Font::iter(Bytes::new(bytes)).map(|font| (font.clone(), font.info().clone())));
    }
    fonts.extend(embedded());
    fonts
});

/// One document's world.
pub(crate) struct Paper {
    library: LazyHash<Library>,
    template: Source,
}

impl Paper {
    /// A world that holds `facts`, as JSON. They reach the template as a value and never as its source.
    pub(crate) fn new(facts: String) -> Self {
        let mut inputs = Dict::new();
        inputs.insert("report".into(), Bytes::from_string(facts).into_value());
        Self { library: LazyHash::new(Library::builder().with_inputs(inputs).build()), template: Source::detached(TEMPLATE) }
    }
}

impl World for Paper {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        FONTS.book()
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
