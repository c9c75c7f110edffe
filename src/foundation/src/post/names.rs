//! The resolver of webhooks: what it lets through is what is connected to, so a second answer cannot lead elsewhere.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::{Allow, target::is_local_name};

/// The host has an address that may not be reached. It says nothing of that address: a tenant shall not read the inner name server through us.
#[derive(Debug, thiserror::Error)]
#[error("the webhook's host leads to an address that is not public")]
pub(super) struct NotPublic;

/// The machine's own resolver.
#[derive(Debug)]
pub(super) struct System;

impl Resolve for System {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Another resolver, of whose answers only those get through that are allowed as a whole.
pub(super) struct Screened {
    pub(super) allow: Allow,
    pub(super) names: Arc<dyn Resolve>,
}

impl fmt::Debug for Screened {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.debug_struct("Screened").field("allow", &self.allow).finish_non_exhaustive()
    }
}

impl Resolve for Screened {
    fn resolve(&self, name: Name) -> Resolving {
        let allow = self.allow;
        if is_local_name(name.as_str()) {
            return Box::pin(async move { screened(allow, &[Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]) });
        }
        let answer = self.names.resolve(name);
        Box::pin(async move { screened(allow, &answer.await?.map(|socket| socket.ip()).collect::<Vec<_>>()) })
    }
}

/// One address that is not public spoils the answer: nobody's receiver is half inside.
fn screened(allow: Allow, found: &[IpAddr]) -> Result<Addrs, Box<dyn std::error::Error + Send + Sync>> {
    if found.is_empty() {
        return Err("the host has no address".into());
    }
    if !found.iter().all(|address| allow.takes(*address)) {
        return Err(NotPublic.into());
    }
    let sockets: Vec<SocketAddr> = found.iter().map(|address| SocketAddr::new(*address, 0)).collect();
    Ok(Box::new(sockets.into_iter()))
}
