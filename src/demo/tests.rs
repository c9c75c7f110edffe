//! Tests of the demo as a whole.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use domain::{
    Moment,
    devices::{
        Standing, Status, limits,
        report::{Kind, Updates},
    },
    people::Role,
    tenants::is_slug,
    time::{DAY, HOUR},
};

use super::{rng::Rng, *};

const SEED: u64 = 7;

fn all(count: usize) -> Vec<(DemoTenant, Vec<DemoDevice>)> {
    tenants().into_iter().map(|tenant| (tenant.clone(), devices(&tenant, SEED, count).collect())).collect()
}

/// One number for a fleet, the same on every machine.
fn fingerprint(fleet: Fleet) -> u64 {
    fleet.without_software().fold(0, |sum, device| Rng::new(sum, &format!("{device:?}"), 0).bits())
}

#[test]
fn the_same_seed_gives_the_same_fleet() {
    let [northwind, bluefin] = tenants();
    let one = fingerprint(devices(&northwind, SEED, 500));
    assert_eq!(one, fingerprint(devices(&northwind, SEED, 500)));
    assert_ne!(one, fingerprint(devices(&northwind, SEED + 1, 500)));
    assert_ne!(one, fingerprint(devices(&bluefin, SEED, 500)));
}

#[test]
fn counts_add_up_and_every_client_and_site_has_devices() {
    for count in [0, 1, 7, 300, 1_200] {
        for (tenant, devices) in all(count) {
            assert_eq!((devices.len(), super::devices(&tenant, SEED, count).len()), (count, count));
            assert!(devices.iter().all(|device| device.site < tenant.clients[device.client].sites.len()));
            if count >= 300 {
                let places: BTreeSet<_> = devices.iter().map(|device| (device.client, device.site)).collect();
                assert_eq!(places.len(), tenant.clients.iter().map(|client| client.sites.len()).sum::<usize>());
            }
        }
    }
}

#[test]
fn every_report_is_within_limits_and_every_machine_is_itself() {
    for (tenant, devices) in all(2_000) {
        let mut seen = HashSet::new();
        for device in &devices {
            assert_eq!(limits::check(&device.report), Ok(()));
            let identity = &device.report.identity;
            assert!(identity.hostname.starts_with(tenant.clients[device.client].prefix) && identity.hostname.len() <= 15, "{}", identity.hostname);
            assert!(seen.insert(Some(identity.hostname.clone())), "{}", identity.hostname);
            assert!(seen.insert(identity.serial.clone()) && seen.insert(identity.machine_uuid.clone()), "{identity:?}");
            let interfaces = device.report.hardware.iter().flat_map(|hardware| &hardware.interfaces);
            for interface in interfaces {
                assert!(seen.insert(interface.mac.clone()), "{interface:?}");
                assert!(interface.addresses.first().is_none_or(|address| seen.insert(Some(address.clone()))), "{interface:?}");
            }
        }
    }
}

#[test]
fn contact_is_spread_as_promised() {
    for (tenant, devices) in all(1_200).into_iter().chain(all(300)) {
        let now = Moment(0);
        let active: Vec<_> = devices.iter().filter(|device| device.standing == Standing::Active).collect();
        let share = |wanted: &dyn Fn(&DemoDevice) -> bool| active.iter().filter(|device| wanted(device)).count() as f64 * 100.0 / active.len() as f64;
        let status = |device: &DemoDevice| Status::at(now, device.standing, device.last_seen_ago_ms.map(|ago| now - ago), device.every_s);
        assert!((92.0..=94.5).contains(&share(&|d| status(d) == Status::Online)), "{}", tenant.slug);
        assert!((2.0..=4.0).contains(&share(&|d| status(d) == Status::Late)));
        assert!((2.5..=5.0).contains(&share(&|d| status(d) == Status::Offline)));
        assert!(share(&|d| d.last_seen_ago_ms.is_some_and(|ago| ago > 7 * DAY)) > 1.0);
        assert!(devices.iter().any(|d| d.last_seen_ago_ms.is_none()));
        for standing in [Standing::Pending, Standing::Retired] {
            let count = devices.iter().filter(|device| device.standing == standing).count();
            assert!((1..devices.len() / 40).contains(&count), "{standing}: {count}");
        }
    }
}

#[test]
fn times_are_in_order() {
    for (_, devices) in all(1_200) {
        for device in devices {
            let seen = device.last_seen_ago_ms;
            assert!(seen.is_none_or(|ago| ago > 0 && ago < device.enrolled_ago_ms));
            assert_eq!(device.report.taken_at, Moment(0) - seen.unwrap_or(device.enrolled_ago_ms));
            assert_eq!(seen.is_some(), device.report.software.is_some() && device.report.hardware.is_some() && device.report.updates.is_some());
            assert!(device.history.is_sorted_by_key(|change| change.ago_ms));
            assert!(device.history.iter().all(|change| seen.is_some_and(|ago| change.ago_ms >= ago) && change.ago_ms < device.enrolled_ago_ms));
        }
    }
}

