//! Small PDF files written by hand, so that tests of signing need no renderer.

use std::io::Write as _;

/// A file of one page. Not PDF/A: its font is not embedded.
#[derive(Debug, Clone, Default)]
pub struct Sample {
    tagged: bool,
    xref_stream: bool,
    trailer: String,
    attachments: Vec<(String, Vec<u8>)>,
}

impl Sample {
    /// Untagged, with a cross-reference table, without attachments.
    #[must_use]
    pub fn plain() -> Self {
        Self::default()
    }

    /// With a structure tree: a document of one paragraph.
    #[must_use]
    pub fn tagged(mut self) -> Self {
        self.tagged = true;
        self
    }

    /// With a cross-reference stream in place of the table.
    #[must_use]
    pub fn with_xref_stream(mut self) -> Self {
        self.xref_stream = true;
        self
    }

    /// With an embedded file.
    #[must_use]
    pub fn attach(mut self, name: &str, content: &[u8]) -> Self {
        self.attachments.push((name.to_owned(), content.to_vec()));
        self
    }

    /// With more entries in the trailer, as PDF syntax.
    #[must_use]
    pub fn with_trailer(mut self, entries: &str) -> Self {
        entries.clone_into(&mut self.trailer);
        self
    }

    /// The bytes.
    #[must_use]
    pub fn build(&self) -> Vec<u8> {
        let text = b"/P << /MCID 0 >> BDC BT /F1 12 Tf 72 700 Td (Sol-licitud) Tj ET EMC";
        let mut objects = vec![
            self.catalog(),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
            self.page(),
            stream("", text),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
            b"<< /Type /StructTreeRoot /K [7 0 R] /ParentTree << /Nums [0 [8 0 R]] >> /ParentTreeNextKey 1 >>".to_vec(),
            b"<< /Type /StructElem /S /Document /P 6 0 R /K [8 0 R] >>".to_vec(),
            b"<< /Type /StructElem /S /P /P 7 0 R /Pg 3 0 R /K 0 >>".to_vec(),
        ];
        for (index, (name, content)) in self.attachments.iter().enumerate() {
            let file = FIRST_ATTACHMENT + 2 * index + 1;
            objects.push(
                format!(
                    "<< /Type /Filespec /F ({name}) /UF ({name}) /EF << /F {file} 0 R /UF {file} 0 R >> >>"
                )
                .into(),
            );
            objects.push(stream("/Type /EmbeddedFile /Subtype /application#2fjson", content));
        }
        self.assemble(&objects)
    }

    fn catalog(&self) -> Vec<u8> {
        let mut catalog = b"<< /Type /Catalog /Pages 2 0 R /Lang (ca-ES)".to_vec();
        if self.tagged {
            catalog.extend(b" /MarkInfo << /Marked true >> /StructTreeRoot 6 0 R");
        }
        if !self.attachments.is_empty() {
            catalog.extend(b" /Names << /EmbeddedFiles << /Names [");
            for (index, (name, _)) in self.attachments.iter().enumerate() {
                catalog.extend(format!("({name}) {} 0 R ", FIRST_ATTACHMENT + 2 * index).bytes());
            }
            catalog.extend(b"] >> >>");
        }
        catalog.extend(b" >>");
        catalog
    }

    fn page(&self) -> Vec<u8> {
        let structure = if self.tagged { " /StructParents 0" } else { "" };
        let resources = "/Resources << /Font << /F1 5 0 R >> >>";
        let size = "/MediaBox [0 0 595.276 841.89]";
        format!("<< /Type /Page /Parent 2 0 R {size} {resources} /Contents 4 0 R{structure} >>").into_bytes()
    }

    fn assemble(&self, objects: &[Vec<u8>]) -> Vec<u8> {
        let mut file = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
        let mut offsets = Vec::new();
        for (body, number) in objects.iter().zip(1..) {
            offsets.push(file.len());
            object(&mut file, number, body);
        }
        let at = file.len();
        let id = "<000102030405060708090a0b0c0d0e0f>";
        let common = format!("/Root 1 0 R /ID [{id} {id}] {}", self.trailer);
        if self.xref_stream {
            offsets.push(at);
            let mut entries = vec![0, 0, 0, 0, 0, 0xff, 0xff];
            for offset in &offsets {
                entries.push(1);
                entries.extend(u32::try_from(*offset).unwrap_or(u32::MAX).to_be_bytes());
                entries.extend([0, 0]);
            }
            let size = offsets.len() + 1;
            let body = stream(&format!("/Type /XRef /W [1 4 2] /Size {size} {common}"), &entries);
            object(&mut file, offsets.len(), &body);
        } else {
            let size = offsets.len() + 1;
            file.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").bytes());
            for offset in &offsets {
                file.extend(format!("{offset:010} 00000 n \n").bytes());
            }
            file.extend(format!("trailer\n<< /Size {size} {common} >>\n").bytes());
        }
        file.extend(format!("startxref\n{at}\n%%EOF\n").bytes());
        file
    }
}

const FIRST_ATTACHMENT: usize = 9;

fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    let mut body = format!("<< {entries} /Length {} >>\nstream\n", content.len()).into_bytes();
    body.extend_from_slice(content);
    body.extend_from_slice(b"\nendstream");
    body
}

fn object(file: &mut Vec<u8>, number: usize, body: &[u8]) {
    // Writing into a vector cannot fail.
    let _ = writeln!(file, "{number} 0 obj");
    file.extend_from_slice(body);
    file.extend_from_slice(b"\nendobj\n");
}
