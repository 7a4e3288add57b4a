//! Recognition by the answer to reset: free of exchanges, and no proof of anything.

/// How a generation of cards is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Generation {
    /// 1.x and 2.0: one channel, four-byte MAC.
    V2,
    /// 3.0 and later, 4.0 included: a channel for the PIN and one for its use, eight-byte MAC.
    V3,
}

/// What an answer to reset says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Recognised {
    /// A DNIe in use, in a contact reader.
    Dnie {
        /// Its generation.
        generation: Generation,
    },
    /// Perhaps a DNIe 3.0 or later, on a contactless reader. Residence permits and passports look the same.
    Contactless,
    /// A DNIe that has been withdrawn or is dead.
    Terminated,
    /// Anything else.
    NotDnie,
}

/// Looks at an answer to reset (fact sheet, 1.1 and 1.2).
#[must_use]
pub fn recognise(atr: &[u8]) -> Recognised {
    // 3B 7F, TA1 free, TB1 TC1, H1, tag 6A with "DNIe", maker and chip free, OS major, OS minor, phase, status.
    if let [0x3B, 0x7F, _, 0, 0, 0, 0x6A, b'D', b'N', b'I', b'e', _, _, _, _, system, _, phase, status @ ..] =
        atr
    {
        return match (*phase, status) {
            (_, [0x65, 0x81]) => Recognised::Terminated,
            (0x03, [0x90, 0x00]) => {
                Recognised::Dnie { generation: if *system >= 4 { Generation::V3 } else { Generation::V2 } }
            }
            _ => Recognised::NotDnie,
        };
    }
    match atr {
        [0x3B, 0x88, 0x80, 0x01, 0xE1, 0xF3, 0x5E, 0x11, 0x77, 0x81, _, 0x00, _]
        | [0x3B, 0x8C, 0x80, 0x01, 0x50, _, _, _, _, 0xE1, 0xF3, 0x5E, 0x11, 0x77, 0x81, _, _] => {
            Recognised::Contactless
        }
        _ => Recognised::NotDnie,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::vectors::{atr as observed, bytes};

    #[test]
    fn observed_cards_are_recognised_with_their_generation() {
        for (text, generation) in [
            (observed::CONTACT_EXAMPLE_2_0, Generation::V2),
            (observed::CONTACT_EXAMPLE_3_0_OLD, Generation::V3),
            (observed::CONTACT_EXAMPLE_3_0, Generation::V3),
            (observed::CONTACT_EXAMPLE_4_0, Generation::V3),
            (observed::CONTACT_USER, Generation::V2),
        ] {
            assert_eq!(recognise(&bytes(text)), Recognised::Dnie { generation });
        }
        assert_eq!(recognise(&bytes(observed::CONTACT_TERMINATED)), Recognised::Terminated);
        assert_eq!(recognise(&bytes(observed::NFC_A)), Recognised::Contactless);
        assert_eq!(recognise(&bytes(observed::NFC_B)), Recognised::Contactless);
    }

    #[test]
    fn siblings_and_unfinished_cards_are_not_a_dnie() {
        // The police card and the FNMT card share shape and protocol, with other keys.
        for text in [
            "3B7F960000006A5449463100000155042103900000",
            "3B7F380000006A464E4D5410024C340113039000",
            "3B7F960000006A444E4965100101550421019000",
            "3B7F960000006A444E496510010155042103900000",
            "3B7F960000006A444E49651001015504210390",
            "",
        ] {
            assert_eq!(recognise(&bytes(text)), Recognised::NotDnie, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_answer_to_reset_is_looked_at_without_panic(atr in proptest::collection::vec(any::<u8>(), 0..40)) {
            let _ = recognise(&atr);
        }
    }
}
