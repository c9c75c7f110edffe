//! The design system: parts without any feature's words, each a plain component that needs no script.

pub mod live;

#[cfg(feature = "ssr")]
mod parts {
    pub use super::{
        avatar::Avatar,
        badge::{Badge, Code, Count, Tag, Tone},
        bar::{Bar, Fill, Legend, Part, StackBar},
        breadcrumb::{Crumb, Crumbs},
        button::{Button, LinkButton, Look},
        chart::{BarChart, Bars, Hour},
        chip::{Chip, Chips, Segment, Segments},
        choice::{Checks, Radios},
        dialog::Confirm,
        empty::Empty,
        facts::{Fact, Facts},
        field::{Checkbox, Choice, Day, Field, Search, Select},
        file::FileField,
        icon::Icon,
        number::{bytes, percent, share, short, thousands},
        pager::{Pager, Paging},
        section::{PageHead, Section},
        severity::{Severity, SeverityMark},
        sheet::{Group, Secret, Sheet},
        snippet::Snippet,
        status::{Outcome, OutcomeMark, StatusMark},
        table::{Cell, Column, Direction, Head, Row, RowLink, Rows, Slot, Sort, Table},
        tabs::{Tab, Tabs},
        text_area::TextArea,
        tile::{Change, Figure, Tile, Tiles},
        toast::Toast,
        when::{At, Stamp, When, at_text, exact_text},
    };
}

#[cfg(feature = "ssr")]
mod avatar;
#[cfg(feature = "ssr")]
mod badge;
#[cfg(feature = "ssr")]
mod bar;
#[cfg(feature = "ssr")]
mod breadcrumb;
#[cfg(feature = "ssr")]
mod button;
#[cfg(feature = "ssr")]
mod chart;
#[cfg(feature = "ssr")]
mod chip;
#[cfg(feature = "ssr")]
mod choice;
#[cfg(feature = "ssr")]
mod dialog;
#[cfg(feature = "ssr")]
mod empty;
#[cfg(feature = "ssr")]
mod facts;
#[cfg(feature = "ssr")]
mod field;
#[cfg(feature = "ssr")]
mod file;
#[cfg(feature = "ssr")]
mod icon;
#[cfg(feature = "ssr")]
mod number;
#[cfg(feature = "ssr")]
mod pager;
#[cfg(feature = "ssr")]
mod section;
#[cfg(feature = "ssr")]
mod severity;
#[cfg(feature = "ssr")]
mod sheet;
#[cfg(feature = "ssr")]
mod snippet;
#[cfg(feature = "ssr")]
mod status;
#[cfg(feature = "ssr")]
mod table;
#[cfg(feature = "ssr")]
mod tabs;
#[cfg(feature = "ssr")]
mod text_area;
#[cfg(feature = "ssr")]
mod tile;
#[cfg(feature = "ssr")]
mod toast;
#[cfg(feature = "ssr")]
mod when;

#[cfg(feature = "ssr")]
pub use parts::*;
