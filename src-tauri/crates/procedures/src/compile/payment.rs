//! The page that asks how a fee is paid that must be paid before filing: with a letter, or it has been paid already.

use super::Shared;
use crate::expr::{Compare, Expr, Function, Node, Read};
use crate::form::{Field, FieldKind, FieldOption, Page};
use crate::number::Decimal;
use crate::procedure::{FEE_HOW, FEE_REFERENCE, Fee, FeeKind, Payable};

/// Most characters of the reference of a payment: what banks print is shorter.
const REFERENCE: u32 = 40;

/// The page, where the fee is one that the form works out and that is paid before filing.
pub(super) fn page(shared: &Shared<'_>, fee: &Fee) -> Option<Page> {
    let worked_out = matches!(fee.kind, FeeKind::Fixed(_) | FeeKind::Table(_) | FeeKind::Formula(_));
    if !worked_out || fee.payable != Payable::BeforeFiling {
        return None;
    }
    let words = &shared.words;
    let option = |id: &str, label: &wording::Text| FieldOption { id: id.to_owned(), label: label.clone() };
    let mut how = Field::of_kind(FieldKind::Choice);
    FEE_HOW.clone_into(&mut how.id);
    how.label = words.fee_how.clone();
    how.options = vec![option("letter", &words.fee_letter), option("paid", &words.fee_paid)];
    let mut reference = Field::of_kind(FieldKind::Text);
    FEE_REFERENCE.clone_into(&mut reference.id);
    reference.label = words.fee_reference.clone();
    reference.hint = Some(words.fee_reference_hint.clone());
    reference.max_chars = Some(REFERENCE);
    reference.visible_if = Some(compare(field(FEE_HOW), Node::Text("paid".to_owned())));
    let exempt = fee.exemptions.iter().filter_map(|exemption| exemption.when.as_ref());
    let visible_if = exempt.fold(None, |all, when| Expr::both(all, Some(not_certain(when))));
    Some(Page {
        id: "fee".to_owned(),
        heading: words.fee.clone(),
        help: fee.concept.clone(),
        item: None,
        document: None,
        fields: vec![how, reference],
        visible_if,
    })
}

/// Whoever is certain not to pay is not asked how; whether what is unknown holds is no reason not to ask.
fn not_certain(when: &Expr) -> Expr {
    let number = |number: i64| plain(Node::Number(Decimal::whole(number)));
    let certain = Node::Call(Function::If, vec![when.clone(), number(1), number(0)]);
    let known = Node::Call(Function::Else, vec![plain(certain), number(0)]);
    compare(known, Node::Number(Decimal::whole(0)))
}

fn compare(left: Node, right: Node) -> Expr {
    plain(Node::Compare(Compare::Equal, Box::new(plain(left)), Box::new(plain(right))))
}

fn field(id: &str) -> Node {
    Node::Field { id: id.to_owned(), read: Read::Text }
}

fn plain(node: Node) -> Expr {
    Expr { at: 0, node }
}
