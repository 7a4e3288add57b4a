//! The structure element of the signature field, so that a tagged file stays whole (PDF/UA-1, 7.18).

use lopdf::{Dictionary, Object, ObjectId};

use crate::error::Error;
use crate::pdf::Pdf;
use crate::revision::{Revision, Single};
use crate::syntax::text;

/// Deepest number tree followed.
const MAX_DEPTH: usize = 16;

/// Adds a Form element for the widget and gives the widget's key in the parent tree. `None` in an untagged file.
pub(crate) fn tag(
    revision: &mut Revision<'_, '_>,
    page: ObjectId,
    widget: ObjectId,
    description: &str,
) -> Result<Option<i64>, Error> {
    let Some(root) = root(revision.pdf())? else { return Ok(None) };
    let tree = parent_tree(revision, root)?;
    let path = last_leaf(revision, tree)?;
    let key = next_key(revision, root, &path)?;

    let parent = document_element(revision, root);
    let mut link = Dictionary::new();
    link.set("Type", Object::Name(b"OBJR".to_vec()));
    link.set("Obj", Object::Reference(widget));
    link.set("Pg", Object::Reference(page));
    let mut element = Dictionary::new();
    element.set("Type", Object::Name(b"StructElem".to_vec()));
    element.set("S", Object::Name(b"Form".to_vec()));
    element.set("P", Object::Reference(parent));
    element.set("Pg", Object::Reference(page));
    element.set("Alt", text(description));
    element.set("K", Object::Dictionary(link));
    let element = revision.add(Object::Dictionary(element))?;

    revision.push(parent, "K", [Object::Reference(element)], Single::Allowed)?;
    enter(revision, &path, key, element)?;
    revision.change(root)?.set("ParentTreeNextKey", Object::Integer(key + 1));
    Ok(Some(key))
}

fn root(pdf: &Pdf<'_>) -> Result<Option<ObjectId>, Error> {
    let catalog = pdf.catalog()?;
    let marked = pdf.dictionary(catalog, b"MarkInfo").and_then(|info| pdf.entry(info, b"Marked"));
    match catalog.get(b"StructTreeRoot") {
        _ if !marked.is_some_and(|marked| matches!(marked, Object::Boolean(true))) => Ok(None),
        Ok(Object::Reference(root)) => Ok(Some(*root)),
        Ok(_) => Err(Error::Unsupported { what: "structure tree written inside the catalog" }),
        Err(_) => Ok(None),
    }
}

/// The Document element under the root, or the root itself where there is none.
fn document_element(revision: &Revision<'_, '_>, root: ObjectId) -> ObjectId {
    let pdf = revision.pdf();
    let is_document = |id: &ObjectId| {
        pdf.document.get_dictionary(*id).is_ok_and(|element| {
            element.get(b"S").and_then(Object::as_name).is_ok_and(|kind| kind == b"Document")
        })
    };
    let Ok(Ok(kids)) = pdf.document.get_dictionary(root).map(|root| root.get(b"K")) else { return root };
    let direct = kids.as_reference().ok().filter(is_document);
    let listed = || {
        let kids = pdf.resolve(kids)?.as_array().ok()?;
        kids.iter().filter_map(|kid| kid.as_reference().ok()).find(is_document)
    };
    direct.or_else(listed).unwrap_or(root)
}

/// The parent tree as an object of its own: one written inside the root moves out of it.
fn parent_tree(revision: &mut Revision<'_, '_>, root: ObjectId) -> Result<ObjectId, Error> {
    let now = revision.change(root)?.get(b"ParentTree").ok().cloned();
    match now {
        Some(Object::Reference(tree)) => Ok(tree),
        Some(tree @ Object::Dictionary(_)) => move_out(revision, root, tree),
        None => move_out(revision, root, Object::Dictionary(Dictionary::new())),
        Some(_) => Err(Error::Unreadable { what: "parent tree" }),
    }
}

fn move_out(revision: &mut Revision<'_, '_>, root: ObjectId, tree: Object) -> Result<ObjectId, Error> {
    let id = revision.add(tree)?;
    revision.change(root)?.set("ParentTree", Object::Reference(id));
    Ok(id)
}

/// The nodes from the top of the number tree to its last leaf.
fn last_leaf(revision: &Revision<'_, '_>, tree: ObjectId) -> Result<Vec<ObjectId>, Error> {
    let damaged = || Error::Unreadable { what: "parent tree" };
    let mut path = vec![tree];
    let mut node = tree;
    while path.len() < MAX_DEPTH {
        let dictionary = revision.peek(node).and_then(|node| node.as_dict().ok()).ok_or_else(damaged)?;
        let Ok(kids) = dictionary.get(b"Kids") else { return Ok(path) };
        let kids = revision.pdf().resolve(kids).and_then(|kids| kids.as_array().ok()).ok_or_else(damaged)?;
        node = kids.last().and_then(|kid| kid.as_reference().ok()).ok_or_else(damaged)?;
        path.push(node);
    }
    Err(damaged())
}

/// A key above every one in use, whatever `/ParentTreeNextKey` says.
fn next_key(revision: &Revision<'_, '_>, root: ObjectId, path: &[ObjectId]) -> Result<i64, Error> {
    let damaged = || Error::Unreadable { what: "parent tree" };
    let dictionary = |id: &ObjectId| revision.peek(*id).and_then(|object| object.as_dict().ok());
    let leaf = path.last().and_then(dictionary).ok_or_else(damaged)?;
    let last = match leaf.get(b"Nums") {
        Ok(numbers) => {
            let numbers =
                revision.pdf().resolve(numbers).and_then(|n| n.as_array().ok()).ok_or_else(damaged)?;
            numbers.chunks(2).filter_map(|pair| pair.first()?.as_i64().ok()).max().unwrap_or(-1)
        }
        Err(_) => -1,
    };
    let stated = dictionary(&root).and_then(|root| root.get(b"ParentTreeNextKey").ok()?.as_i64().ok());
    let key = stated.unwrap_or(0).max(last.checked_add(1).ok_or_else(damaged)?);
    // Integers beyond this are not portable between readers.
    if (0..i64::from(i32::MAX)).contains(&key) { Ok(key) } else { Err(damaged()) }
}

fn enter(
    revision: &mut Revision<'_, '_>,
    path: &[ObjectId],
    key: i64,
    element: ObjectId,
) -> Result<(), Error> {
    let Some(leaf) = path.last() else { return Err(Error::Internal { what: "parent tree" }) };
    revision.push(*leaf, "Nums", [Object::Integer(key), Object::Reference(element)], Single::Refused)?;
    // Every node on the way but the top says which keys are below it.
    for node in path.iter().skip(1) {
        let node = revision.change(*node)?;
        let first =
            node.get(b"Limits").and_then(Object::as_array).ok().and_then(|limits| limits.first().cloned());
        node.set("Limits", Object::Array(vec![first.unwrap_or(Object::Integer(key)), Object::Integer(key)]));
    }
    Ok(())
}
