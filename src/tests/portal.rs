//! What contacts read of what was done for them.

use crate::{
    harness::{BLUEFIN, NORTHWIND, TestApp},
    requests::{ask, reply},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_reads_what_was_done_for_them_and_nothing_else() {
    let app = TestApp::start().await;
    let (mut contact, mut owner) = (app.contact().await, app.owner().await);
    let path = ask(&mut contact, "The printer hums").await;
    reply(&mut owner, &path, "We look into it.").await;
    let device = app.device_of(app.northwind, "Castell Legal").await;
    let other = app.device_of(app.northwind, "Pembroke Hotels").await;
    for (device, name) in [(device, "Told desk"), (other, "Hidden desk")] {
        assert_eq!(owner.post(&format!("/devices/{device}/name"), &[("name", name)]).await.status, 303);
        assert_eq!(owner.post(&format!("/devices/{device}/tags"), &[("tag", "untold")]).await.status, 303);
    }
    let page = contact.get("/what-we-did").await.body;
    for text in ["renamed a device to Told desk", "answered R-", "The printer hums", "Open the device"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    for text in ["Hidden desk", "untold", "127.0.0.1", "owner@northwind.example", "signed in"] {
        assert!(!page.contains(text), "{text}");
    }
    assert!(contact.get("/").await.body.contains("renamed a device to Told desk"), "Home says it too");
    assert!(contact.get(&format!("/what-we-did?device={device}")).await.body.contains("Told desk"));
    assert!(!contact.get(&format!("/what-we-did?device={other}")).await.body.contains("Hidden desk"));
    assert!(!contact.get("/what-we-did?month=2001-01").await.body.contains("Told desk"));
    for bad in ["month=2001-13", "device=x", "after=x"] {
        assert_eq!(contact.get(&format!("/what-we-did?{bad}")).await.status, 422, "{bad}");
    }
    for (host, email) in [(NORTHWIND, "contact@brightwater-logistics.example"), (BLUEFIN, "contact@halden-voss.example")] {
        let body = app.signed_in(host, email).await.get("/what-we-did").await.body;
        assert!(!body.contains("desk") && !body.contains("The printer hums"), "{email}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_tells_each_client_what_was_done_for_it() {
    let app = TestApp::start_with_updates().await;
    let clients = app.inside(app.northwind).await.clients().await.expect("clients");
    for email in ["contact@castell-legal.example", "contact@pembroke-hotels.example", "contact@brightwater-logistics.example"] {
        let mut contact = app.signed_in(NORTHWIND, email).await;
        let page = contact.get("/what-we-did").await.body;
        assert!(page.matches("<strong>").count() >= 4, "{email}: {page}");
        assert!(contact.get("/").await.body.contains("What we did lately"), "{email}");
        let own = clients.iter().filter(|row| email.contains(&row.name.to_lowercase().replace(' ', "-"))).count();
        assert_eq!(own, 1, "{email}");
    }
    let mut contact = app.contact().await;
    let all = contact.get("/what-we-did").await.body;
    for words in ["looked at your portal", "took care of an alert", "began to install updates on your devices"] {
        assert!(all.contains(words), "{words}: {all}");
    }
}
