//! The banner of those who see what a client's people see, and the way back.

use leptos::prelude::*;

use super::{frame::Viewer, place::link};
use crate::ui::{At, Button, Icon};

/// Whose portal is seen, until when, and how to stop; nothing for those who look at their own.
#[component]
pub fn Viewing(viewer: Viewer) -> impl IntoView {
    let text = format!("You see what {} sees. Nothing can be changed here.", viewer.client.unwrap_or_default());
    viewer.viewing.map(|until| {
        view! {
            <aside class="viewing" aria-label="View as client">
                <div class="contact-width viewing-row">
                    <Icon name="eye"/>
                    <p><strong>{text}</strong>" "<span class="viewing-until">"Over at " <At at=until/> "."</span></p>
                    <form method="post" action=link("/view/removal")><Button small=true>"Stop"</Button></form>
                </div>
            </aside>
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::{Frame, layout::proof, render};
    use leptos::prelude::*;

    #[test]
    fn who_looks_is_told_so_on_every_page_and_can_stop() {
        let page = |frame| render(frame, "x", || view! { <h1>"x"</h1> });
        let html = page(Frame::sample_view());
        proof::sound(&html);
        assert!(html.contains("You see what Halden &amp; Voss sees. Nothing can be changed here.") && html.contains("action=\"/view/removal\""));
        assert!(!html.contains("/account"), "no forms of one's own account");
        for frame in [Frame::sample_contact(), Frame::sample()] {
            assert!(!page(frame).contains("/view/removal"));
        }
    }
}
