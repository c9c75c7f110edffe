//! Posts a notice to the URL that a tenant names: signed, once, to a public address, and without following where the answer points.

use std::{sync::Arc, time::Duration};

use domain::Moment;
use reqwest::{
    Certificate, Client, Response, StatusCode,
    dns::Resolve,
    header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT},
    redirect,
};

use super::{
    Allow, NotSent,
    names::{NotPublic, Screened, System},
    root, signature,
    target::target,
};

/// How much of an answer is read, so that the receiver can finish; all of it is dropped.
const READ: usize = 4096;
/// How long that may take: the status is known by then.
const READ_LIMIT: Duration = Duration::from_secs(1);

/// How long a post may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) connect: Duration,
    pub(super) whole: Duration,
}

const LIMITS: Limits = Limits { connect: Duration::from_secs(5), whole: Duration::from_secs(10) };

/// Posts webhooks.
#[derive(Debug, Clone)]
pub struct Webhooks {
    client: Client,
    allow: Allow,
    limits: Limits,
}

impl Webhooks {
    /// A sender that reaches what `allow` says.
    ///
    /// # Errors
    /// A sentence when TLS cannot be set up, as on a machine without certificates of authorities.
    pub fn new(allow: Allow) -> Result<Self, String> {
        Self::with(allow, LIMITS, Arc::new(System), &[])
    }

    pub(super) fn with(allow: Allow, limits: Limits, names: Arc<dyn Resolve>, roots: &[Certificate]) -> Result<Self, String> {
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .connect_timeout(limits.connect)
            .timeout(limits.whole)
            // Each post is resolved and judged anew.
            .pool_max_idle_per_host(0)
            .tls_certs_merge(roots.iter().cloned())
            .dns_resolver(Screened { allow, names })
            .build()
            .map_err(|error| format!("webhooks cannot use TLS: {}. Install the certificates of authorities (ca-certificates)", root(&error)))?;
        Ok(Self { client, allow, limits })
    }

    /// Whether `url` may be a webhook, as far as that can be said without asking a name server: for when it is saved.
    ///
    /// # Errors
    /// Which rule the URL breaks.
    pub fn check(&self, url: &str) -> Result<(), NotSent> {
        target(url, self.allow).map(drop)
    }

    /// Posts `body`, which is JSON, to `url` and says with which 2xx it was taken. `id` names the notice, the same in each try; `now` is part
    /// of what `secret` signs.
    ///
    /// # Errors
    /// Permanent: a URL or host that may not be reached, and answers that will not change. For now: 408, 425, 429, 5xx and every fault of the connection.
    pub async fn post(&self, url: &str, body: &[u8], id: &str, secret: &[u8], now: Moment) -> Result<u16, NotSent> {
        let url = target(url, self.allow)?;
        let headers = headers(id, body, secret, now)?;
        let sent = self.client.post(url).headers(headers).body(body.to_vec()).send().await;
        let answer = sent.map_err(|error| self.fault(&error))?;
        let status = answer.status();
        drain(answer).await;
        judged(status)
    }

    fn fault(&self, error: &reqwest::Error) -> NotSent {
        if is_not_public(error) {
            return NotSent::permanently(NotPublic.to_string());
        }
        if error.is_builder() {
            return NotSent::permanently("the webhook's URL cannot be called");
        }
        NotSent::for_now(match (error.is_timeout(), error.is_connect()) {
            (true, true) => format!("the receiver took no connection within {} seconds", self.limits.connect.as_secs()),
            (true, false) => format!("the receiver did not answer within {} seconds", self.limits.whole.as_secs()),
            (false, true) => format!("no connection to the receiver: {}", root(error)),
            (false, false) => format!("the connection to the receiver broke: {}", root(error)),
        })
    }
}

fn is_not_public(error: &reqwest::Error) -> bool {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(one) = cause {
        if one.is::<NotPublic>() {
            return true;
        }
        cause = one.source();
    }
    false
}

fn headers(id: &str, body: &[u8], secret: &[u8], now: Moment) -> Result<HeaderMap, NotSent> {
    // A dot in the id would let two different notices have one signature.
    if !(1..=100).contains(&id.len()) || !id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-') {
        return Err(NotSent::permanently("the id of a webhook's notice is 1 to 100 letters, digits, - and _"));
    }
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(USER_AGENT, HeaderValue::from_static("portico"));
    for (name, value) in [("portico-id", id.to_owned()), ("portico-time", now.0.to_string()), ("portico-signature", signature(id, now, body, secret)?)] {
        let value = HeaderValue::try_from(value).map_err(|_| NotSent::permanently(format!("the webhook's {name} is not a header")))?;
        headers.insert(HeaderName::from_static(name), value);
    }
    Ok(headers)
}

/// The status decides; what happens to the answer after it changes nothing.
async fn drain(mut answer: Response) {
    let read = async {
        let mut left = READ;
        while let Ok(Some(part)) = answer.chunk().await {
            left = left.saturating_sub(part.len());
            if left == 0 {
                break;
            }
        }
    };
    // Too slow is as good as read.
    let _ = tokio::time::timeout(READ_LIMIT, read).await;
}

fn judged(status: StatusCode) -> Result<u16, NotSent> {
    let message = format!("the receiver answered {}", status.as_u16());
    match status.as_u16() {
        code @ 200..=299 => Ok(code),
        408 | 425 | 429 | 500..=599 => Err(NotSent::for_now(message)),
        300..=399 => Err(NotSent::permanently(format!("{message}, and redirects are not followed"))),
        _ => Err(NotSent::permanently(message)),
    }
}
