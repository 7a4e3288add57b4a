//! A form that is unpacked when somebody opens its procedure: of more than a hundred, a citizen opens one or two, and all
//! of them written out would be most of the time that a kiosk takes to start and most of the catalogue's memory.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

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
    /// Where the program carries it: never copied, so that the forms nobody opens take no memory.
    packed: &'static [u8],
}

impl From<Form> for LazyForm {
    fn from(form: Form) -> Self {
        Self(Arc::new(Inner { form: OnceLock::from(form), packed: &[] }))
    }
}

impl Deref for LazyForm {
    type Target = Form;

    fn deref(&self) -> &Form {
        self.0.form.get_or_init(|| match postcard::from_bytes(self.0.packed) {
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

impl LazyForm {
    /// What the procedure is read with before it is told where its form is packed.
    pub(crate) fn nowhere() -> Self {
        Self::packed(&[])
    }

    /// A form that is packed there.
    pub(crate) fn packed(packed: &'static [u8]) -> Self {
        Self(Arc::new(Inner { form: OnceLock::new(), packed }))
    }
}

/// What forms share, written with each of them.
pub(crate) mod shared {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<T: Serialize, S: Serializer>(shared: &Arc<T>, to: S) -> Result<S::Ok, S::Error> {
        (**shared).serialize(to)
    }

    pub(crate) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Arc<T>, D::Error> {
        T::deserialize(from).map(Arc::new)
    }
}
