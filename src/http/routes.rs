//! The routes, in one list that the coverage test reads too.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{MethodRouter, get, post},
};
use tower_http::limit::RequestBodyLimitLayer;

use super::{
    account, alerts, api, approvals, assets, audit, body, brand, clients, devices, duplicates, enrolment, home, ingest, jobs, mail, monitoring, notices,
    patching, pending, people, reports, requests, router::Shared, sign_in, software, tenants, told, welcome, windows,
};

/// The largest form.
const FORM: usize = 64 * 1024;
/// The largest form with a file; what a file may hold is less, and said on its page.
const UPLOAD: usize = 16 * 1024 * 1024;
/// The largest message with its files.
const MESSAGE: usize = 26 * 1024 * 1024;
/// The largest report as sent; it may unpack to more, see [`ingest`].
const REPORT: usize = 8 * 1024 * 1024;
/// A route, as the coverage test asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// The method.
    pub method: &'static str,
    /// The path, with axum's placeholders.
    pub path: &'static str,
    /// Whether the platform host has it, rather than the tenants'.
    pub platform: bool,
}

/// How much a form at `path` may send.
fn most(path: &str) -> usize {
    match path {
        "/requests" | "/requests/{request}/messages" | "/requests/{request}/notes" => MESSAGE,
        _ if path.starts_with("/clients/import") => UPLOAD,
        _ => FORM,
    }
}

macro_rules! routes {
    ($($platform:literal $method:ident $path:literal => $handler:expr;)*) => {
        /// Every route that a session or a stranger can ask for.
        pub const ROUTES: &[Route] = &[$(Route { method: stringify!($method), path: $path, platform: $platform },)*];

        pub(super) fn pages(platform: bool) -> Router<Shared> {
            let mut router: Router<Shared> = Router::new();
            $(if $platform == platform {
                let route: MethodRouter<Shared> = $method($handler);
                let route: MethodRouter<Shared> = route.layer(middleware::from_fn(body::whole));
                let route: MethodRouter<Shared> = route.layer((RequestBodyLimitLayer::new(most($path)), DefaultBodyLimit::max(most($path))));
                router = router.route($path, route);
            })*
            router
        }
    };
}

