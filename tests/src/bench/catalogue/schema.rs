//! A form as a JSON Schema: what it can say of it, which is the shape of each answer and which must be there. Check
//! letters, days, conditions and rules between answers are left out, since it has no words for them.

use procedures::{Answers, FieldKind, Form};
use serde_json::{Map, Value, json};

/// The schema that accepts right answers to what is asked with these answers.
pub(super) fn of(form: &Form, answers: &Answers) -> Value {
    let mut properties = Map::new();
    for field in form.all_fields() {
        let mut shape = json!({ "type": "string", "minLength": 1, "maxLength": field.max_chars() });
        let options: Vec<&str> = field.options.iter().map(|option| option.id.as_str()).collect();
        if let Some(shape) = shape.as_object_mut() {
            if matches!(field.kind, FieldKind::Choice | FieldKind::YesNo) {
                shape.insert("enum".to_owned(), json!(options));
            } else if let Some(pattern) = pattern(field.kind) {
                shape.insert("pattern".to_owned(), json!(pattern));
            }
        }
        properties.insert(field.id.clone(), shape);
    }
    let asked = form.pages(answers).into_iter().flat_map(|page| form.fields(&page.id, answers));
    let required: Vec<&str> = asked
        .filter(|field| form.is_required(field, answers) && answers.contains_key(&field.id))
        .map(|field| field.id.as_str())
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// Whether an answer of this kind has a shape that a pattern can tell.
pub(super) fn has_shape(kind: FieldKind) -> bool {
    pattern(kind).is_some()
}

fn pattern(kind: FieldKind) -> Option<&'static str> {
    Some(match kind {
        FieldKind::Nif => "^[0-9A-Z][0-9]{7}[0-9A-Z]$",
        FieldKind::Email => "^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$",
        FieldKind::Phone => "^\\+?[0-9 ]{9,}$",
        FieldKind::PostalCode => "^[0-9]{5}$",
        FieldKind::Number | FieldKind::Area | FieldKind::Percent | FieldKind::Money => "^-?[0-9]+(,[0-9]+)?$",
        FieldKind::Date => "^[0-9]{2}/[0-9]{2}/[0-9]{4}$",
        FieldKind::Time => "^[0-9]{2}:[0-9]{2}$",
        FieldKind::Iban => "^[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}$",
        FieldKind::Cadastral => "^[0-9A-Z]{20}$",
        FieldKind::Chip => "^[0-9]{15}$",
        FieldKind::Nss => "^[0-9]{12}$",
        FieldKind::Vin => "^[0-9A-HJ-NPR-Z]{17}$",
        FieldKind::Statement => "^yes$",
        _ => return None,
    })
}
