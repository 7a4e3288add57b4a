//! What fuzzing and the replay of its corpus call. Nothing here is of use to a program.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use registry_api::Submission;

use crate::package::{Fault, Spool, Taker};

/// What the registry has at random.
const MARK: [u8; 16] = [0xA5; 16];

/// Any bytes as a package that comes in pieces, which is what it would be whole, or refused as it would be. The first byte
/// says how long a piece is, the second from which length on, in eights, a text is taken out. Whether it is a package.
///
/// # Panics
/// When it is not the same in pieces as whole.
pub fn package(bytes: &[u8]) -> bool {
    let [piece, long, json @ ..] = bytes else { return false };
    // Where it may be guessed, which the registry's may not, it is what was taken out.
    let mark = STANDARD.encode(MARK);
    if json.windows(mark.len() - 2).any(|part| mark.as_bytes().starts_with(part)) {
        return false;
    }
    let (spool, long) = (Spool::of(std::env::temp_dir()), usize::from(*long) * 8);
    let mut taker = Taker::new(&spool, MARK, long);
    let read = json.chunks(usize::from(*piece) + 1).try_for_each(|piece| taker.read(piece));
    let whole = serde_json::from_slice::<Submission>(json);
    match (read.and_then(|()| taker.submission()), whole) {
        (Ok(read), Ok(whole)) => {
            assert_eq!(read, whole);
            assert!(
                read.package_sha256().is_ok_and(|hash| whole.package_sha256().is_ok_and(|same| hash == same))
            );
            true
        }
        (Ok(_), Err(error)) => panic!("in pieces it is a package, and whole it is none: {error}"),
        // Something else than a file is too long.
        (Err(Fault::Malformed(_)), Ok(whole)) => {
            let files = whole.package_bytes().div_ceil(3).saturating_mul(4);
            assert!(
                json.len() as u64 > files.saturating_add(long as u64),
                "whole it is one, and in pieces none"
            );
            false
        }
        (Err(Fault::Malformed(_)), Err(_)) => false,
        (Err(Fault::File(error)), _) => panic!("{error}"),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;
    use std::path::Path;

    #[test]
    fn what_fuzzing_has_seen_of_packages_is_the_same_in_pieces_as_whole() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzzed/package");
        let mut packages = 0;
        for input in fs::read_dir(folder).unwrap() {
            let bytes = fs::read(input.unwrap().path()).unwrap();
            packages += usize::from(super::package(&bytes));
            for place in 0..bytes.len() {
                super::package(&bytes[..place]);
                let mut other = bytes.clone();
                other[place] ^= 0x10;
                super::package(&other);
            }
        }
        assert!(packages >= 3, "{packages} are packages");
    }
}
