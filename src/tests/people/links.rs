//! One-time links end when what they were made for has changed.

use super::{add, begin, link, person};
use crate::harness::{NORTHWIND, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn another_role_or_a_new_password_ends_an_unused_link() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let first = add(&mut owner, "rise@northwind.example", &[("role", "technician"), ("scope", "all")]).await;
    let path = person(&mut owner, "rise@northwind.example").await;
    assert_eq!(owner.post(&format!("{path}/grant"), &[("role", "technician"), ("scope", "all")]).await.status, 303);
    assert_eq!(app.anon(NORTHWIND).get(&first).await.status, 200, "the same role keeps it");
    assert_eq!(owner.post(&format!("{path}/grant"), &[("role", "owner")]).await.status, 303);
    assert_eq!(app.anon(NORTHWIND).get(&first).await.status, 404, "whoever made it might not make it now");
    let second = link(&owner.post(&format!("{path}/link"), &[]).await.body);
    let mut risen = begin(&app, NORTHWIND, &second).await;
    let third = link(&owner.post(&format!("{path}/link"), &[]).await.body);
    let fields = [("current", "four brown cows"), ("password", "five black goats"), ("again", "five black goats")];
    assert_eq!(risen.post("/account/password", &fields).await.status, 303);
    assert_eq!(app.anon(NORTHWIND).get(&third).await.status, 404);
    let twice = [("role", "technician"), ("scope", "groups"), ("groups", "grp_00000000000000000000000000000001"), ("groups", "x")];
    assert_eq!(owner.post(&format!("{path}/grant"), &twice).await.status, 422);
}
