//! Members of staff: suspended by name, certificates revoked.

use registry_api::Sha256Hex;
use registry_server::Bar;

use super::{Call, Terminal, now, unknown};
use crate::Failure;

pub(super) async fn run(call: &Call, words: &[&str]) -> Result<(), Failure> {
    let official = call.official()?;
    let reason = call.required("reason")?;
    let (subject, bar) = match words {
        ["suspend", name] => ((*name).to_owned(), Some(Bar::Suspended)),
        ["allow", name] => ((*name).to_owned(), None),
        ["revoke", sha256] => {
            let plain: String =
                sha256.chars().filter(|character| *character != ':').collect::<String>().to_lowercase();
            let sha256: Sha256Hex = plain.parse().map_err(|_| {
                Failure::Usage("a certificate is named by its SHA-256, 64 hexadecimal digits".to_owned())
            })?;
            (sha256.to_string(), Some(Bar::Revoked))
        }
        _ => return Err(unknown()),
    };
    let terminal = Terminal::open(call).await?;
    Ok(terminal.desk.store.set_staff(&subject, bar, reason, &official, now()).await?)
}
