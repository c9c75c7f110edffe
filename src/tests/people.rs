//! An MSP begins by itself: a tenant with an owner's link, people with roles and scopes, one's own account.

mod links;

use domain::time::{DAY, HOUR};
use portico::service::tenants::{self, Wanted};

use crate::harness::{Answer, BLUEFIN, Browser, NORTHWIND, TestApp};

const LARCH: &str = "larch.localhost";
const PASSWORD: [(&str, &str); 2] = [("password", "four brown cows"), ("again", "four brown cows")];

/// The path of the one-time link that a page shows.
fn link(page: &str) -> String {
    let from = page.find("/welcome/ptl_").expect("a link");
    page[from..].chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '_')).collect()
}

/// A tenant without anything, and its owner's link.
async fn larch(app: &TestApp) -> String {
    let wanted = Wanted { name: "Larch & Sons".into(), slug: "larch".into(), owner: "ann@larch.example".into(), ..Wanted::default() };
    let made = tenants::create(app.database(), &app.database().console(), &wanted, app.clock.now()).await.expect("made");
    link(&made.link("http://localhost:3000"))
}

/// Somebody signed in who opened `path` at `host`.
async fn begin(app: &TestApp, host: &str, path: &str) -> Browser {
    let mut browser = app.anon(host);
    assert_eq!(browser.get(path).await.status, 200);
    assert_eq!(browser.post(path, &PASSWORD).await.status, 303);
    assert_eq!(browser.get("/account").await.status, 200);
    browser
}

/// Adds somebody as `owner` and gives the path of their link.
async fn add(owner: &mut Browser, email: &str, fields: &[(&str, &str)]) -> String {
    let answer = owner.post("/settings/people", &[&[("name", "Somebody New"), ("email", email)], fields].concat()).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    link(&answer.body)
}

