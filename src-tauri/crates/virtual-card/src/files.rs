//! The file system: a tree of dedicated and elementary files, selection, FCI and READ BINARY.

use std::io::Write as _;

use apdu::{Status, tlv};
use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::error::Error;
use crate::request::{Answer, Request};
use crate::session::Access;

/// By which alone the master file is selected.
const MF_NAME: &[u8] = b"Master.File";
/// The application of travel documents (ICAO Doc 9303-10), another name of the directory of the LDS.
const LDS_AID: &[u8] = &[0xA0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01];
/// P2 of a SELECT that wants no FCI.
const NO_FCI: u8 = 0x0C;

/// The master file.
pub(crate) const MF: u16 = 0x3F00;
/// Directory of the LDS.
pub(crate) const LDS: u16 = 0x3F01;

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
    /// Even contactless before PACE.
    Free,
    Always,
    /// After PACE, or inside a channel of the user's role.
    Holder,
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
    /// Over T=1 the end of a file is told otherwise than over T=0.
    contactless: bool,
}

impl Files {
    /// A card with nothing but a master file.
    pub const fn new(contactless: bool) -> Self {
        Self { files: Vec::new(), directory: MF, elementary: None, contactless }
    }

    /// Adds a directory under the master file.
    pub fn directory(&mut self, fid: u16) {
        self.push(MF, fid, Kind::Dedicated, Read::Never, Vec::new(), 0);
    }

