//! The file system: a tree of dedicated and elementary files, selection, FCI and READ BINARY.

use std::io::Write as _;

use apdu::{Status, tlv};
use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::error::Error;
use crate::request::{Answer, Request};

/// By which alone the master file is selected.
const MF_NAME: &[u8] = b"Master.File";
const MF: u16 = 0x3F00;

/// What a file is, as its FCI tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Dedicated,
    Transparent,
    /// A certificate behind a header of two lengths, compressed.
    Compressed,
    /// Keys and PIN: selectable, never readable.
    Key,
}

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Read {
    Always,
    /// Inside a channel, after the PIN.
    WithPin,
    Never,
}

struct File {
    parent: u16,
    fid: u16,
    kind: Kind,
    read: Read,
    content: Vec<u8>,
    /// What the FCI says; keys have a size and no content here.
    size: u16,
}

/// All files of a card and which of them is selected.
pub(crate) struct Files {
    files: Vec<File>,
    directory: u16,
    /// Fid of the selected elementary file, under the directory.
    elementary: Option<u16>,
}

impl Files {
    /// A card with nothing but a master file.
    pub const fn new() -> Self {
        Self { files: Vec::new(), directory: MF, elementary: None }
    }

    /// Adds a directory under the master file.
    pub fn directory(&mut self, fid: u16) {
        self.push(MF, fid, Kind::Dedicated, Read::Never, Vec::new(), 0);
    }

    /// Adds a transparent file that anyone reads.
    pub fn transparent(&mut self, parent: u16, fid: u16, content: Vec<u8>) {
        let size = u16::try_from(content.len()).unwrap_or(u16::MAX);
        self.push(parent, fid, Kind::Transparent, Read::Always, content, size);
    }

    /// Adds a compressed certificate and returns its stored length.
    pub fn compressed(
        &mut self,
        parent: u16,
        fid: u16,
        read: Read,
        certificate: &[u8],
    ) -> Result<u16, Error> {
        let content = compress(certificate)?;
        let what = "a certificate does not fit a file";
        let size = u16::try_from(content.len()).map_err(|_| Error::Persona { what })?;
        self.push(parent, fid, Kind::Compressed, read, content, size);
        Ok(size)
    }

    /// Adds a file of keys.
    pub fn key(&mut self, parent: u16, fid: u16, size: u16) {
        self.push(parent, fid, Kind::Key, Read::Never, Vec::new(), size);
    }

    fn push(&mut self, parent: u16, fid: u16, kind: Kind, read: Read, content: Vec<u8>, size: u16) {
        self.files.push(File { parent, fid, kind, read, content, size });
    }

    /// After power-up the master file is the current directory.
    pub fn reset(&mut self) {
        (self.directory, self.elementary) = (MF, None);
    }

    /// SELECT; a refused one leaves the selection as it was.
    pub fn select(&mut self, request: &Request) -> Result<Answer, Status> {
        if request.p2 != 0 {
            return Err(Status::WRONG_P1P2);
        }
        match request.p1 {
            0x00..=0x02 => self.select_fid(&request.data),
            0x03 if request.data.is_empty() => self.select_parent(),
            0x03 => Err(Status::WRONG_LENGTH),
            0x04 if request.data == MF_NAME => {
                (self.directory, self.elementary) = (MF, None);
                Ok(Answer::data(self.directory_fci(MF)))
            }
            0x04 => Err(Status::NOT_FOUND),
            _ => Err(Status::WRONG_P1P2),
        }
    }

    fn select_fid(&mut self, data: &[u8]) -> Result<Answer, Status> {
        let fid = match data {
            [] => return Err(Status::NOT_FOUND),
            [high, low] => u16::from_be_bytes([*high, *low]),
            _ => return Err(Status::WRONG_LENGTH),
        };
        let file = self.find(self.directory, fid).ok_or(Status::NOT_FOUND)?;
        let fci = fci(file);
        match file.kind {
            Kind::Dedicated => (self.directory, self.elementary) = (fid, None),
            Kind::Transparent | Kind::Compressed | Kind::Key => self.elementary = Some(fid),
        }
        Ok(Answer::data(fci))
    }