#[test]
fn history_ends_in_what_the_device_has() {
    for (_, devices) in all(600) {
        for device in &devices {
            let packages: Vec<_> = device.report.software.iter().flatten().collect();
            for change in device.history.iter().filter(|change| change.kind == "package") {
                assert!(packages.iter().any(|p| p.name == change.subject && Some(&p.version) == change.after.as_ref()), "{change:?}");
                assert_ne!(change.before, change.after);
            }
            let kernel = device.history.iter().find(|change| change.kind == "os");
            assert!(kernel.is_none_or(|change| change.after == device.report.os.kernel));
        }
        let kinds: BTreeSet<_> = devices.iter().flat_map(|device| &device.history).map(|change| change.kind).collect();
        assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["hardware", "network", "os", "package", "restart"]);
    }
}

#[test]
fn updates_fit_the_system_and_some_are_unknown() {
    let (mut known, mut unknown, mut waiting, mut unclear) = (0, 0, 0, 0);
    for device in all(1_200).into_iter().flat_map(|(_, devices)| devices) {
        match device.report.updates {
            Some(Updates::Unknown { .. }) => unknown += 1,
            Some(Updates::Listed { items, lists_at }) => {
                known += 1;
                waiting += usize::from(!items.is_empty());
                unclear += items.iter().filter(|update| update.security.is_none()).count();
                let names: HashSet<_> = items.iter().map(|update| (&update.name, &update.arch)).collect();
                assert!(names.len() == items.len() && lists_at.is_some_and(|at| at <= device.report.taken_at));
                let linux = ["debian", "ubuntu"].contains(&device.report.os.family.as_str());
                assert!(items.iter().all(|update| update.arch.is_some() == linux));
            }
            None => {}
        }
    }
    assert!(unknown * 100 > known && unknown * 10 < known, "{unknown} of {known}");
    assert!(waiting * 100 > known * 35 && waiting * 100 < known * 75, "{waiting} of {known}");
    assert!(unclear > 0);
}

#[test]
fn systems_and_kinds_are_mixed() {
    for (tenant, devices) in all(300) {
        let mut kinds = BTreeMap::new();
        let mut systems = BTreeSet::new();
        for device in devices {
            *kinds.entry(device.report.identity.kind.word()).or_insert(0) += 1;
            systems.insert(format!("{} {}", device.report.os.name, device.report.os.version.unwrap_or_default()));
        }
        assert!([Kind::Server, Kind::Workstation, Kind::Laptop].iter().all(|kind| kinds.get(kind.word()).is_some_and(|count| *count > 20)), "{kinds:?}");
        assert_eq!(systems.len(), 9, "{}: {systems:?}", tenant.slug);
    }
}

#[test]
fn restarts_asked_for_are_mixed() {
    let devices: Vec<_> = all(1_200).into_iter().flat_map(|(_, devices)| devices).collect();
    for (answer, least) in [(Some(true), 100), (Some(false), 1_500), (None, 20)] {
        assert!(devices.iter().filter(|device| device.report.state.reboot_required == answer).count() > least, "{answer:?}");
    }
}

#[test]
fn every_persona_exists() {
    for tenant in tenants() {
        assert!(is_slug(tenant.slug) && tenant.host == format!("{}.localhost", tenant.slug));
        let clients: BTreeSet<_> = tenant.clients.iter().map(|client| client.name).collect();
        let find = |email: String| tenant.people.iter().find(|person| person.email == email).expect("a person");
        assert_eq!((find(format!("owner@{}.example", tenant.slug)).role, find(format!("tech@{}.example", tenant.slug)).role), (Role::Owner, Role::Technician));
        let scoped = find(format!("scoped@{}.example", tenant.slug));
        let DemoScope::Clients(seen) = scoped.scope else { panic!("{:?}", scoped.scope) };
        assert!(seen.len() == 2 && seen.iter().all(|name| clients.contains(name)));
        for client in &tenant.clients {
            let contact = find(format!("contact@{}.example", client.slug));
            assert!(is_slug(client.slug) && contact.scope == DemoScope::Contact(client.name) && contact.role == Role::Contact);
        }
        assert_eq!(tenant.people.len(), tenant.clients.len() + 3);
    }
}

#[test]
fn logos_are_small_and_inert() {
    for tenant in tenants() {
        for svg in [tenant.logo_light_svg, tenant.logo_dark_svg, tenant.favicon_svg] {
            assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\"") && svg.len() < 1_500);
            for bad in ["script", "style", "href", "url(", "<text", "<image", "foreignObject", " on"] {
                assert!(!svg.contains(bad), "{bad}");
            }
        }
    }
}

#[test]
fn a_fleet_is_placed_in_time_and_can_leave_software_out() {
    let [tenant, _] = tenants();
    let now = Moment(100 * HOUR);
    let (bare, full) = (devices(&tenant, SEED, 50).at(now).without_software(), devices(&tenant, SEED, 50).at(now));
    for (bare, full) in bare.zip(full) {
        assert!(bare.report.software.is_none() && bare.report.taken_at == now - bare.last_seen_ago_ms.unwrap_or(bare.enrolled_ago_ms));
        let set = full.software_set.and_then(|set| software_sets().nth(usize::from(set)));
        assert_eq!(full.report.software.as_deref(), set);
        assert_eq!(bare.report, domain::devices::Report { software: None, ..full.report });
    }
}
