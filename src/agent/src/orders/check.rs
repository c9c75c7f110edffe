//! Whether a command may be begun: signed by the server this machine knows, for this agent, and still in time.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    Moment,
    commands::{Order, Spec, order_message},
    ids::AgentKeyId,
};
use ed25519_dalek::{Signature, VerifyingKey};

/// Why a command is not begun.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The signature is not the known server's.
    #[error("refused: it is not signed by the server that this agent knows")]
    Signature,
    /// It is for another agent.
    #[error("refused: it is for another agent")]
    Device,
    /// Its time is over.
    #[error("refused: its time was over before it could begin")]
    Expired,
    /// The window in which it had to begin is over.
    #[error("refused: its maintenance window was over before it could begin")]
    Late,
    /// It is no command that this version knows, or one that breaks a limit.
    #[error("refused: {0}")]
    Unknown(String),
    /// It changes the machine, and this agent may not.
    #[error("refused: this agent was started without --allow-changes")]
    Changes,
}

/// What `order` asks for, if it may be begun at the server's time `now` by the agent whose key is `agent`.
///
/// # Errors
/// Why not.
pub fn check(order: &Order, server_key: &str, agent: AgentKeyId, allows_changes: bool, now: Moment) -> Result<Spec, Refused> {
    let key = bytes::<32>(server_key).and_then(|key| VerifyingKey::from_bytes(&key).ok()).ok_or(Refused::Signature)?;
    let signature = bytes::<64>(&order.signature).map(|bytes| Signature::from_bytes(&bytes)).ok_or(Refused::Signature)?;
    let text = order_message(order.id, order.agent, order.expires_at, &order.spec);
    key.verify_strict(text.as_bytes(), &signature).map_err(|_| Refused::Signature)?;
    if order.agent != agent {
        return Err(Refused::Device);
    }
    if now >= order.expires_at {
        return Err(Refused::Expired);
    }
    let spec: Spec = serde_json::from_str(&order.spec).map_err(|_| Refused::Unknown("this version of the agent does not know this command".into()))?;
    if let Some((_, fault)) = spec.fault() {
        return Err(Refused::Unknown(fault));
    }
    if spec.not_after().is_some_and(|end| now >= end) {
        return Err(Refused::Late);
    }
    if spec.kind().changes() && !allows_changes {
        return Err(Refused::Changes);
    }
    Ok(spec)
}

fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use domain::ids::{CommandId, Uuid};
    use ed25519_dalek::{Signer, SigningKey};

    use super::*;

    #[test]
    fn only_what_the_server_signed_for_this_agent_in_time() {
        let server = SigningKey::from_bytes(&[3; 32]);
        let known = URL_SAFE_NO_PAD.encode(server.verifying_key().to_bytes());
        let (agent, other) = (AgentKeyId(Uuid::from_u128(1)), AgentKeyId(Uuid::from_u128(2)));
        let signed = |agent, spec: &str| {
            let (id, expires_at) = (CommandId(Uuid::from_u128(9)), Moment(1_000));
            let signature = server.sign(order_message(id, agent, expires_at, spec).as_bytes());
            Order { id, agent, expires_at, spec: spec.into(), signature: URL_SAFE_NO_PAD.encode(signature.to_bytes()) }
        };
        let script = r#"{"kind":"run_script","script":"id","limit_s":5}"#;
        let good = signed(agent, script);
        let of = |order: &Order, allows, now| check(order, &known, agent, allows, Moment(now)).map(|spec| spec.kind().word());
        assert_eq!(of(&good, true, 999), Ok("run_script"));
        assert_eq!(of(&good, false, 999), Err(Refused::Changes));
        assert_eq!(of(&signed(agent, r#"{"kind":"collect"}"#), false, 999), Ok("collect"));
        assert_eq!(of(&good, true, 1_000), Err(Refused::Expired));
        let in_window = signed(agent, r#"{"kind":"reboot","not_after":500}"#);
        assert_eq!((of(&in_window, true, 499), of(&in_window, true, 500)), (Ok("reboot"), Err(Refused::Late)));
        let run = "run_00000000000000000000000000000001";
        let install = |name: &str, not_after: &str| {
            let package = format!(r#"{{"source":"deb","name":"{name}","arch":"all","version":"1.1"}}"#);
            signed(
                agent,
                &format!(
                    r#"{{"kind":"install_updates","request":{{"run":"{run}","attempt":1,"not_after":{not_after},"source":"deb","packages":[{package}]}}}}"#
                ),
            )
        };
        assert_eq!(of(&install("bash", "null"), true, 999), Ok("install_updates"));
        assert_eq!(of(&install("bash", "500"), true, 500), Err(Refused::Late));
        assert_eq!(of(&install("bash", "500"), false, 1), Err(Refused::Changes));
        for name in ["-y", "--allow-downgrades", "-oDPkg::Pre-Invoke::=id", "/tmp/a.deb", "./a.deb", "bash=1", "bash-", "bash+", "a b", "$(id)"] {
            let refused = of(&install(name, "null"), true, 1);
            let fine = ["bash-", "bash+"].contains(&name) && refused.is_ok();
            assert!(fine || matches!(refused, Err(Refused::Unknown(_))), "{name}: {refused:?}");
        }
        assert_eq!(of(&signed(other, script), true, 999), Err(Refused::Device));
        let forged = [
            Order { agent: other, ..good.clone() },
            Order { expires_at: Moment(9_000), ..good.clone() },
            Order { spec: script.replace("id", "rm"), ..good.clone() },
            Order { id: CommandId(Uuid::from_u128(8)), ..good.clone() },
            Order { signature: "x".into(), ..good.clone() },
        ];
        for order in forged {
            assert_eq!(of(&order, true, 999), Err(Refused::Signature), "{order:?}");
        }
        let stranger = URL_SAFE_NO_PAD.encode(SigningKey::from_bytes(&[4; 32]).verifying_key().to_bytes());
        assert_eq!(check(&good, &stranger, agent, true, Moment(1)), Err(Refused::Signature));
        assert!(matches!(of(&signed(agent, r#"{"kind":"format_disk"}"#), true, 1), Err(Refused::Unknown(_))));
        assert!(matches!(of(&signed(agent, r#"{"kind":"run_script","script":"","limit_s":5}"#), true, 1), Err(Refused::Unknown(_))));
    }
}