    /// Adds a transparent file.
    pub fn transparent(&mut self, parent: u16, fid: u16, read: Read, content: Vec<u8>) {
        let size = u16::try_from(content.len()).unwrap_or(u16::MAX);
        self.push(parent, fid, Kind::Transparent, read, content, size);
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
    pub fn select(&mut self, request: &Request, access: Access) -> Result<Answer, Status> {
        let wants_fci = match request.p2 {
            0x00 => true,
            // As inspection systems select; by contact nobody has seen it.
            NO_FCI if self.contactless => false,
            _ => return Err(Status::WRONG_P1P2),
        };
        let mut answer = match request.p1 {
            0x00..=0x02 => self.select_fid(&request.data, access),
            0x03 if request.data.is_empty() => self.select_parent(),
            0x03 => Err(Status::WRONG_LENGTH),
            0x04 if request.data == MF_NAME => {
                (self.directory, self.elementary) = (MF, None);
                Ok(Answer::data(self.directory_fci(MF)))
            }
            0x04 if request.data == LDS_AID => self.select_lds(access),
            0x04 => Err(Status::NOT_FOUND),
            _ => Err(Status::WRONG_P1P2),
        }?;
        if !wants_fci {
            answer.data.clear();
        }
        Ok(answer)
    }

    fn select_fid(&mut self, data: &[u8], access: Access) -> Result<Answer, Status> {
        let fid = match data {
            [] => return Err(Status::NOT_FOUND),
            [high, low] => u16::from_be_bytes([*high, *low]),
            _ => return Err(Status::WRONG_LENGTH),
        };
        let file = self.find(self.directory, fid).ok_or(Status::NOT_FOUND)?;
        if access == Access::Shut && file.read != Read::Free {
            return Err(Status::SECURITY_NOT_SATISFIED);
        }
        let fci = fci(file);
        match file.kind {
            Kind::Dedicated => (self.directory, self.elementary) = (fid, None),
            Kind::Transparent | Kind::Compressed | Kind::Key => self.elementary = Some(fid),
        }
        Ok(Answer::data(fci))
    }

    fn select_lds(&mut self, access: Access) -> Result<Answer, Status> {
        let fci = fci(self.find(MF, LDS).ok_or(Status::NOT_FOUND)?);
        if access == Access::Shut {
            return Err(Status::SECURITY_NOT_SATISFIED);
        }
        (self.directory, self.elementary) = (LDS, None);
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

    /// READ BINARY with a 15-bit offset; `pin_verified` counts inside a channel only.
    pub fn read(&self, request: &Request, access: Access, pin_verified: bool) -> Result<Answer, Status> {
        if request.p1 & 0x80 != 0 {
            return Err(Status::WRONG_P1P2);
        }
        if !request.data.is_empty() {
            return Err(Status::WRONG_LENGTH);
        }
        let fid = self.elementary.ok_or(Status::NO_CURRENT_FILE)?;
        let file = self.find(self.directory, fid).ok_or(Status::NO_CURRENT_FILE)?;
        let allowed = match file.read {
            Read::Free => true,
            Read::Always => access != Access::Shut,
            Read::Holder => access.reads_holder(),
            Read::WithPin => access.role().is_some() && pin_verified,
            Read::Never => false,
        };
        if !allowed {
            return Err(Status::SECURITY_NOT_SATISFIED);
        }
        let offset = usize::from(request.p1p2());
        let rest = file.content.get(offset..).filter(|rest| !rest.is_empty()).ok_or(Status::WRONG_OFFSET)?;
        let expected = request.le.unwrap_or(256);
        match rest.get(..usize::from(expected)) {
            Some(data) => Ok(Answer::data(data.to_vec())),
            // Over T=1 a Le of 256 means whatever there is.
            None if self.contactless => {
                let status = if expected == 256 { Status::OK } else { Status::END_OF_FILE };
                Ok(Answer { data: rest.to_vec(), status })
            }
            // Less than Le, hence less than 256.
            None => Err(Status::new(0x6C, u8::try_from(rest.len()).unwrap_or(0))),
        }
    }
}

/// `6F [85 type fid size acl]`, always proprietary.
fn fci(file: &File) -> Vec<u8> {
    let (kind, acl): (u8, [u8; 5]) = match file.kind {
        Kind::Dedicated => (0x38, [0x00, 0xFF, 0xFF, 0xFF, 0xFF]),
        Kind::Transparent if matches!(file.read, Read::Free | Read::Always) => {
            (0x01, [0x00, 0xFF, 0xFF, 0xFF, 0xFF])
        }
        // By a terminal that has proven itself.
        Kind::Transparent => (0x01, [0x40, 0xFF, 0xFF, 0xFF, 0xFF]),
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
    use crate::cvc::Role;

    fn files() -> Files {
        laid_out(false)
    }

    fn laid_out(contactless: bool) -> Files {
        let mut files = Files::new(contactless);
        files.transparent(MF, 0x0006, Read::Always, b"ABC123456".to_vec());
        files.transparent(MF, 0x011C, Read::Free, vec![0x31, 0]);
        files.directory(LDS);
        files.transparent(LDS, 0x0101, Read::Holder, vec![0x61, 0]);
        files.transparent(LDS, 0x0103, Read::Never, vec![0x63, 0]);
        files.directory(0x6061);
        files.compressed(0x6061, 0x7001, Read::WithPin, &[7; 900]).unwrap();
        files.transparent(0x6061, 0x7009, Read::Always, (0..=255).chain(0..=255).collect());
        files.key(MF, 0x0000, 16);
        files
    }

    fn request(ins: u8, p1: u8, p2: u8, data: &[u8], le: Option<u16>) -> Request {
        Request { cla: 0, ins, p1, p2, data: data.to_vec(), le }
    }

    fn select(files: &mut Files, p1: u8, data: &[u8]) -> Result<Vec<u8>, Status> {
        files.select(&request(0xA4, p1, 0, data, None), Access::Open).map(|answer| answer.data)
    }

    fn read(files: &Files, offset: u16, le: u16) -> Result<usize, Status> {
        let [p1, p2] = offset.to_be_bytes();
        files.read(&request(0xB0, p1, p2, &[], Some(le)), Access::Open, false).map(|answer| answer.data.len())
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
        let command = request(0xB0, 0, 0, &[], Some(8));
        let header = files.read(&command, Access::Channel(Role::User), true).unwrap().data;
        assert_eq!(header[..4], 900_u32.to_le_bytes());
        assert_eq!(files.read(&command, Access::Pace, true).err(), Some(Status::SECURITY_NOT_SATISFIED));
    }

    #[test]
    fn before_pace_only_what_leads_to_it_is_found() {
        let mut files = laid_out(true);
        let mut select =
            |data: &[u8], p1, access| files.select(&request(0xA4, p1, NO_FCI, data, None), access).err();
        assert_eq!(select(b"Master.File", 4, Access::Shut), None);
        assert_eq!(select(&[0, 6], 0, Access::Shut), Some(Status::SECURITY_NOT_SATISFIED));
        assert_eq!(select(LDS_AID, 4, Access::Shut), Some(Status::SECURITY_NOT_SATISFIED));
        assert_eq!(select(&[0x12, 0x34], 0, Access::Shut), Some(Status::NOT_FOUND));
        assert_eq!(select(&[1, 0x1C], 2, Access::Shut), None);
        assert_eq!(select(LDS_AID, 4, Access::Pace), None);
        assert_eq!(select(&[1, 1], 2, Access::Pace), None);
    }

    #[test]
    fn the_holder_s_files_want_pace_or_the_user_s_channel() {
        let mut files = laid_out(true);
        for (fid, readable) in [(1, true), (3, false)] {
            files.select(&request(0xA4, 4, 0, LDS_AID, None), Access::Pace).unwrap();
            files.select(&request(0xA4, 0, 0, &[1, fid], None), Access::Pace).unwrap();
            let read = |access| files.read(&request(0xB0, 0, 0, &[], Some(256)), access, false).is_ok();
            assert_eq!((read(Access::Pace), read(Access::Channel(Role::User))), (readable, readable));
            assert!(!read(Access::Open) && !read(Access::Shut) && !read(Access::Channel(Role::Pin)));
        }
    }

    #[test]
    fn contactless_the_end_of_a_file_comes_with_its_last_bytes() {
        let mut files = laid_out(true);
        files.select(&request(0xA4, 0, 0, &[0, 6], None), Access::Pace).unwrap();
        let read =
            |offset, le| files.read(&request(0xB0, 0, offset, &[], Some(le)), Access::Pace, false).unwrap();
        assert_eq!((read(6, 3).data.len(), read(6, 3).status), (3, Status::OK));
        assert_eq!((read(6, 9).data.len(), read(6, 9).status), (3, Status::END_OF_FILE));
        assert_eq!((read(0, 256).data.len(), read(0, 256).status), (9, Status::OK));
    }
}