    fn select_parent(&mut self) -> Result<Answer, Status> {
        // Two levels only: whatever is above is the master file, which itself has no parent.
        if self.directory == MF {
            return Err(Status::NOT_FOUND);
        }
        (self.directory, self.elementary) = (MF, None);
        Ok(Answer::data(self.directory_fci(MF)))
    }

    fn directory_fci(&self, fid: u16) -> Vec<u8> {
        match self.find(MF, fid) {
            Some(file) => fci(file),
            None => master_fci(),
        }
    }

    fn find(&self, parent: u16, fid: u16) -> Option<&File> {
        self.files.iter().find(|file| file.parent == parent && file.fid == fid)
    }

    /// READ BINARY with a 15-bit offset; `with_pin` says whether the terminal has the right of a verified PIN.
    pub fn read(&self, request: &Request, with_pin: bool) -> Result<Answer, Status> {
        if request.p1 & 0x80 != 0 {
            return Err(Status::WRONG_P1P2);
        }
        if !request.data.is_empty() {
            return Err(Status::WRONG_LENGTH);
        }
        let fid = self.elementary.ok_or(Status::NO_CURRENT_FILE)?;
        let file = self.find(self.directory, fid).ok_or(Status::NO_CURRENT_FILE)?;
        match file.read {
            Read::Always => {}
            Read::WithPin if with_pin => {}
            Read::WithPin | Read::Never => return Err(Status::SECURITY_NOT_SATISFIED),
        }
        let offset = usize::from(request.p1p2());
        let rest = file.content.get(offset..).filter(|rest| !rest.is_empty()).ok_or(Status::WRONG_OFFSET)?;
        let expected = usize::from(request.le.unwrap_or(256));
        match rest.get(..expected) {
            Some(data) => Ok(Answer::data(data.to_vec())),
            // Less than Le, hence less than 256.
            None => Err(Status::new(0x6C, u8::try_from(rest.len()).unwrap_or(0))),
        }
    }
}

/// `6F [85 type fid size acl]`, always proprietary.
fn fci(file: &File) -> Vec<u8> {
    let (kind, acl): (u8, [u8; 5]) = match file.kind {
        Kind::Dedicated => (0x38, [0x00, 0xFF, 0xFF, 0xFF, 0xFF]),
        Kind::Transparent => (0x01, [0x00, 0xFF, 0xFF, 0xFF, 0xFF]),
        Kind::Compressed if file.read == Read::Always => (0x24, [0x00, 0xFF, 0xFF, 0xFF, 0xFF]),
        Kind::Compressed => (0x24, [0x10, 0xFF, 0xFF, 0xFF, 0xFF]),
        Kind::Key => (0x15, [0xFF; 5]),
    };
    let mut value = vec![kind];
    value.extend(file.fid.to_be_bytes());
    value.extend(file.size.to_be_bytes());
    value.extend(acl);
    if file.kind == Kind::Key {
        // Three bytes more, of unknown meaning.
        value.extend([0; 3]);
    }
    tlv::object(0x6F, &tlv::object(0x85, &value))
}

fn master_fci() -> Vec<u8> {
    let mut value = tlv::object(0x84, MF_NAME);
    let [high, low] = MF.to_be_bytes();
    tlv::push(&mut value, 0x85, &[0x38, high, low, 0, 0, 0x00, 0xFF, 0xFF, 0xFF, 0xFF]);
    tlv::object(0x6F, &value)
}

