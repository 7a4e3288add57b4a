//! Whether a PDF can be filed: readable by everybody, and doing nothing by itself.

use hayro::hayro_syntax::object::{Dict, MaybeRef, Name, Object};
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use procedures::content::Refusal;

/// Deepest nesting that is followed: no real document comes near it.
const DEPTH: u32 = 64;
/// Keys of what acts or shows something else than the pages: scripts (ISO 32000-2, 12.6.4.17), forms that draw
/// themselves (XFA, deprecated in 12.7.8), and players of rich media (13.7).
const ACTIVE_KEYS: [&[u8]; 3] = [b"JS", b"XFA", b"RichMediaContent"];
/// Actions (12.6.4) that run something.
const ACTIVE_ACTIONS: [&[u8]; 2] = [b"JavaScript", b"Launch"];

/// How many pages it has.
pub(crate) fn inspect(content: Vec<u8>) -> Result<u32, Refusal> {
    let pdf = Pdf::new(content).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Refusal::Locked,
        LoadPdfError::Invalid => Refusal::Damaged,
    })?;
    if pdf.objects().into_iter().any(|object| is_active(&object, DEPTH)) {
        return Err(Refusal::Active);
    }
    match u32::try_from(pdf.pages().len()) {
        Ok(0) | Err(_) => Err(Refusal::Damaged),
        Ok(pages) => Ok(pages),
    }
}

/// Whether an object, or what is written inside it, acts. What it refers to is looked at as an object of its own.
fn is_active(object: &Object<'_>, depth: u32) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return true };
    match object {
        Object::Dict(dict) => is_active_dict(dict, depth),
        Object::Stream(stream) => is_active_dict(stream.dict(), depth),
        Object::Array(array) => array.raw_iter().any(|item| match item {
            MaybeRef::NotRef(item) => is_active(&item, depth),
            MaybeRef::Ref(_) => false,
        }),
        Object::Null(_) | Object::Boolean(_) | Object::Number(_) | Object::String(_) | Object::Name(_) => {
            false
        }
    }
}

fn is_active_dict(dict: &Dict<'_>, depth: u32) -> bool {
    let action = dict.get::<Name<'_>>(b"S");
    action.is_some_and(|action| ACTIVE_ACTIONS.contains(&&*action))
        || ACTIVE_KEYS.iter().any(|key| dict.contains_key(key))
        || dict.keys().any(|key| match dict.get_raw::<Object<'_>>(&*key) {
            Some(MaybeRef::NotRef(value)) => is_active(&value, depth),
            Some(MaybeRef::Ref(_)) | None => false,
        })
}
