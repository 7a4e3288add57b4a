//! A form that is unpacked when somebody opens its procedure: of more than a hundred, a citizen opens one or two, and all
//! of them written out would be most of the time that a kiosk takes to start and most of the catalogue's memory.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use crate::form::Form;

/// A procedure's form. It is used as a [`Form`]; the first use unpacks it.
///
/// # Panics
/// The first use, if what was packed is no form. [`Catalogue::pack`](crate::Catalogue::pack) unpacks what it has packed
/// before giving it away, so only a damaged program could; and a program that is damaged must not ask citizens anything.
#[derive(Clone)]
pub struct LazyForm(Arc<Inner>);

struct Inner {
    form: OnceLock<Form>,
    packed: Box<[u8]>,
}

impl From<Form> for LazyForm {
    fn from(form: Form) -> Self {
        Self(Arc::new(Inner { form: OnceLock::from(form), packed: Box::default() }))
    }
}

impl Deref for LazyForm {
    type Target = Form;

    fn deref(&self) -> &Form {
        self.0.form.get_or_init(|| match postcard::from_bytes(&self.0.packed) {
            Ok(form) => form,
            Err(error) => panic!("the packed form is damaged: {error}"),
        })
    }
}

impl fmt::Debug for LazyForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl PartialEq for LazyForm {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for LazyForm {}

impl Serialize for LazyForm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let packed = postcard::to_stdvec(&**self).map_err(serde::ser::Error::custom)?;
        serializer.serialize_bytes(&packed)
    }
}

impl<'de> Deserialize<'de> for LazyForm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl Visitor<'_> for Read {
            type Value = LazyForm;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a packed form")
            }
            fn visit_bytes<E: de::Error>(self, packed: &[u8]) -> Result<LazyForm, E> {
                Ok(LazyForm(Arc::new(Inner { form: OnceLock::new(), packed: packed.into() })))
            }
        }
        deserializer.deserialize_bytes(Read)
    }
}

/// What forms share, written with each of them.
pub(crate) mod shared {
    use super::{Arc, Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<T: Serialize, S: Serializer>(shared: &Arc<T>, to: S) -> Result<S::Ok, S::Error> {
        (**shared).serialize(to)
    }

    pub(crate) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Arc<T>, D::Error> {
        T::deserialize(from).map(Arc::new)
    }
}
