//! Signing in: right, wrong, too often, from elsewhere.

use domain::people::Permission;
use foundation::{Principal, directory::Place};
use reqwest::Method;

use crate::harness::{BLUEFIN, NORTHWIND, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn the_right_password_opens_the_page_one_came_for() {
    let app = TestApp::start().await;
    let mut browser = app.anon(NORTHWIND);
    let sent = browser.get("/devices?status=late").await;
    assert_eq!((sent.status, sent.header("location")), (303, "/sign-in?next=%2Fdevices%3Fstatus%3Dlate"));
    let page = browser.get(sent.header("location")).await;
    assert!(page.body.contains("Northwind IT") && !page.body.contains("Bluefin"), "the page is the tenant's");
    let form = [("email", "Owner@Northwind.example "), ("password", "portico-demo"), ("next", "/devices?status=late")];
    let entered = browser.post("/sign-in", &form).await;
    assert_eq!((entered.status, entered.header("location")), (303, "/devices?status=late"));
    assert_eq!(browser.get("/devices?status=late").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_passwords_and_unknown_accounts_are_told_alike() {
    let app = TestApp::start().await;
    let mut browser = app.anon(NORTHWIND);
    let wrong = browser.sign_in("owner@northwind.example", "not it").await;
    let unknown = browser.sign_in("nobody@northwind.example", "not it").await;
    assert_eq!((wrong.status, unknown.status), (422, 422));
    let without = |body: &str, email: &str| body.replace(&format!("value=\"{email}\""), "");
    assert!(without(&wrong.body, "owner@northwind.example") == without(&unknown.body, "nobody@northwind.example"), "both pages are the same");
    assert!(wrong.body.contains("owner@northwind.example"), "what was typed is kept");
    assert!(!wrong.body.contains("not it") && browser.session().is_none());
    let bluefin = app.anon(BLUEFIN).sign_in("owner@northwind.example", "portico-demo").await;
    assert_eq!(bluefin.status, 422, "an account is one tenant's");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_wrong_passwords_at_once_are_two_hundred() {
    let app = TestApp::start().await;
    let tries: Vec<_> = (0..200)
        .map(|_| {
            let mut browser = app.anon(NORTHWIND);
            tokio::spawn(async move { browser.sign_in("tech@northwind.example", "wrong").await.status })
        })
        .collect();
    let mut statuses = Vec::new();
    for one in tries {
        statuses.push(one.await.expect("an answer"));
    }
    assert!(statuses.iter().all(|status| [422, 429, 503].contains(status)), "{statuses:?}");
    let failures = app.database().directory().failures(Place::Tenant(app.northwind), "tech@northwind.example", app.clock.now()).await;
    let (counted, not_looked_at) = (failures.expect("counted"), statuses.iter().filter(|status| **status == 503).count());
    assert!(counted <= 200 && counted as usize + not_looked_at >= 200, "{counted} counted, {not_looked_at} sent away");
    let stopped = app.anon(NORTHWIND).sign_in("tech@northwind.example", "portico-demo").await;
    assert_eq!(stopped.status, 429);
    app.clock.advance(domain::sign_in::REMEMBERED + 1_000);
    assert_eq!(app.anon(NORTHWIND).sign_in("tech@northwind.example", "portico-demo").await.status, 303, "a day later");
}

#[tokio::test(flavor = "multi_thread")]
async fn back_off_lets_the_owner_of_the_account_in_again() {
    let app = TestApp::start().await;
    for _ in 0..4 {
        app.anon(NORTHWIND).sign_in("tech@northwind.example", "wrong").await;
    }
    let early = app.anon(NORTHWIND).sign_in("tech@northwind.example", "portico-demo").await;
    assert_eq!(early.status, 429);
    assert!(!early.header("retry-after").is_empty());
    app.clock.advance(3_100);
    assert_eq!(app.anon(NORTHWIND).sign_in("tech@northwind.example", "portico-demo").await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_fails_fifty_times_waits() {
    let app = TestApp::start_with(&["--address-failures", "50"]).await;
    for n in 0..50 {
        assert_eq!(app.anon(NORTHWIND).sign_in(&format!("n{n}@northwind.example"), "x").await.status, 422);
    }
    let mut browser = app.anon(NORTHWIND);
    assert_eq!(browser.sign_in("owner@northwind.example", "portico-demo").await.status, 429);
    let spoofed = [("x-forwarded-for", "203.0.113.9"), ("content-type", "application/x-www-form-urlencoded"), ("forwarded", "for=203.0.113.9")];
    let answer = browser.send(Method::POST, "/sign-in", &spoofed, b"email=owner%40northwind.example&password=portico-demo".to_vec()).await;
    assert_eq!(answer.status, 429, "a forwarded address counts only from a proxy of ours");
    app.clock.advance(domain::sign_in::ADDRESS_WINDOW + 1_000);
    assert_eq!(browser.sign_in("owner@northwind.example", "portico-demo").await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_from_elsewhere_are_stopped() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let own = format!("http://{}", owner.host);
    let form = ("content-type", "application/x-www-form-urlencoded");
    for headers in [
        vec![form, ("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")],
        vec![form, ("sec-fetch-site", "same-site"), ("origin", "http://bluefin.localhost")],
        vec![form, ("origin", "https://evil.example")],
        vec![form, ("origin", "null")],
        vec![("content-type", "text/plain"), ("sec-fetch-site", "cross-site")],
        vec![form],
    ] {
        for path in ["/sign-out", "/sign-in", "/account/theme", "/account/sessions/removal"] {
            let answer = owner.send(Method::POST, path, &headers, b"value=dark".to_vec()).await;
            assert_eq!(answer.status, 403, "{path} {headers:?}");
        }
    }
    assert_eq!(owner.get("/").await.status, 200, "still signed in");
    assert_eq!(owner.send(Method::POST, "/sign-out", &[form, ("origin", &own)], Vec::new()).await.status, 303);
    assert_eq!(owner.get("/").await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_sent_elsewhere_after_signing_in() {
    let app = TestApp::start().await;
    for next in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/\tx", "evil.example"] {
        let mut browser = app.anon(NORTHWIND);
        let form = [("email", "owner@northwind.example"), ("password", "portico-demo"), ("next", next)];
        let answer = browser.post("/sign-in", &form).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/"), "{next}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_tenant_lets_nobody_in_and_says_so() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let mut operator = app.operator().await;
    let list = operator.get("/").await;
    assert!(list.status == 200 && list.body.contains("Northwind IT") && list.body.contains("Bluefin Managed"));
    assert_eq!(operator.post(&format!("/tenants/{}/suspension", app.northwind), &[]).await.status, 303);
    tokio::time::sleep(std::time::Duration::from_millis(2_500)).await;
    assert_eq!(owner.get("/devices").await.status, 303, "the session is of no use");
    let refused = app.anon(NORTHWIND).sign_in("owner@northwind.example", "portico-demo").await;
    assert!(refused.status == 403 && refused.body.contains("suspended"));
    assert_eq!(app.anon(BLUEFIN).sign_in("owner@bluefin.example", "portico-demo").await.status, 303, "the other tenant goes on");
    assert_eq!(operator.post(&format!("/tenants/{}/suspension/removal", app.northwind), &[]).await.status, 303);
    tokio::time::sleep(std::time::Duration::from_millis(2_500)).await;
    assert_eq!(owner.get("/devices").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_nothing_at_another_tenant() {
    let app = TestApp::start().await;
    let owner = app.database().directory().person_by_email(app.northwind, "owner@northwind.example").await.expect("asked").expect("a person");
    let principal = Principal::Person(owner.id);
    assert!(app.database().enter(&principal, app.northwind).await.is_ok_and(|tenant| tenant.require(Permission::StaffHome).is_ok()));
    assert!(app.database().enter(&principal, app.bluefin).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn looks_are_remembered_and_lead_back() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let dark = owner.post("/account/theme", &[("value", "dark"), ("next", "/devices?q=a")]).await;
    assert_eq!((dark.status, dark.header("location")), (303, "/devices?q=a"));
    assert!(owner.get("/devices").await.body.contains("data-theme=\"dark\""));
    let folded = owner.post("/account/navigation", &[("value", "collapsed"), ("next", "//evil.example")]).await;
    assert_eq!((folded.status, folded.header("location")), (303, "/"));
    assert!(owner.get("/").await.body.contains("Unfold the navigation"));
    assert_eq!(owner.post("/account/theme", &[("value", "pink")]).await.status, 422);
}