routes! {
    false get "/" => home::show;
    false get "/sign-in" => sign_in::show;
    false post "/sign-in" => sign_in::enter;
    false post "/sign-out" => sign_in::leave;
    false get "/devices" => devices::list;
    false get "/devices/export" => devices::export;
    false get "/devices/{device}" => devices::summary;
    false get "/devices/{device}/hardware" => devices::hardware;
    false get "/devices/{device}/software" => devices::software;
    false get "/devices/{device}/updates" => devices::updates;
    false get "/devices/{device}/history" => devices::history;
    false get "/devices/{device}/duplicate" => duplicates::show;
    false post "/devices/{device}/duplicate/merger" => duplicates::merge;
    false post "/devices/{device}/duplicate/separation" => duplicates::keep_both;
    false get "/devices/{device}/alerts" => devices::alerts;
    false get "/devices/{device}/policy" => devices::policy;
    false get "/devices/{device}/commands" => devices::commands::list;
    false post "/devices/{device}/commands" => devices::commands::ask;
    false get "/devices/{device}/commands/{command}" => devices::commands::show;
    false post "/devices/{device}/commands/{command}/cancellation" => devices::commands::cancel;
    false get "/devices/{device}/manage" => devices::manage::show;
    false post "/devices/{device}/name" => devices::manage::name;
    false post "/devices/{device}/site" => devices::manage::site;
    false post "/devices/{device}/tags" => devices::manage::tag;
    false post "/devices/{device}/tags/removal" => devices::manage::untag;
    false post "/devices/{device}/note" => devices::manage::note;
    false post "/devices/{device}/retirement" => devices::manage::retire;
    false post "/devices/{device}/retirement/removal" => devices::manage::restore;
    false post "/devices/{device}/key/renewal" => devices::manage::renew;
    false post "/devices/{device}/key/revocation" => devices::manage::revoke;
    false post "/devices/{device}/removal" => devices::manage::remove;
    false get "/alerts" => alerts::inbox;
    false post "/alerts/acts" => alerts::many;
    false get "/alerts/{alert}" => alerts::show;
    false post "/alerts/{alert}/acknowledgement" => alerts::acknowledge;
    false post "/alerts/{alert}/acknowledgement/removal" => alerts::unacknowledge;
    false post "/alerts/{alert}/snooze" => alerts::snooze;
    false post "/alerts/{alert}/snooze/removal" => alerts::wake;
    false post "/alerts/{alert}/resolution" => alerts::resolve;
    false post "/alerts/{alert}/resolution/removal" => alerts::reopen;
    false post "/alerts/{alert}/dismissal" => alerts::dismiss;
    false get "/settings/windows" => windows::list;
    false post "/settings/windows" => windows::add;
    false get "/settings/windows/new" => windows::new;
    false get "/settings/windows/{window}" => windows::show;
    false post "/settings/windows/{window}" => windows::change;
    false post "/settings/windows/{window}/removal" => windows::remove;
    false post "/devices/{device}/maintenance" => windows::start;
    false get "/patching" => patching::compliance;
    false get "/patching/updates" => patching::updates;
    false get "/patching/updates/export" => patching::export_updates;
    false post "/patching/updates/decisions" => patching::decide_many;
    false get "/patching/updates/{update}" => patching::update;
    false post "/patching/updates/{update}/decisions/{place}" => patching::decide;
    false post "/patching/updates/{update}/decisions/{place}/removal" => patching::take_back;
    false get "/patching/devices" => patching::on_devices;
    false get "/patching/devices/export" => patching::export_pairs;
    false get "/patching/rules" => patching::rules;
    false post "/patching/rules" => patching::add_rule;
    false post "/patching/rules/targets" => patching::targets;
    false post "/patching/rules/{rule}/removal" => patching::remove_rule;
    false get "/patching/runs" => patching::runs;
    false post "/patching/runs" => patching::start;
    false get "/patching/runs/new" => patching::plan;
    false get "/patching/runs/{run}" => patching::run;
    false post "/patching/runs/{run}/cancellation" => patching::cancel;
    false post "/patching/runs/{run}/retry" => patching::retry;
    false get "/settings/monitoring" => monitoring::list;
    false get "/settings/monitoring/{place}" => monitoring::show;
    false post "/settings/monitoring/{place}" => monitoring::add;
    false get "/settings/monitoring/{place}/{condition}" => monitoring::condition;
    false post "/settings/monitoring/{place}/{condition}" => monitoring::change;
    false post "/settings/monitoring/{place}/{condition}/removal" => monitoring::remove;
    false get "/settings/channels" => notices::list;
    false post "/settings/channels" => notices::add;
    false get "/settings/channels/new" => notices::new;
    false get "/settings/channels/deliveries" => notices::deliveries;
    false get "/settings/channels/deliveries/export" => notices::export;
    false get "/settings/channels/deliveries/{delivery}" => notices::delivery;
    false post "/settings/channels/deliveries/{delivery}/retry" => notices::retry;
    false post "/settings/channels/routes" => notices::add_route;
    false get "/settings/channels/routes/new" => notices::new_route;
    false get "/settings/channels/routes/{route}" => notices::route;
    false post "/settings/channels/routes/{route}" => notices::change_route;
    false post "/settings/channels/routes/{route}/removal" => notices::remove_route;
    false get "/settings/channels/{channel}" => notices::show;
    false post "/settings/channels/{channel}" => notices::change;
    false post "/settings/channels/{channel}/test" => notices::test;
    false post "/settings/channels/{channel}/secret" => notices::renew;
    false post "/settings/channels/{channel}/removal" => notices::remove;
    false get "/reports" => reports::library;
    false get "/reports/delivered" => reports::delivered;
    false get "/reports/delivered/{report}" => reports::one;
    false get "/reports/delivered/{report}/{format}" => reports::one_as;
    false get "/reports/schedules" => reports::list;
    false post "/reports/schedules" => reports::add;
    false get "/reports/schedules/new" => reports::new;
    false get "/reports/schedules/{schedule}" => reports::form;
    false post "/reports/schedules/{schedule}" => reports::change;
    false post "/reports/schedules/{schedule}/pause" => reports::pause;
    false post "/reports/schedules/{schedule}/pause/removal" => reports::resume;
    false post "/reports/schedules/{schedule}/removal" => reports::remove;
    false get "/reports/{kind}" => reports::preview;
    false get "/reports/{kind}/{format}" => reports::preview_as;
    false post "/reports/{kind}/delivery" => reports::keep;
    false get "/clients" => clients::list;
    false post "/clients" => clients::create;
    false get "/clients/new" => clients::new;
    false get "/clients/export" => clients::export;
    false get "/clients/import" => clients::import_form;
    false post "/clients/import" => clients::check;
    false post "/clients/import/confirmation" => clients::confirm;
    false get "/clients/import/sample" => clients::sample;
    false get "/clients/{client}" => clients::show;
    false get "/clients/{client}/name" => clients::name;
    false post "/clients/{client}/name" => clients::rename;
    false post "/clients/{client}/archival" => clients::archive;
    false post "/clients/{client}/archival/removal" => clients::restore;
    false get "/clients/{client}/sites/new" => clients::new_site;
    false post "/clients/{client}/sites" => clients::create_site;
    false get "/clients/{client}/sites/{site}/name" => clients::site_name;
    false post "/clients/{client}/sites/{site}/name" => clients::rename_site;
    false post "/clients/{client}/sites/{site}/archival" => clients::archive_site;
    false post "/clients/{client}/sites/{site}/archival/removal" => clients::restore_site;
    false get "/settings/enrolment" => enrolment::list;
    false post "/settings/enrolment" => enrolment::make;
    false get "/settings/enrolment/new" => enrolment::form;
    false get "/settings/enrolment/pending" => pending::list;
    false post "/settings/enrolment/pending/approval" => pending::approve;
    false post "/settings/enrolment/pending/refusal" => pending::refuse;
    false get "/settings/enrolment/{key}" => enrolment::show;
    false post "/settings/enrolment/{key}/revocation" => enrolment::revoke;
    false get "/software" => software::titles;
    false get "/software/export" => software::export_titles;
    false get "/software/unknown" => software::unlisted;
    false get "/software/{ecosystem}/{name}" => software::title;
    false get "/software/{ecosystem}/{name}/export" => software::export_title;
    false get "/requests" => requests::list;
    false post "/requests" => requests::open;
    false get "/requests/new" => requests::new;
    false get "/requests/export" => requests::export;
    false post "/requests/closing" => requests::close;
    false get "/requests/{request}" => requests::show;
    false post "/requests/{request}/messages" => requests::reply;
    false post "/requests/{request}/notes" => requests::note;
    false post "/requests/{request}/decision" => requests::decide;
    false post "/requests/{request}/solution" => requests::solve;
    false post "/requests/{request}/solution/removal" => requests::reopen;
    false post "/requests/{request}/approval" => requests::ask;
    false get "/requests/{request}/files/{attachment}" => requests::file;
    false get "/approvals" => approvals::list;
    false get "/approvals/{approval}" => approvals::show;
    false post "/approvals/{approval}/yes" => approvals::approve;
    false post "/approvals/{approval}/no" => approvals::refuse;
    false post "/approvals/{approval}/withdrawal" => approvals::withdraw;
    false get "/what-we-did" => told::show;
    false get "/api/{function}" => api::call;
    false get "/welcome/{token}" => welcome::show;
    false post "/welcome/{token}" => welcome::begin;
    false get "/account" => account::show;
    false post "/account/profile" => account::profile;
    false post "/account/password" => account::password;
    false get "/settings/brand" => brand::show;
    false post "/settings/brand" => brand::change;
    false get "/settings/people" => people::list;
    false get "/settings/people/new" => people::new;
    false post "/settings/people" => people::add;
    false get "/settings/people/groups" => people::group_list;
    false post "/settings/people/groups" => people::add_group;
    false post "/settings/people/groups/{group}" => people::change_group;
    false post "/settings/people/groups/{group}/removal" => people::remove_group;
    false get "/settings/people/{person}" => people::show;
    false post "/settings/people/{person}/grant" => people::grant;
    false post "/settings/people/{person}/disablement" => people::disable;
    false post "/settings/people/{person}/disablement/removal" => people::enable;
    false post "/settings/people/{person}/sessions/removal" => people::end_sessions;
    false post "/settings/people/{person}/link" => people::link;
    false get "/settings/audit" => audit::list;
    false get "/settings/audit/export" => audit::export;
    false get "/account/sessions" => account::sessions;
    false post "/account/sessions/removal" => account::end_others;
    false post "/account/sessions/{session}/removal" => account::end_one;
    false post "/account/theme" => account::theme;
    false post "/account/navigation" => account::navigation;
    false get "/brand/{file}" => assets::brand;
    false get "/brand/{version}/{file}" => assets::brand_file;
    true get "/" => tenants::list;
    true get "/sign-in" => sign_in::show;
    true post "/sign-in" => sign_in::enter;
    true post "/sign-out" => sign_in::leave;
    true get "/jobs" => jobs::list;
    true post "/jobs/{tenant}/{job}/retry" => jobs::retry;
    true post "/jobs/{tenant}/{job}/removal" => jobs::remove;
    true get "/mail" => mail::list;
    true get "/mail/{tenant}/{delivery}" => mail::show;
    true get "/tenants/new" => tenants::new;
    true post "/tenants" => tenants::create;
    true post "/tenants/{tenant}/suspension" => tenants::suspend;
    true post "/tenants/{tenant}/suspension/removal" => tenants::resume;
    true post "/account/theme" => account::theme;
    true post "/account/navigation" => account::navigation;
    true get "/brand/{file}" => assets::brand;
    true get "/brand/{version}/{file}" => assets::brand_file;
}

/// What agents may ask for; no session opens these, and no agent opens the others.
pub(super) fn agents() -> Router<Shared> {
    Router::new()
        .route("/agent/enrolment", post(ingest::agent::enrol))
        .route("/agent/reports", post(ingest::agent::report))
        .route("/agent/commands", post(ingest::commands::poll))
        .route("/inventory", post(ingest::inventory::receive))
        .route("/", post(ingest::inventory::receive))
        .layer(RequestBodyLimitLayer::new(REPORT))
        .layer(DefaultBodyLimit::max(REPORT))
}
