//! One page for every refusal; each offers a way on.

use leptos::prelude::*;

use crate::{
    layout::link,
    ui::{Button, Code, Icon, LinkButton, Look},
};

/// Why there is no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// 403: seen, but not allowed. Names the missing permission and whom to ask.
    Forbidden {
        /// The permission's word.
        permission: String,
    },
    /// 403: the request came from another site, or without saying from where.
    ForeignRequest,
    /// 403: whoever views the portal as a client changes nothing.
    Viewing,
    /// 404: not there, or not the viewer's to know.
    NotFound,
    /// 409: somebody changed it meanwhile.
    Conflict {
        /// What changed, as a sentence.
        what: String,
    },
    /// 422: what was sent cannot be used, and no form shows it.
    Invalid {
        /// Each fault, as a sentence.
        faults: Vec<String>,
    },
    /// 429: too often.
    TooMany {
        /// Seconds until the next try.
        wait_s: u32,
    },
    /// 500: our fault, logged under a reference.
    Broken {
        /// What to tell support.
        reference: String,
    },
    /// 503: not now.
    Unavailable {
        /// Seconds until the next try.
        wait_s: u32,
    },
}

struct Words {
    icon: &'static str,
    title: &'static str,
    text: String,
}

impl Problem {
    /// The page's title.
    pub fn title(&self) -> &'static str {
        self.words().title
    }

    fn words(&self) -> Words {
        let (icon, title, text) = match self {
            Self::Forbidden { permission } => (
                "lock",
                "You may not do this",
                format!("Your role lacks the permission \u{201c}{permission}\u{201d}. An owner can give you a role that holds it. Nothing was changed."),
            ),
            Self::ForeignRequest => (
                "shield-alert",
                "This request was stopped",
                "It did not come from a page of this portal, so nothing was changed. Open the page again and repeat what you did.".into(),
            ),
            Self::Viewing => (
                "eye",
                "Nothing can be changed here",
                "You see what the client sees, and you only look. Stop the view to act under your own name. Nothing was changed.".into(),
            ),
            Self::NotFound => {
                ("search", "There is nothing here", "The page does not exist, or it belongs to somebody else. Check the address, or start from Home.".into())
            }
            Self::Conflict { what } => ("ban", "Not as things stand", format!("{what} Nothing was changed.")),
            Self::Invalid { .. } => {
                ("circle-alert", "This cannot be used", "Nothing was changed. Go back, correct what is listed here, and send it again.".into())
            }
            Self::TooMany { wait_s } => ("clock", "Too many tries", format!("Try again in {}. Nothing was changed.", seconds(*wait_s))),
            Self::Broken { .. } => (
                "triangle-alert",
                "Something broke on our side",
                "What you sent may not have been saved. The fault is logged; with the reference below we find it.".into(),
            ),
            Self::Unavailable { wait_s } => (
                "hourglass",
                "Not available right now",
                format!("The portal is busy or being updated. Try again in {}. Nothing was changed.", seconds(*wait_s)),
            ),
        };
        Words { icon, title, text }
    }
}

fn seconds(n: u32) -> String {
    match n {
        0 | 1 => "a second".into(),
        2..=90 => format!("{n} seconds"),
        n => format!("{} minutes", n.div_ceil(60)),
    }
}

/// The page. `back` is where one came from; `phone` whom to call.
#[component]
pub fn ProblemPage(problem: Problem, #[prop(default = None, into)] back: Option<String>, #[prop(default = None, into)] phone: Option<String>) -> impl IntoView {
    let words = problem.words();
    let retry =
        back.clone().filter(|_| matches!(problem, Problem::Broken { .. } | Problem::Unavailable { .. } | Problem::TooMany { .. } | Problem::Conflict { .. }));
    view! {
        <section class="plain-page">
            <span class="plain-mark"><Icon name=words.icon class="icon-lg"/></span>
            <h1>{words.title}</h1>
            <p>{words.text}</p>
            <Detail problem/>
            {phone.map(|phone| view! { <p>"In a hurry? Call " {phone} "."</p> })}
            <div class="plain-acts">
                {retry.map(|href| view! { <LinkButton href look=Look::Primary icon="rotate-cw">"Try again"</LinkButton> })}
                <LinkButton href=link("/") icon="house">"Go to Home"</LinkButton>
            </div>
        </section>
    }
}

#[component]
fn Detail(problem: Problem) -> impl IntoView {
    match problem {
        Problem::Broken { reference } => view! { <p>"Reference " <Code>{reference}</Code></p> }.into_any(),
        Problem::Invalid { faults } => {
            view! { <ul class="plain-faults">{faults.into_iter().map(|fault| view! { <li>{fault}</li> }).collect_view()}</ul> }.into_any()
        }
        Problem::Viewing => {
            view! { <form method="post" action=link("/view/removal")><Button look=Look::Primary icon="eye-off" small=true>"Stop the view"</Button></form> }
                .into_any()
        }
        Problem::Forbidden { .. } => {
            view! { <form method="post" action=link("/sign-out")><Button look=Look::Quiet icon="log-out" small=true>"Sign in as somebody else"</Button></form> }
                .into_any()
        }
        _ => ().into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Audience, Frame, layout::proof, render};

    fn all(text: &str) -> Vec<Problem> {
        let own = || text.to_owned();
        vec![
            Problem::Forbidden { permission: own() },
            Problem::ForeignRequest,
            Problem::Viewing,
            Problem::NotFound,
            Problem::Conflict { what: own() },
            Problem::Invalid { faults: vec![own()] },
            Problem::TooMany { wait_s: 30 },
            Problem::Broken { reference: own() },
            Problem::Unavailable { wait_s: 5 },
        ]
    }

    #[test]
    fn each_problem_offers_a_way_on() {
        for problem in all("devices: read") {
            let title = problem.title();
            let html = render(Frame::sample(), title, || view! { <ProblemPage problem back="/devices".to_owned()/> });
            proof::sound(&html);
            assert!(html.contains("Go to Home") && html.contains(title));
        }
        let html = render(Frame::sample(), "x", || view! { <ProblemPage problem=Problem::Forbidden { permission: "audit: read".into() }/> });
        assert!(html.contains("audit: read"));
    }

    #[test]
    fn hostile_text_stays_text_for_every_audience() {
        for audience in [None, Some(Audience::Staff), Some(Audience::Contact), Some(Audience::Operator)] {
            for problem in all(proof::HOSTILE) {
                proof::sound(&render(proof::hostile_frame(audience), proof::HOSTILE, || view! { <ProblemPage problem phone=proof::HOSTILE.to_owned()/> }));
            }
        }
    }
}
