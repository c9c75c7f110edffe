//! The brand: how the portal looks to everybody who comes to it.

mod page;

pub use page::BrandPage;
