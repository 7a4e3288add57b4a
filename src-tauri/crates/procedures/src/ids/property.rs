//! The cadastral reference of a property.

/// Weights of the eleven characters that each control letter looks at.
const WEIGHTS: [u32; 11] = [13, 15, 12, 5, 4, 17, 9, 21, 3, 7, 1];
const LETTERS: &[u8; 23] = b"MQWERTYUIOPASDFGHJKLBZX";

/// Why a reference is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CadastralFault {
    /// Neither 20 characters nor the 14 of a plot.
    Shape,
    /// A letter or figure is mistaken.
    Control,
}

/// Checks a reference written without spaces: 20 characters with their control, or 14 for a whole plot.
///
/// # Errors
/// [`CadastralFault`]: what does not fit.
pub fn check_cadastral(reference: &str) -> Result<(), CadastralFault> {
    let characters: Vec<char> = reference.chars().collect();
    if !characters.iter().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase() || *c == 'Ñ') {
        return Err(CadastralFault::Shape);
    }
    match characters.as_slice() {
        [_, _, _, _, _, _, _, _, _, _, _, _, _, _] => Ok(()),
        [plot @ .., c1, c2, c3, c4, first, second] if plot.len() == 14 => {
            let (left, right) = plot.split_at(7);
            let unit = [*c1, *c2, *c3, *c4];
            let fits = control(left, &unit) == Some(*first) && control(right, &unit) == Some(*second);
            if fits { Ok(()) } else { Err(CadastralFault::Control) }
        }
        _ => Err(CadastralFault::Shape),
    }
}

fn control(seven: &[char], unit: &[char]) -> Option<char> {
    let sum: u32 = seven.iter().chain(unit).zip(WEIGHTS).map(|(c, weight)| value(*c) * weight).sum();
    LETTERS.get(usize::try_from(sum % 23).ok()?).map(|letter| char::from(*letter))
}

/// Figures as they are; letters by the Spanish alphabet, Ñ after N.
fn value(c: char) -> u32 {
    match c {
        'A'..='N' => u32::from(c) - u32::from('A') + 1,
        'Ñ' => 15,
        'O'..='Z' => u32::from(c) - u32::from('A') + 2,
        _ => c.to_digit(10).unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example_is_right_and_each_changed_letter_is_not() {
        assert_eq!(check_cadastral("9872023VH5797S0001WX"), Ok(()));
        assert_eq!(check_cadastral("9872023VH5797S"), Ok(()));
        assert_eq!(check_cadastral("9872023VH5797S0001XW"), Err(CadastralFault::Control));
        assert_eq!(check_cadastral("9872024VH5797S0001WX"), Err(CadastralFault::Control));
        for bad in
            ["", "9872023VH5797S0001W", "9872023VH5797S0001WXX", "9872023vh5797s0001wx", "9872023VH5797S00"]
        {
            assert_eq!(check_cadastral(bad), Err(CadastralFault::Shape), "{bad}");
        }
    }
}
