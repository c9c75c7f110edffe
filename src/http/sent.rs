//! What a form sent, field by field; a field may come more than once.

use axum::{
    body::Body,
    extract::{FromRequest, RawForm, Request},
};
use domain::Refusal;

use super::{errors::Stop, router::Shared};

/// The fields of a form.
#[derive(Debug, Clone, Default)]
pub struct Sent(Vec<(String, String)>);

impl Sent {
    /// The fields of a query.
    pub const fn of(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The first value of `field`; empty when it is missing.
    pub fn one(&self, field: &str) -> String {
        self.0.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// All values of `field`.
    pub fn all(&self, field: &str) -> Vec<String> {
        self.0.iter().filter(|(name, _)| name == field).map(|(_, value)| value.clone()).collect()
    }
}

impl FromRequest<Shared> for Sent {
    type Rejection = Stop;

    async fn from_request(request: Request<Body>, state: &Shared) -> Result<Self, Stop> {
        let refused = || Refusal::invalid("form", "could not be read; send it again");
        let RawForm(bytes) = RawForm::from_request(request, state).await.map_err(|_| refused())?;
        Ok(Self(serde_urlencoded::from_bytes(&bytes).map_err(|_| refused())?))
    }
}
