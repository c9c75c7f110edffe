//! Turns a frame and a body into the text of an HTML document, synchronously.

use std::sync::Arc;

use hydration_context::SsrSharedContext;
use leptos::prelude::*;

use crate::layout::{document::Document, frame::Frame, place::Place};

/// The whole document of one page. `title` stands before the brand's name; `body` is called within the rendering context.
pub fn render<V: IntoView + 'static>(frame: Frame, title: &str, body: impl FnOnce() -> V) -> String {
    let title = title.to_owned();
    let document = within(&frame.clone(), move || {
        let body = body().into_any();
        view! { <Document frame title body/> }.to_html()
    });
    format!("<!DOCTYPE html>{document}")
}

/// The HTML of a part without the document around it, for tests and fragments.
pub fn render_part<V: IntoView + 'static>(frame: &Frame, body: impl FnOnce() -> V) -> String {
    within(frame, move || body().into_view().to_html())
}

fn within(frame: &Frame, body: impl FnOnce() -> String) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| {
        provide_context(Place::from(frame));
        provide_context(frame.clock.clone());
        body()
    });
    owner.cleanup();
    html
}
