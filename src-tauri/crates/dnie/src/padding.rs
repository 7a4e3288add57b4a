//! ISO/IEC 9797-1, padding method 2: `80`, then zeros up to a whole number of blocks.

/// Adds the padding; always at least one byte.
pub(crate) fn pad(data: &mut Vec<u8>, block: usize) {
    data.push(0x80);
    data.resize(data.len().next_multiple_of(block), 0);
}

/// How many bytes remain without the padding, or `None` if there is none.
pub(crate) fn unpadded_len(data: &[u8]) -> Option<usize> {
    let end = data.iter().rposition(|byte| *byte != 0)?;
    (data.get(end) == Some(&0x80)).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_is_always_added_and_found_again() {
        for block in [8, 16] {
            for length in 0..40 {
                let mut data = vec![0_u8; length];
                pad(&mut data, block);
                assert!(data.len() > length && data.len() <= length + block);
                assert!(data.len().is_multiple_of(block));
                assert_eq!(unpadded_len(&data), Some(length));
            }
        }
        assert_eq!(unpadded_len(&[0; 8]), None);
        assert_eq!(unpadded_len(&[1; 8]), None);
    }
}
