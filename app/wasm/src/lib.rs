//! Wakes the islands of a page.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the page's module script.
#[wasm_bindgen]
pub fn hydrate() {
    app::link_islands();
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
