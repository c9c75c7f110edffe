//! The first steps of a new tenant: what is done, and what is left.

use app::home::Step;
use domain::people::Permission;
use foundation::{Failure, Tenant};

/// The steps while any is left, for whoever may do them; nothing otherwise.
///
/// # Errors
/// When the database fails.
pub async fn first_steps(tenant: &Tenant, clients: bool, devices: bool) -> Result<Vec<Step>, Failure> {
    if tenant.require(Permission::PeopleManage).is_err() {
        return Ok(Vec::new());
    }
    let branded = tenant.brand().await?.version > 1;
    let people = tenant.has_colleagues().await?;
    let told = !tenant.channels().await?.is_empty();
    let step = |title, text, path, done| Step { title, text, path, done };
    let steps = vec![
        step("Set the brand", "Your name and colour, for your people and your clients.", "/settings/brand", branded),
        step("Add your people", "Each gets a link to set a password, and sees the clients you say.", "/settings/people/new", people),
        step("Add the first client", "Or bring a list of clients, sites and contacts as a file.", "/clients", clients),
        step("Enrol the first device", "A key, one command, and it shows up here within a minute.", "/settings/enrolment/new", devices),
        step(
            "Say who is told of alerts",
            "A channel is a set of mail addresses or a webhook; a route says which alerts go there.",
            "/settings/channels/new",
            told,
        ),
    ];
    Ok(if steps.iter().all(|step| step.done) { Vec::new() } else { steps })
}
