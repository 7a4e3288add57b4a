//! Ticking the options of a multiple choice, where *none of these* excludes the others.

use crate::form::Field;

/// The option of a multiple choice that says that none of the others is meant.
pub const NONE: &str = "none";

impl Field {
    /// The answer of a multiple choice once one of its options has been ticked or unticked: the options chosen, in the
    /// order in which they are offered. Ticking *none of these* unticks the others, and ticking another unticks it. What
    /// is no option of the field changes nothing.
    #[must_use]
    pub fn ticked(&self, answer: &str, option: &str, ticked: bool) -> String {
        let was = |id: &str| answer.split(',').any(|chosen| chosen.trim() == id);
        if !self.options.iter().any(|offered| offered.id == option) {
            return answer.to_owned();
        }
        let excluded = |id: &str| ticked && ((option == NONE) != (id == NONE));
        let chosen = self
            .options
            .iter()
            .map(|offered| offered.id.as_str())
            .filter(|id| if *id == option { ticked } else { was(id) && !excluded(id) });
        chosen.collect::<Vec<_>>().join(",")
    }
}

#[cfg(test)]
mod tests {
    use wording::Text;

    use super::*;
    use crate::form::{FieldKind, FieldOption};

    fn field() -> Field {
        let mut field = Field::of_kind(FieldKind::Multiple);
        let words = Text { va: String::new(), es: String::new(), en: String::new() };
        field.options =
            ["a", "b", NONE].map(|id| FieldOption { id: id.to_owned(), label: words.clone() }).to_vec();
        field
    }

    #[test]
    fn options_stand_in_the_order_in_which_they_are_offered_and_none_excludes_the_others() {
        let field = field();
        for (answer, option, ticked, wanted) in [
            ("", "b", true, "b"),
            ("b", "a", true, "a,b"),
            ("a,b", "a", false, "b"),
            ("a,b", NONE, true, NONE),
            (NONE, "b", true, "b"),
            (NONE, NONE, false, ""),
            ("a", "c", true, "a"),
            ("a", "a", true, "a"),
        ] {
            assert_eq!(field.ticked(answer, option, ticked), wanted, "{answer} {option} {ticked}");
        }
    }
}
