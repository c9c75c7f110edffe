//! Where notices go, and which: the channels and the routes.

use leptos::prelude::*;

use super::{
    model::{ChannelLine, ChannelsPage, MailState, RouteLine},
    parts::{Off, capital},
};
use crate::{
    Frame,
    layout::{Settings, link},
    render,
    ui::{Cell, Column, Empty, Head, Icon, LinkButton, Look, Row, RowLink, Rows, Section, Slot, Table},
};

impl ChannelsPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Channels", move || view! { <ChannelsView page=self/> })
    }
}

/// The page.
#[component]
fn ChannelsView(page: ChannelsPage) -> impl IntoView {
    let ChannelsPage { channels, routes, mail } = page;
    let count = (channels.len() as u64, routes.len() as u64);
    let none = channels.is_empty();
    view! {
        <Settings title="Channels" note="Who is told of alerts, and how".to_owned()>
            <LinkButton href=link("/settings/channels/deliveries") icon="history">"Deliveries"</LinkButton>
            <LinkButton href=link("/settings/channels/new") look=Look::Primary icon="plus">"Add a channel"</LinkButton>
        </Settings>
        <MailNote mail/>
        <Section title="Channels" count=Some(count.0)><Channels channels/></Section>
        <Section title="Routes" count=Some(count.1) more=(!none).then(|| ("Add a route".to_owned(), link("/settings/channels/routes/new")))>
            <Routes routes none/>
        </Section>
    }
}

/// What keeps mail from leaving.
#[component]
fn MailNote(mail: MailState) -> impl IntoView {
    let text = match mail {
        MailState::Ready => return None,
        MailState::Caught => "This is a demo without a mail server: mail is kept in the log of deliveries and sent to nobody.",
        MailState::Missing => "No mail server is set up, so mail is not sent. Whoever runs the server sets PORTICO_MAIL_URL. Webhooks work without it.",
    };
    Some(view! { <div class="alert-why"><Icon name="circle-help"/><p>{text}</p></div> })
}

#[component]
fn Channels(channels: Vec<ChannelLine>) -> impl IntoView {
    if channels.is_empty() {
        let text = "Nobody is told of alerts yet. A channel is a set of mail addresses or a webhook; routes then say which alerts go there.";
        return view! {
            <div class="alone">
                <Empty icon="bell" title="No channel yet" text><LinkButton href=link("/settings/channels/new")>"Add a channel"</LinkButton></Empty>
            </div>
        }
        .into_any();
    }
    let line = |line: ChannelLine| {
        let routes = match line.routes {
            0 => "No route leads here".to_owned(),
            1 => "1 route".to_owned(),
            n => format!("{n} routes"),
        };
        view! {
            <Row>
                <Cell kind=Slot::Lead><RowLink href=link(&format!("/settings/channels/{}", line.id))>{line.name}</RowLink><Off on=line.on/></Cell>
                <Cell>{line.kind.label()}</Cell>
                <Cell kind=Slot::Sub>{line.words}</Cell>
                <Cell>{routes}</Cell>
            </Row>
        }
    };
    view! {
        <Table caption="Channels">
            <Head><Column label="Channel"/><Column label="Way"/><Column label="To"/><Column label="Routes"/></Head>
            <Rows>{channels.into_iter().map(line).collect_view()}</Rows>
        </Table>
    }
    .into_any()
}

#[component]
fn Routes(routes: Vec<RouteLine>, none: bool) -> impl IntoView {
    if routes.is_empty() {
        let text = if none {
            "Add a channel first; a route then says which alerts go there."
        } else {
            "The channels are not used yet: a route says which alerts go to one."
        };
        let add = (!none).then(|| view! { <LinkButton href=link("/settings/channels/routes/new")>"Add a route"</LinkButton> });
        return view! { <div class="alone"><Empty icon="layers" title="No route yet" text>{add}</Empty></div> }.into_any();
    }
    let line = |line: RouteLine| {
        view! {
            <Row>
                <Cell kind=Slot::Lead><RowLink href=link(&format!("/settings/channels/routes/{}", line.id))>{line.name}</RowLink><Off on=line.on/></Cell>
                <Cell kind=Slot::Sub>{capital(&line.sentence)}</Cell>
                <Cell>{line.channel}</Cell>
            </Row>
        }
    };
    view! {
        <Table caption="Routes">
            <Head><Column label="Route"/><Column label="Takes"/><Column label="Channel"/></Head>
            <Rows>{routes.into_iter().map(line).collect_view()}</Rows>
        </Table>
    }
    .into_any()
}
