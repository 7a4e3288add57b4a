//! Drafts under a later version of their form.

use procedures::Carry;

use crate::small::{TODAY, answers, form, page, read};

const OPTIONS: &str = "options = [{ id = \"a\", label = { va = \"A\", es = \"B\", en = \"C\" } }, { id = \"b\", label = { va = \"A\", es = \"B\", en = \"C\" } }]";

fn carry(keys: &str, version: u32) -> Carry {
    let keys = format!("version = 3\n{keys}");
    let catalogue = read(&keys, &page(&["x text"])).unwrap_or_else(|error| panic!("{error}"));
    catalogue.procedures().next().unwrap().carry(version)
}

#[test]
fn a_draft_of_the_same_version_goes_on_and_one_of_the_version_before_by_its_rule() {
    for keys in ["", "drafts = \"end\"", "drafts = \"go-on\"", "drafts = \"migrate\""] {
        assert_eq!(carry(keys, 3), Carry::Whole, "{keys}");
        // The rule speaks of the version before only; and a later one than ours is not known.
        for other in [0, 1, 4, u32::MAX] {
            assert_eq!(carry(keys, other), Carry::Ended, "{keys} {other}");
        }
    }
    assert_eq!(carry("", 2), Carry::Ended);
    assert_eq!(carry("drafts = \"end\"", 2), Carry::Ended);
    assert_eq!(carry("drafts = \"go-on\"", 2), Carry::Whole);
    assert_eq!(carry("drafts = \"migrate\"", 2), Carry::Part);
}

#[test]
fn answers_to_fields_that_remain_are_carried() {
    let form = form(&["name text", "mail email", &format!("which choice,{OPTIONS}")]);
    let before = answers(&[("name", "  Neus "), ("mail", "neus@"), ("gone", "x"), ("which", "a")]);
    // What was typed stays as it was, also when it is not finished yet.
    let kept = answers(&[("name", "  Neus "), ("mail", "neus@"), ("which", "a")]);
    assert_eq!(form.carried(&before, &TODAY), kept);
    assert_eq!(form.carried(&kept, &TODAY), kept);
}

#[test]
fn a_choice_that_is_no_more_and_what_was_agreed_to_are_asked_anew() {
    for (fields, gone, stays) in [
        (vec![format!("which choice,{OPTIONS}")], ("which", "c"), Some(("which", "b"))),
        (vec![format!("many multiple,{OPTIONS}")], ("many", "a,c"), Some(("many", "a,b"))),
        (vec!["sure yes-no".to_owned()], ("sure", "perhaps"), Some(("sure", "no"))),
        (vec!["true statement".to_owned()], ("true", "yes"), None),
        (vec!["may consent".to_owned()], ("may", "yes"), None),
    ] {
        let form = form(&fields.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(form.carried(&answers(&[gone]), &TODAY), answers(&[]), "{gone:?}");
        if let Some(stays) = stays {
            assert_eq!(form.carried(&answers(&[stays]), &TODAY), answers(&[stays]));
        }
    }
}
