//! The only place that writes a multi-line field: leptos 0.8 leaves its text unescaped, so it is escaped here.

use leptos::prelude::*;

use super::field::{Below, described};

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    out
}

/// Several lines of text. `name` is also the id.
#[component]
pub fn TextArea(
    #[prop(into)] label: String,
    name: &'static str,
    #[prop(optional, into)] value: String,
    #[prop(default = 3)] rows: u8,
    #[prop(default = None, into)] hint: Option<String>,
    #[prop(default = None, into)] error: Option<String>,
) -> impl IntoView {
    let described = described(name, hint.as_ref(), error.as_ref());
    let invalid = error.is_some().then_some("true");
    // A parser drops the first line break of this element, so one is written that may be dropped.
    let text = format!("\n{}", escaped(&value));
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <textarea id=name name=name class="textarea" rows=rows.to_string() aria-invalid=invalid aria-describedby=described.clone() inner_html=text></textarea>
            {described.map(|id| view! { <Below id hint error/> })}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Frame, render_part};

    #[test]
    fn typed_text_cannot_leave_the_field() {
        let html = render_part(&Frame::sample(), || view! { <TextArea label="Reason" name="reason" value="</textarea><script>alert(1)</script>&amp;"/> });
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;</textarea>"), "{html}");
    }
}