/// The path of the person with this e-mail.
async fn person(owner: &mut Browser, email: &str) -> String {
    let list = owner.get(&format!("/settings/people?q={email}")).await;
    let from = list.body.find("/settings/people/per_").expect("the person");
    list.body[from..].chars().take(17 + 36).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_install_leads_its_first_owner_on() {
    let app = TestApp::start().await;
    let path = larch(&app).await;
    let mut owner = begin(&app, LARCH, &path).await;
    let home = owner.get("/").await;
    assert!(home.body.contains("First steps") && home.body.contains("5 steps"), "{}", home.body);
    assert!(!home.body.contains("Castell Legal"));
    let brand = owner.get("/settings/brand").await;
    assert!(brand.body.contains("value=\"Larch &amp; Sons\"") || brand.body.contains("value=\"Larch & Sons\""), "{}", brand.body);
    let fields = [("version", "1"), ("name", "Larch IT"), ("accent", "#7c3aed"), ("font", "inter"), ("radius", "9"), ("navigation", "dark")];
    assert_eq!(owner.post("/settings/brand", &fields).await.status, 303);
    assert_eq!(owner.post("/settings/brand", &fields).await.status, 409, "somebody else was first");
    add(&mut owner, "tech@larch.example", &[("role", "technician"), ("scope", "all")]).await;
    app.key_of("larch", "First client").await;
    let channel = [("name", "Desk"), ("kind", "email"), ("to", "desk@larch.example"), ("on", "yes")];
    assert_eq!(owner.post("/settings/channels", &channel).await.status, 303);
    assert!(owner.get("/").await.body.contains("One step is left."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_works_once_at_its_own_host_and_for_three_days() {
    let app = TestApp::start().await;
    let path = larch(&app).await;
    assert_eq!(app.anon(NORTHWIND).get(&path).await.status, 404, "another tenant's host");
    assert_eq!(app.anon(LARCH).post(&path, &[("password", "short"), ("again", "short")]).await.status, 422);
    drop(begin(&app, LARCH, &path).await);
    let spellings = [
        path.clone(),
        format!("{path}/"),
        path.replace("/welcome", "//welcome"),
        path.replace("welcome", "Welcome"),
        format!("{path};x"),
        format!("{path}%20"),
    ];
    for spelling in spellings {
        assert_eq!(app.anon(LARCH).get(&spelling).await.status, 404, "{spelling}");
        assert_eq!(app.anon(LARCH).post(&spelling, &PASSWORD).await.status, 404, "{spelling}");
    }
    let mut owner = app.owner().await;
    let late = add(&mut owner, "late@northwind.example", &[("role", "technician"), ("scope", "all")]).await;
    app.clock.advance(3 * DAY + HOUR);
    let answer = app.anon(NORTHWIND).get(&late).await;
    assert_eq!(answer.status, 404);
    assert!(answer.body.contains("works once and for three days"));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_link_used_by_many_at_once_lets_one_in() {
    let app = TestApp::start().await;
    let path = larch(&app).await;
    let tries: Vec<_> = (0..6)
        .map(|_| {
            let (mut browser, path) = (app.anon(LARCH), path.clone());
            tokio::spawn(async move { browser.post(&path, &PASSWORD).await.status })
        })
        .collect();
    let mut statuses = Vec::new();
    for one in tries {
        statuses.push(one.await.expect("answered"));
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 404, 404, 404, 404, 404]);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_get_what_the_form_says_and_no_more() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let page = owner.get("/settings/people/new").await.body;
    let client = page.split("value=\"cli_").nth(1).map(|rest| format!("cli_{}", &rest[..32])).expect("a client");
    for (fields, field) in [
        (&[("role", "technician"), ("scope", "groups")][..], "Needs at least one."),
        (&[("role", "contact")][..], "Is missing."),
        (&[("role", "contact"), ("client", "cli_00000000000000000000000000000001")][..], "Is not there any more."),
        (&[("role", "king")][..], "Is missing."),
    ] {
        let answer = owner.post("/settings/people", &[&[("name", "X"), ("email", "x@northwind.example")], fields].concat()).await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains(field) && answer.body.contains("x@northwind.example"), "{field}");
    }
    let taken = owner.post("/settings/people", &[("name", "X"), ("email", "Tech@northwind.example"), ("role", "technician"), ("scope", "all")]).await;
    assert!(taken.status == 422 && taken.body.contains("Belongs to somebody here already."));
    let path = add(&mut owner, "new@castell.example", &[("role", "contact"), ("client", &client)]).await;
    let mut contact = begin(&app, NORTHWIND, &path).await;
    assert_eq!(contact.get("/clients").await.status, 403);
    assert_eq!(contact.get("/settings/people").await.status, 403);
    let foreign = app.signed_in(BLUEFIN, "owner@bluefin.example").await.get("/settings/people?q=castell").await;
    assert!(foreign.status == 200 && !foreign.body.contains("new@castell.example"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_owner_stays() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let me = person(&mut owner, "owner@northwind.example").await;
    assert_eq!(owner.post(&format!("{me}/grant"), &[("role", "technician"), ("scope", "all")]).await.status, 409);
    assert_eq!(owner.post(&format!("{me}/disablement"), &[]).await.status, 409);
    let link = add(&mut owner, "second@northwind.example", &[("role", "owner")]).await;
    let mut second = begin(&app, NORTHWIND, &link).await;
    let them = person(&mut owner, "second@northwind.example").await;
    let demote = [("role", "technician"), ("scope", "all")];
    let (to_them, to_me) = (format!("{them}/grant"), format!("{me}/grant"));
    let (one, two): (Answer, Answer) = tokio::join!(owner.post(&to_them, &demote), second.post(&to_me, &demote));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert!(matches!(statuses, [303, 403 | 409]), "{statuses:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_does_not_reach_owners() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let link = add(&mut owner, "admin@northwind.example", &[("role", "administrator")]).await;
    let mut admin = begin(&app, NORTHWIND, &link).await;
    let boss = person(&mut admin, "owner@northwind.example").await;
    for act in ["link", "disablement", "sessions/removal"] {
        assert_eq!(admin.post(&format!("{boss}/{act}"), &[]).await.status, 403, "{act}");
    }
    assert_eq!(admin.post(&format!("{boss}/grant"), &[("role", "technician"), ("scope", "all")]).await.status, 403);
    assert_eq!(admin.post("/settings/people", &[("name", "X"), ("email", "x@x.example"), ("role", "owner")]).await.status, 403);
    assert!(!admin.get("/settings/people/new").await.body.contains("value=\"owner\""));
    let tech = person(&mut admin, "tech@northwind.example").await;
    assert_eq!(admin.post(&format!("{tech}/link"), &[]).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn disabling_counts_from_the_next_request() {
    let app = TestApp::start().await;
    let (mut owner, mut scoped) = (app.owner().await, app.scoped().await);
    let them = person(&mut owner, "scoped@northwind.example").await;
    assert_eq!(scoped.get("/devices").await.status, 200);
    assert_eq!(owner.post(&format!("{them}/disablement"), &[]).await.status, 303);
    assert_eq!(scoped.get("/devices").await.status, 303);
    assert_eq!(app.anon(NORTHWIND).sign_in("scoped@northwind.example", "portico-demo").await.status, 422);
    assert_eq!(owner.post(&format!("{them}/link"), &[]).await.status, 409);
    assert_eq!(owner.post(&format!("{them}/disablement/removal"), &[]).await.status, 303);
    app.clock.advance(2 * HOUR);
    assert_eq!(app.anon(NORTHWIND).sign_in("scoped@northwind.example", "portico-demo").await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn access_groups_decide_what_a_technician_sees() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let page = owner.get("/settings/people/groups").await.body;
    let castell = page.split("value=\"cli_").skip(1).find(|rest| rest.split("</label>").next().is_some_and(|label| label.contains("Castell Legal")));
    let client = format!("cli_{}", &castell.expect("the client")[..32]);
    assert_eq!(owner.post("/settings/people/groups", &[("name", "Legal"), ("clients", &client)]).await.status, 303);
    assert_eq!(owner.post("/settings/people/groups", &[("name", "Legal"), ("clients", &client)]).await.status, 422, "the name is taken");
    let groups = owner.get("/settings/people/groups").await.body;
    let legal = groups
        .split("action=\"/settings/people/groups/grp_")
        .skip(1)
        .find(|rest| rest.split("</form>").next().is_some_and(|form| form.contains("value=\"Legal\"")));
    let group = format!("grp_{}", &legal.expect("the group")[..32]);
    let link = add(&mut owner, "legal@northwind.example", &[("role", "technician"), ("scope", "groups"), ("groups", &group)]).await;
    let mut tech = begin(&app, NORTHWIND, &link).await;
    let clients = tech.get("/clients").await.body;
    assert!(clients.contains("Castell Legal") && !clients.contains("Pembroke Hotels"));
    assert_eq!(owner.post(&format!("/settings/people/groups/{group}/removal"), &[]).await.status, 409, "somebody has it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_ends_the_other_sessions() {
    let app = TestApp::start().await;
    let (mut here, mut there) = (app.owner().await, app.owner().await);
    let wrong = here.post("/account/password", &[&[("current", "wrong")], &PASSWORD[..]].concat()).await;
    assert!(wrong.status == 422 && wrong.body.contains("Is not your password."));
    app.clock.advance(30_000);
    assert_eq!(here.post("/account/password", &[&[("current", "portico-demo")], &PASSWORD[..]].concat()).await.status, 303);
    assert_eq!((here.get("/account").await.status, there.get("/account").await.status), (200, 303));
    assert_eq!(app.anon(NORTHWIND).sign_in("owner@northwind.example", "four brown cows").await.status, 303);
    assert_eq!(here.post("/account/profile", &[("name", "Helen M."), ("time_zone", "Mars/Base")]).await.status, 422);
    assert_eq!(here.post("/account/profile", &[("name", "Helen M."), ("time_zone", "Asia/Tokyo")]).await.status, 303);
    assert!(here.get("/account").await.body.contains("Helen M."));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_makes_a_tenant_with_a_link() {
    let app = TestApp::start().await;
    let mut operator = app.operator().await;
    let fields = [("name", "Larch"), ("slug", "larch"), ("owner", "ann@larch.example"), ("owner_name", "Ann Larch")];
    let made = operator.post("/tenants", &fields).await;
    assert_eq!(made.status, 200, "{}", made.body);
    let again = operator.post("/tenants", &fields).await;
    assert!(again.status == 422 && again.body.contains("Belongs to another tenant already."));
    drop(begin(&app, LARCH, &link(&made.body)).await);
    assert!(operator.get("/").await.body.contains("larch.localhost"));
}
