//! The one script: it wakes the islands after the first paint. Our own, because leptos' tags print the nonce where a stylesheet can read it.

use leptos::prelude::*;

use super::frame::Assets;

/// Constant, so that nothing can be put into it; the addresses are attributes. Islands do not nest.
const WAKE: &str = r#"const at=document.getElementById("wake").dataset;const wake=async()=>{const m=await import(at.js);await m.default({module_or_path:at.wasm});m.hydrate();for(const el of document.querySelectorAll("leptos-island")){const island=m[el.dataset.component];if(island)await island(el)}};"requestIdleCallback"in window?requestIdleCallback(wake,{timeout:2000}):setTimeout(wake,200)"#;

/// The module script; belongs at the end of the body.
#[component]
pub fn Wake(assets: Assets, nonce: String) -> impl IntoView {
    view! { <script type="module" id="wake" nonce=nonce data-js=assets.js data-wasm=assets.wasm inner_html=WAKE></script> }
}
