//! What Home's island asks the server; it only reads.

use leptos::{prelude::*, server_fn::codec::GetUrl};

/// How many devices within the caller's reach have reported since `since`, in milliseconds since 1970.
#[server(endpoint = "home-pulse", input = GetUrl)]
pub async fn home_pulse(since: i64) -> Result<u64, ServerFnError> {
    let pulse = use_context::<std::sync::Arc<dyn domain::home::Pulse>>().ok_or_else(|| ServerFnError::new("nobody is signed in"))?;
    pulse.reported_since(domain::Moment(since)).await.map_err(|refusal| ServerFnError::new(refusal.to_string()))
}