/// Both lengths, little-endian, then the certificate as a zlib stream (RFC 1950).
fn compress(certificate: &[u8]) -> Result<Vec<u8>, Error> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(certificate).map_err(Error::File)?;
    let stream = encoder.finish().map_err(Error::File)?;
    let what = "a certificate does not fit a file";
    let length = |bytes: &[u8]| u32::try_from(bytes.len()).map_err(|_| Error::Persona { what });
    let mut out = length(certificate)?.to_le_bytes().to_vec();
    out.extend(length(&stream)?.to_le_bytes());
    out.extend(stream);
    Ok(out)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn files() -> Files {
        let mut files = Files::new();
        files.transparent(MF, 0x0006, b"ABC123456".to_vec());
        files.directory(0x6061);
        files.compressed(0x6061, 0x7001, Read::WithPin, &[7; 900]).unwrap();
        files.transparent(0x6061, 0x7009, (0..=255).chain(0..=255).collect());
        files.key(MF, 0x0000, 16);
        files
    }

    fn request(ins: u8, p1: u8, p2: u8, data: &[u8], le: Option<u16>) -> Request {
        Request { cla: 0, ins, p1, p2, data: data.to_vec(), le }
    }

    fn select(files: &mut Files, p1: u8, data: &[u8]) -> Result<Vec<u8>, Status> {
        files.select(&request(0xA4, p1, 0, data, None)).map(|answer| answer.data)
    }

    fn read(files: &Files, offset: u16, le: u16) -> Result<usize, Status> {
        let [p1, p2] = offset.to_be_bytes();
        files.read(&request(0xB0, p1, p2, &[], Some(le)), false).map(|answer| answer.data.len())
    }

    #[test]
    fn only_its_name_selects_the_master_file() {
        let mut files = files();
        assert_eq!(select(&mut files, 0, &[0x3F, 0x00]), Err(Status::NOT_FOUND));
        assert_eq!(select(&mut files, 0, &[]), Err(Status::NOT_FOUND));
        assert_eq!(select(&mut files, 4, b"Master.Fil"), Err(Status::NOT_FOUND));
        let fci = select(&mut files, 4, b"Master.File").unwrap();
        assert_eq!(hex::encode_upper(fci), "6F19840B4D61737465722E46696C65850A383F00000000FFFFFFFF");
        assert_eq!(select(&mut files, 8, &[0x60, 0x61]), Err(Status::WRONG_P1P2));
    }

    #[test]
    fn files_are_found_one_level_at_a_time() {
        let mut files = files();
        assert_eq!(select(&mut files, 0, &[0x70, 0x01]), Err(Status::NOT_FOUND));
        assert_eq!(
            hex::encode_upper(select(&mut files, 0, &[0, 6]).unwrap()),
            "6F0C850A010006000900FFFFFFFF"
        );
        assert_eq!(select(&mut files, 0, &[0x60, 0x61]).unwrap().len(), 14);
        assert_eq!(read(&files, 0, 1), Err(Status::NO_CURRENT_FILE));
        let fci = select(&mut files, 0, &[0x70, 0x01]).unwrap();
        assert_eq!((fci[4], fci.len()), (0x24, 14));
        assert_eq!(select(&mut files, 0, &[0, 6]), Err(Status::NOT_FOUND));
        assert!(select(&mut files, 3, &[]).is_ok());
        assert_eq!(select(&mut files, 0, &[0, 0]).unwrap().len(), 17);
        assert_eq!(read(&files, 0, 1), Err(Status::SECURITY_NOT_SATISFIED));
    }

    #[test]
    fn reading_past_the_end_says_how_much_there_is() {
        let mut files = files();
        select(&mut files, 0, &[0x60, 0x61]).unwrap();
        select(&mut files, 0, &[0x70, 0x09]).unwrap();
        assert_eq!(read(&files, 0, 256), Ok(256));
        assert_eq!(read(&files, 500, 12), Ok(12));
        assert_eq!(read(&files, 500, 13), Err(Status(0x6C0C)));
        assert_eq!(read(&files, 512, 1), Err(Status::WRONG_OFFSET));
        assert_eq!(read(&files, 0x8000, 1), Err(Status::WRONG_P1P2));
    }

    #[test]
    fn a_protected_certificate_wants_the_pin() {
        let mut files = files();
        select(&mut files, 0, &[0x60, 0x61]).unwrap();
        select(&mut files, 0, &[0x70, 0x01]).unwrap();
        assert_eq!(read(&files, 0, 8), Err(Status::SECURITY_NOT_SATISFIED));
        let header = files.read(&request(0xB0, 0, 0, &[], Some(8)), true).unwrap().data;
        assert_eq!(header[..4], 900_u32.to_le_bytes());
    }
}
