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

#[cfg(test)]
mod tests {
    use leptos::prelude::*;

    use crate::{Frame, layout::proof, render, ui::live::LiveMark};

    #[test]
    fn a_page_with_an_island_has_one_script_and_the_nonce_once() {
        let frame = Frame { islands: true, ..Frame::sample() };
        let html = render(frame, "Home", || view! { <h1>"Home"</h1><LiveMark since=7 base=proof::HOSTILE.to_owned() href=proof::HOSTILE.to_owned()/> });
        proof::sound(&html);
        assert!(html.contains("<leptos-island data-component=\"LiveMark_"));
        assert_eq!(html.matches("<script").count(), 1);
    }

    #[test]
    fn a_page_without_one_has_no_script() {
        let html = render(Frame::sample(), "Home", || view! { <h1>"Home"</h1> });
        assert!(!html.contains("<script") && !html.contains("nonce"));
    }
}
