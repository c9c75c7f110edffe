//! Which addresses and URLs a webhook may have: a long list of those it may not.

use std::net::IpAddr;

use crate::post::{Allow, target::target};

fn ip(text: &str) -> IpAddr {
    text.parse().expect(text)
}

#[test]
fn public_addresses_are_taken() {
    for text in "
        1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 168.63.129.15 168.63.129.17
        169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.0.3.0 192.167.255.255 192.169.0.0 198.17.255.255
        198.20.0.0 198.51.99.255 203.0.112.255 203.0.114.0 223.255.255.255 2606:4700:4700::1111 2001:4860:4860::8888 2001:200::1
        2a00:1450::1 2400:cb00::1 64:ff9b::808:808 64:ff9b::1.1.1.1
    "
    .split_whitespace()
    {
        assert!(Allow::PublicOnly.takes(ip(text)) && Allow::Loopback.takes(ip(text)), "{text}");
    }
}

#[test]
fn all_others_are_refused() {
    for text in "
        0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255 168.63.129.16 169.254.0.1
        169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1
        192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
        :: ::2 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1
        64:ff9b::127.0.0.1 64:ff9b::10.1.2.3 64:ff9b::169.254.169.254 64:ff9b::192.168.1.1 64:ff9b::100.64.0.1
        64:ff9b:1::8.8.8.8 64:ff9b:0:1::808:808 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1
        2001:20::1 2001:db8::1 2002:7f00:1::1 2002:a00:1::1 2002:808:808::1 3ffe::1 3fff::1 3fff:fff::1 4000::1 5f00::1 fc00::1
        fd00::1 fd00:ec2::254 fd20:ce::254 fe80::1 fe80::a9fe:a9fe fec0::1 ff02::1 ff0e::1
    "
    .split_whitespace()
    {
        assert!(!Allow::PublicOnly.takes(ip(text)) && !Allow::Loopback.takes(ip(text)), "{text}");
    }
    for text in ["127.0.0.1", "127.0.0.53", "127.255.255.255", "::1"] {
        assert!(!Allow::PublicOnly.takes(ip(text)) && Allow::Loopback.takes(ip(text)), "{text}");
    }
}

#[test]
fn good_urls_are_read() {
    for text in [
        "https://hooks.example/in",
        "https://hooks.example:443/",
        "https://hooks.example:8443/a?b=c@d#e",
        "https://8.8.8.8/x",
        "https://[2606:4700:4700::1111]/",
        "HTTPS://HOOKS.EXAMPLE/",
        "https://bücher.example/",
        "https://xn--bcher-kva.example:65535",
        "https://a.example/@name",
    ] {
        assert!(target(text, Allow::PublicOnly).is_ok() && target(text, Allow::Loopback).is_ok(), "{text}");
    }
}

#[test]
fn hostile_urls_are_refused() {
    for text in [
        "",
        "hooks.example",
        "//hooks.example/",
        "/in",
        "http://hooks.example/",
        "http://8.8.8.8:8080/",
        "ftp://hooks.example/",
        "file:///etc/passwd",
        "gopher://hooks.example:443/",
        "data:text/plain,x",
        "javascript:alert(1)",
        "unix:/run/docker.sock",
        "ws://hooks.example/",
        "https:///",
        "https://",
        "https://user@hooks.example/",
        "https://user:sesame@hooks.example/",
        "https://:sesame@hooks.example/",
        "https://@hooks.example/",
        "https://hooks.example@10.0.0.1/",
        "https://hooks.example%40@10.0.0.1/",
        "https://hooks.example:22/",
        "https://hooks.example:25/",
        "https://hooks.example:80/",
        "https://hooks.example:0/",
        "https://hooks.example:1023/",
        "https://hooks.example:65536/",
        "https://hooks.example:-1/",
        "https://hooks .example/",
        " https://hooks.example/",
        "https://hooks.example/ ",
        "https://hooks.example/\r\nx: y",
        "https://ho\toks.example/",
        "https://hooks.example\u{a0}/",
        "https://hooks.example\\@10.0.0.1/",
        "https:\\\\hooks.example/",
        "https://hooks.example/\u{0}",
        "https://a^b/",
        "https://10.0.0.1/",
        "https://10.1/",
        "https://0xa.0.0.1/",
        "https://012.0.0.1/",
        "https://167772161/",
        "https://0/",
        "https://0.0.0.0/",
        "https://169.254.169.254/latest/meta-data/",
        "https://2852039166/",
        "https://0xa9fea9fe/",
        "https://0251.0376.0251.0376/",
        "https://169.16689662/",
        "https://[::ffff:169.254.169.254]/",
        "https://[::ffff:a9fe:a9fe]/",
        "https://[64:ff9b::a9fe:a9fe]/",
        "https://[fd00:ec2::254]/",
        "https://[fe80::1]/",
        "https://[fe80::1%25eth0]/",
        "https://[::]/",
        "https://[::ffff:127.0.0.1]/",
        "https://192.168.1.1:8443/",
        "https://172.16.0.1/",
        "https://100.100.100.200/",
        "https://224.0.0.1/",
        "https://255.255.255.255/",
        "https://192.0.2.1/",
        "https://１６９.２５４.１６９.２５４/",
        "https://⑩.0.0.1/",
        "https://10。0。0。1/",
        "https://0x0a000001/",
        "https://10.0.0.1./",
        "https://1.2.3.4.5/",
        "https://256.1.1.1/",
    ] {
        for allow in [Allow::PublicOnly, Allow::Loopback] {
            let refused = target(text, allow).expect_err(text);
            assert!(refused.permanent && !refused.message.contains("sesame"), "{text}: {refused}");
        }
    }
    assert!(target(&format!("https://hooks.example/{}", "a".repeat(2048)), Allow::PublicOnly).is_err());
}

#[test]
fn loopback_is_for_tests_alone() {
    for text in [
        "https://127.0.0.1/",
        "https://127.1:8443/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://[::1]/",
        "https://localhost/",
        "https://localhost.:8443/",
        "https://x.localhost/",
        "https://LOCALHOST/",
        "https://127.0.0.1./",
        "http://127.0.0.1:8080/",
        "http://localhost:8080/",
        "http://[::1]:8080/",
        "http://a.localhost:3000/t",
    ] {
        assert!(target(text, Allow::PublicOnly).is_err(), "{text}");
        assert!(target(text, Allow::Loopback).is_ok(), "{text}");
    }
    for text in
        ["http://localhost/", "http://127.0.0.1:80/", "http://localhost.example:8080/", "http://127.0.0.1.nip.example:8080/", "http://notlocalhost:8080/"]
    {
        assert!(target(text, Allow::Loopback).is_err(), "{text}");
    }
}
