//! Reading attachments.

use signing::embedded_file;
use testkit::pdf::Sample;

use super::CAST;

#[test]
fn an_attachment_is_read_before_and_after_signing() {
    let pdf =
        Sample::plain().tagged().attach("manifest.json", b"{\"a\":1}").attach("/other.txt", b"x").build();
    for file in [CAST.sign(&pdf), pdf] {
        assert_eq!(embedded_file(&file, "manifest.json").unwrap().unwrap(), b"{\"a\":1}");
        assert_eq!(embedded_file(&file, "other.txt").unwrap().unwrap(), b"x");
        assert_eq!(embedded_file(&file, "absent").unwrap(), None);
    }
    assert_eq!(embedded_file(&Sample::plain().build(), "manifest.json").unwrap(), None);
}

#[test]
fn two_attachments_of_one_name_are_refused() {
    let pdf = Sample::plain().attach("manifest.json", b"{}").attach("/manifest.json", b"[]").build();
    assert_eq!(embedded_file(&pdf, "manifest.json").unwrap_err().code(), "pdf.unreadable");
}
