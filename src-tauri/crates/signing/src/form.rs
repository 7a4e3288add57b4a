//! The signature field: one invisible widget on the first page, entered in the form.

use lopdf::{Dictionary, Object, ObjectId};

use crate::error::Error;
use crate::pdf::Pdf;
use crate::revision::{Revision, Single};
use crate::structure;
use crate::syntax::text;

/// Print and Locked. Hidden, Invisible and NoView are forbidden by PDF/A; a zero rectangle shows nothing.
const WIDGET_FLAGS: i64 = 132;
/// SignaturesExist and AppendOnly.
const SIGNATURE_FLAGS: i64 = 3;

/// Adds a field whose value is the object `signature`.
pub(crate) fn add_field(
    revision: &mut Revision<'_, '_>,
    name: &str,
    description: &str,
    signature: ObjectId,
) -> Result<(), Error> {
    let page = first_page(revision.pdf())?;
    let field = revision.allocate()?;
    let mut widget = Dictionary::new();
    widget.set("Type", Object::Name(b"Annot".to_vec()));
    widget.set("Subtype", Object::Name(b"Widget".to_vec()));
    widget.set("FT", Object::Name(b"Sig".to_vec()));
    widget.set("T", text(name));
    widget.set("TU", text(description));
    widget.set("V", Object::Reference(signature));
    widget.set("F", Object::Integer(WIDGET_FLAGS));
    widget.set("Rect", Object::Array(vec![0.into(), 0.into(), 0.into(), 0.into()]));
    widget.set("P", Object::Reference(page));
    if let Some(key) = structure::tag(revision, page, field, description)? {
        widget.set("StructParent", Object::Integer(key));
        // PDF/UA wants the tab order of a page with annotations to follow the structure.
        revision.change(page)?.set("Tabs", Object::Name(b"S".to_vec()));
    }
    revision.put(field, Object::Dictionary(widget));
    revision.push(page, "Annots", [Object::Reference(field)], Single::Refused)?;
    enter(revision, field)
}

/// Whether a name is free, and no signature stands in the file yet.
pub(crate) fn check_free(pdf: &Pdf<'_>, name: &str) -> Result<(), Error> {
    let fields = pdf.fields()?;
    if fields.iter().any(|field| field.signature.is_some()) {
        return Err(Error::AlreadySigned);
    }
    let taken =
        |field: &crate::pdf::Field<'_>| crate::syntax::read_text(&field.name).as_deref() == Some(name);
    if fields.iter().any(taken) {
        return Err(Error::Argument { what: "field name is taken" });
    }
    Ok(())
}

fn enter(revision: &mut Revision<'_, '_>, field: ObjectId) -> Result<(), Error> {
    let catalog = revision.pdf().catalog;
    let now = revision.change(catalog)?.get(b"AcroForm").ok().cloned();
    let form = match now {
        Some(Object::Reference(form)) => form,
        other => {
            // A form written inside the catalog moves out of it, so that both cases go on alike.
            let form = other.unwrap_or_else(|| Object::Dictionary(Dictionary::new()));
            let form = revision.add(form)?;
            revision.change(catalog)?.set("AcroForm", Object::Reference(form));
            form
        }
    };
    revision.push(form, "Fields", [Object::Reference(field)], Single::Refused)?;
    revision.change(form)?.set("SigFlags", Object::Integer(SIGNATURE_FLAGS));
    Ok(())
}

fn first_page(pdf: &Pdf<'_>) -> Result<ObjectId, Error> {
    pdf.document.page_iter().next().ok_or(Error::Unreadable { what: "pages" })
}
