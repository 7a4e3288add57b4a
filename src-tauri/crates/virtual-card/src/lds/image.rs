//! A picture of nobody: the smallest lawful JPEG 2000 file (ISO/IEC 15444-1), one grey tile without coefficients.

/// A grey picture of this size, in pixels.
pub(super) fn grey(width: u16, height: u16) -> Vec<u8> {
    let (width, height) = (u32::from(width).to_be_bytes(), u32::from(height).to_be_bytes());
    let mut file = boxed(b"jP  ", &[0x0D, 0x0A, 0x87, 0x0A]);
    file.extend(boxed(b"ftyp", b"jp2 \0\0\0\0jp2 "));
    // One component of eight bits, compression 7 (JPEG 2000), colour space known, no rights.
    let header = [&height[..], &width, &[0, 1, 7, 7, 0, 0]].concat();
    // Enumerated colour space 17: greyscale.
    let colour = [1, 0, 0, 0, 0, 0, 17];
    file.extend(boxed(b"jp2h", &[boxed(b"ihdr", &header), boxed(b"colr", &colour)].concat()));
    file.extend(boxed(b"jp2c", &codestream(width, height)));
    file
}

/// Length, type, content (annex I.4).
fn boxed(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len() + 8).unwrap_or(u32::MAX);
    [&length.to_be_bytes()[..], kind, content].concat()
}

/// Annex A: sizes, coding, quantisation, then one tile whose only packet is empty.
fn codestream(width: [u8; 4], height: [u8; 4]) -> Vec<u8> {
    let start = [0xFF, 0x4F];
    let zero = [0; 4];
    let component = [0, 1, 7, 1, 1];
    let size = [
        &[0xFF, 0x51, 0, 41, 0, 0][..],
        &width,
        &height,
        &zero,
        &zero,
        &width,
        &height,
        &zero,
        &zero,
        &component,
    ]
    .concat();
    // One layer, no decomposition, code blocks of 64 by 64, the reversible transform.
    let coding = [0xFF, 0x52, 0, 12, 0, 0, 0, 1, 0, 0, 4, 4, 0, 1];
    // No quantisation, two guard bits, eight bits.
    let quantisation = [0xFF, 0x5C, 0, 4, 0x40, 0x40];
    // The tile part has 15 bytes: this marker segment, the next marker, one byte.
    let tile = [0xFF, 0x90, 0, 10, 0, 0, 0, 0, 0, 15, 0, 1];
    let (data, empty_packet, end) = ([0xFF, 0x93], [0], [0xFF, 0xD9]);
    [&start[..], &size, &coding, &quantisation, &tile, &data, &empty_packet, &end].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_fill_the_file_and_the_signature_comes_first() {
        let file = grey(24, 32);
        assert_eq!(&file[..8], [0, 0, 0, 12, 0x6A, 0x50, 0x20, 0x20]);
        let (mut rest, mut kinds) = (&file[..], Vec::new());
        while !rest.is_empty() {
            let length =
                usize::try_from(u32::from_be_bytes([rest[0], rest[1], rest[2], rest[3]])).unwrap_or(0);
            kinds.push(String::from_utf8_lossy(&rest[4..8]).into_owned());
            rest = &rest[length..];
        }
        assert_eq!(kinds, ["jP  ", "ftyp", "jp2h", "jp2c"]);
        assert_eq!(&file[file.len() - 2..], [0xFF, 0xD9]);
    }
}
