//! Passwords are hashed by as many threads as there are cores, with a short queue: a flood of sign-ins slows nobody else.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use domain::Refusal;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Checks that may wait for a thread.
const QUEUE: usize = 32;

/// The queue of password checks.
#[derive(Debug, Clone)]
pub struct Passwords {
    threads: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    dummy: Arc<str>,
}

/// Counts one that waits, until dropped.
struct Waiting(Arc<AtomicUsize>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The argon2id hash of `password`: 19 MiB, two passes, one lane.
///
/// # Errors
/// A sentence, when the operating system has no randomness.
pub fn hash(password: &str) -> Result<String, String> {
    Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|error| format!("cannot hash a password: {error}"))
}

impl Passwords {
    /// Makes the queue, and the hash that unknown accounts are checked against.
    ///
    /// # Errors
    /// A sentence for the person at the console.
    pub fn start() -> Result<Self, String> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self { threads: Arc::new(Semaphore::new(threads)), waiting: Arc::default(), dummy: hash("an account that does not exist")?.into() })
    }

    /// Whether `password` is the one behind `stored`. Without a stored hash it takes as long, and is not.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`] when too many wait already.
    pub async fn matches(&self, stored: Option<String>, password: String) -> Result<bool, Refusal> {
        let held = self.queue().await?;
        let (known, text) = (stored.is_some(), stored.unwrap_or_else(|| self.dummy.to_string()));
        let checked = tokio::task::spawn_blocking(move || {
            let _held = held;
            PasswordHash::new(&text).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
        });
        Ok(checked.await.unwrap_or(false) && known)
    }

    /// The hash of a new password, made by the same threads.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`] when too many wait already.
    pub async fn hash(&self, password: String) -> Result<String, Refusal> {
        let held = self.queue().await?;
        let hashed = tokio::task::spawn_blocking(move || {
            let _held = held;
            hash(&password)
        });
        hashed.await.ok().and_then(Result::ok).ok_or(Refusal::Unavailable(5))
    }

    /// A thread, after a short wait in the queue.
    async fn queue(&self) -> Result<(OwnedSemaphorePermit, Waiting), Refusal> {
        let waiting = Waiting(Arc::clone(&self.waiting));
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= QUEUE + self.threads.available_permits() {
            return Err(Refusal::Unavailable(2));
        }
        let permit = Arc::clone(&self.threads).acquire_owned().await.map_err(|_| Refusal::Unavailable(2))?;
        Ok((permit, waiting))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_of_a_known_account() {
        let passwords = Passwords::start().expect("randomness");
        let stored = hash("correct horse").expect("randomness");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert_eq!(passwords.matches(Some(stored.clone()), "correct horse".into()).await, Ok(true));
        assert_eq!(passwords.matches(Some(stored), "wrong".into()).await, Ok(false));
        assert_eq!(passwords.matches(None, "an account that does not exist".into()).await, Ok(false));
    }

    #[tokio::test]
    async fn the_queue_has_a_length() {
        let passwords = Passwords::start().expect("randomness");
        let tries = (0..200).map(|_| {
            tokio::spawn({
                let passwords = passwords.clone();
                async move { passwords.matches(None, "x".into()).await }
            })
        });
        let tries: Vec<_> = tries.collect();
        let mut refused = 0;
        for one in tries {
            refused += usize::from(one.await.expect("no panic").is_err());
        }
        assert!(refused >= 100, "{refused} of 200 were sent away");
        assert_eq!(passwords.waiting.load(Ordering::Relaxed), 0);
    }
}
