//! A browser without a window: it keeps cookies, names its host and origin, and follows nothing by itself.

use std::net::SocketAddr;

use reqwest::{
    Client, Method,
    header::{HeaderMap, HeaderValue},
    redirect::Policy,
};

/// Somebody's browser.
#[derive(Debug, Clone)]
pub struct Browser {
    client: Client,
    address: SocketAddr,
    pub host: String,
    pub cookies: Vec<(String, String)>,
}

/// What the server said.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// A header's text; empty when it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl Browser {
    pub fn new(address: SocketAddr, host: &str) -> Self {
        let client = Client::builder().redirect(Policy::none()).no_proxy().build().expect("a client");
        Self { client, address, host: format!("{host}:{}", address.port()), cookies: Vec::new() }
    }

    /// The same browser, asking another host.
    pub fn at(&self, host: &str) -> Self {
        Self { host: format!("{host}:{}", self.address.port()), ..self.clone() }
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, &[("accept", "text/html")], Vec::new()).await
    }

    /// Sends a form from a page of this host.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let origin = format!("http://{}", self.host);
        let headers =
            [("origin", origin.as_str()), ("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded"), ("accept", "text/html")];
        let body = serde_urlencoded::to_string(fields).expect("a form");
        self.send(Method::POST, path, &headers, body.into_bytes()).await
    }

    pub async fn sign_in(&mut self, email: &str, password: &str) -> Answer {
        self.post("/sign-in", &[("email", email), ("password", password)]).await
    }

    /// Sends exactly this.
    pub async fn send(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        let mut request = self.client.request(method, format!("http://{}{path}", self.address)).header("host", &self.host);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if !self.cookies.is_empty() {
            let line: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header("cookie", line.join("; "));
        }
        let response = request.body(body).send().await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        headers.get_all("set-cookie").iter().for_each(|cookie| self.remember(cookie));
        Answer { status, headers, body: response.text().await.expect("a body") }
    }

    /// Asks for an answer that goes on; it is read piece by piece.
    pub async fn open(&self, path: &str, headers: &[(&str, &str)]) -> reqwest::Response {
        let request = self.client.get(format!("http://{}{path}", self.address)).header("host", &self.host).header("cookie", self.cookie_line());
        headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send().await.expect("an answer")
    }

    fn remember(&mut self, cookie: &HeaderValue) {
        let text = cookie.to_str().expect("text");
        let (name, value) = text.split(';').next().and_then(|pair| pair.split_once('=')).expect("a pair");
        self.cookies.retain(|(known, _)| known != name);
        if !text.contains("Max-Age=0") {
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
    }

    /// The secret of the session.
    pub fn cookie_line(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// The session's token.
    pub fn session(&self) -> Option<String> {
        self.cookies.iter().find(|(name, _)| name.contains("session")).map(|(_, value)| value.clone())
    }
}
