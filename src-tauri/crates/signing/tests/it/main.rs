//! Signing and checking whole files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::sync::LazyLock;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use openssl::pkey::{PKey, Private};
use signing::{Attributes, Error, KeySigner, Signer, inspect, prepare};
use testkit::pdf::Sample;
use testkit::pki::{Authorities, Purpose};
use trust::{Certificate, Context, Holder, Policy};

mod attachments;
mod detached;
mod forge;
mod properties;
mod tamper;

static CAST: LazyLock<Cast> = LazyLock::new(Cast::new);

/// Who signs in these tests.
struct Cast {
    authorities: Authorities,
    certificate: Certificate,
    key: PKey<Private>,
}

impl Cast {
    fn new() -> Self {
        let authorities = Authorities::generate(now()).unwrap();
        let holder = Holder {
            nif: "99999002Q".into(),
            given_name: "AMPARO".into(),
            surname1: "MARTÍ".into(),
            surname2: Some("SOLER".into()),
        };
        let since = "2025-01-01T00:00:00Z".parse().unwrap();
        let until = "2029-01-01T00:00:00Z".parse().unwrap();
        let (certificate, key) = authorities.citizen(&holder, Purpose::Signature, since, until).unwrap();
        Self { authorities, certificate, key }
    }

    fn chain(&self) -> [Certificate; 2] {
        // The root is given too, to see that it is left out.
        [self.authorities.citizen_sub().certificate.clone(), self.authorities.citizen_root().clone()]
    }

    fn signer(&self) -> KeySigner {
        KeySigner::new(self.certificate.clone(), self.key.clone()).unwrap()
    }

    fn sign(&self, pdf: &[u8]) -> Vec<u8> {
        let unsigned = prepare(pdf, &self.certificate, &self.chain(), &attributes()).unwrap();
        unsigned.seal_with(&mut self.signer()).unwrap()
    }
}

fn now() -> Timestamp {
    "2026-03-12T09:00:00Z".parse().unwrap()
}

fn attributes() -> Attributes<'static> {
    Attributes {
        claimed_at: claimed_at(),
        field_name: "Signatura1",
        signer_name: Some("AMPARO MARTÍ SOLER"),
        reason: Some("Sol·licitud d'empadronament"),
    }
}

fn claimed_at() -> ZonedDateTime {
    now().to_zoned_datetime(TimeZone::get("Europe/Madrid").unwrap())
}

fn samples() -> [(&'static str, Vec<u8>); 4] {
    [
        ("plain", Sample::plain().build()),
        ("tagged", Sample::plain().tagged().build()),
        ("xref stream", Sample::plain().with_xref_stream().build()),
        ("tagged, xref stream, attachment", {
            Sample::plain().tagged().with_xref_stream().attach("manifest.json", b"{}").build()
        }),
    ]
}

#[test]
fn a_signed_file_is_whole_and_names_its_signer() {
    for (name, pdf) in samples() {
        let signed = CAST.sign(&pdf);
        assert!(signed.starts_with(&pdf), "{name}: the old bytes are a prefix");
        assert!(signed.ends_with(b"%%EOF\n"), "{name}");
        let inspected = inspect(&signed).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(inspected.signer, CAST.certificate);
        assert_eq!(inspected.certificates.len(), 2, "{name}: leaf and intermediate, no root");
        assert_eq!(inspected.claimed_at, Some(now()));
        assert_eq!(inspected.document_sha256, openssl::sha::sha256(&signed));

        let anchors = CAST.authorities.anchors_citizen();
        let ctx = Context { anchors: &anchors, intermediates: &inspected.certificates };
        let verified = trust::verify(&inspected.signer, &ctx, now(), Policy::DnieSignature).unwrap();
        assert_eq!(verified.holder().unwrap().nif, "99999002Q");
    }
}

#[test]
fn a_tagged_file_stays_tagged() {
    let signed = CAST.sign(&Sample::plain().tagged().build());
    let document = lopdf::Document::load_mem(&signed).unwrap();
    let forms: Vec<_> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|element| {
            element.get(b"S").and_then(lopdf::Object::as_name).is_ok_and(|kind| kind == b"Form")
        })
        .collect();
    let [form] = forms.as_slice() else { panic!("one Form element") };
    let parent = document.get_dictionary(form.get(b"P").unwrap().as_reference().unwrap()).unwrap();
    assert_eq!(parent.get(b"S").unwrap().as_name().unwrap(), b"Document");
    assert_eq!(parent.get(b"K").unwrap().as_array().unwrap().len(), 2);
    let link = form.get(b"K").unwrap().as_dict().unwrap();
    let widget = document.get_dictionary(link.get(b"Obj").unwrap().as_reference().unwrap()).unwrap();
    let key = widget.get(b"StructParent").unwrap().as_i64().unwrap();
    let root = document.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
    let root = document.get_dictionary(root).unwrap();
    assert_eq!(root.get(b"ParentTreeNextKey").unwrap().as_i64().unwrap(), key + 1);
    let tree = document.get_dictionary(root.get(b"ParentTree").unwrap().as_reference().unwrap()).unwrap();
    let numbers = tree.get(b"Nums").unwrap().as_array().unwrap();
    assert_eq!(numbers.len(), 4);
    assert_eq!(numbers[2].as_i64().unwrap(), key);
    let page = document.get_dictionary(document.page_iter().next().unwrap()).unwrap();
    assert_eq!(page.get(b"Tabs").unwrap().as_name().unwrap(), b"S");
}

#[test]
fn preparing_is_reproducible_and_the_value_does_not_change_the_content() {
    let pdf = Sample::plain().build();
    let prepare = || prepare(&pdf, &CAST.certificate, &CAST.chain(), &attributes()).unwrap();
    assert_eq!(prepare().digest(), prepare().digest());
    let signed = prepare().seal_with(&mut CAST.signer()).unwrap();
    assert_eq!(signed, CAST.sign(&pdf));
}

#[test]
fn a_false_value_is_not_written() {
    let pdf = Sample::plain().build();
    let unsigned = || prepare(&pdf, &CAST.certificate, &CAST.chain(), &attributes()).unwrap();
    let mut value = CAST.signer().sign(unsigned().digest()).unwrap();
    value[17] ^= 1;
    assert_eq!(unsigned().seal(&value).unwrap_err().code(), "signature.value");
    assert_eq!(unsigned().seal(&[]).unwrap_err().code(), "signature.value");
    let seal = CAST.authorities.seal();
    let mut other = KeySigner::new(seal.certificate.clone(), seal.key.clone()).unwrap();
    assert_eq!(unsigned().seal_with(&mut other).unwrap_err().code(), "signature.signer");
}

#[test]
fn a_key_signer_wants_a_matching_pair() {
    let seal = CAST.authorities.seal();
    assert!(KeySigner::new(seal.certificate.clone(), CAST.key.clone()).is_err());
    let signer = KeySigner::from_pem(&seal.certificate_pem().unwrap(), &seal.key_pem().unwrap()).unwrap();
    assert_eq!(signer.certificate(), &seal.certificate);
}

#[test]
fn the_towns_seal_signs_as_well() {
    let mut signer = CAST.authorities.seal_signer().unwrap();
    let seal = CAST.authorities.seal();
    let unsigned = prepare(&Sample::plain().build(), signer.certificate(), &[], &attributes()).unwrap();
    let inspected = inspect(&unsigned.seal_with(&mut signer).unwrap()).unwrap();
    assert_eq!(inspected.signer, seal.certificate);
}

#[test]
fn a_signed_file_is_not_signed_again_and_an_unsigned_one_is_told() {
    let pdf = Sample::plain().build();
    assert_eq!(inspect(&pdf).unwrap_err().code(), "signature.none");
    let signed = CAST.sign(&pdf);
    let again = prepare(&signed, &CAST.certificate, &CAST.chain(), &attributes()).err().unwrap();
    assert_eq!(again.code(), "signature.present");
}

#[test]
fn files_that_cannot_be_signed_are_told_apart() {
    let refused =
        |pdf: &[u8]| prepare(pdf, &CAST.certificate, &CAST.chain(), &attributes()).err().unwrap().code();
    assert_eq!(refused(b""), "pdf.unreadable");
    assert_eq!(refused(b"%PDF-1.7\n%%EOF\n"), "pdf.unreadable");
    assert_eq!(refused(&Sample::plain().with_trailer("/XRefStm 9").build()), "pdf.unsupported");
    let mut trailing = Sample::plain().build();
    trailing.extend(b"% more\n");
    assert_eq!(refused(&trailing), "pdf.unreadable");
    let mut junk = b"junk".to_vec();
    junk.extend(Sample::plain().build());
    assert_eq!(refused(&junk), "pdf.unreadable");
    assert_eq!(refused(&vec![b' '; signing::MAX_PDF + 1]), "pdf.large");
}

#[test]
fn arguments_that_a_file_cannot_hold_are_refused() {
    let pdf = Sample::plain().build();
    let long = "x".repeat(300);
    for bad in ["", "a.b", "a\nb", &long] {
        let attributes = Attributes { field_name: bad, ..attributes() };
        let error = prepare(&pdf, &CAST.certificate, &[], &attributes).err().unwrap();
        assert!(matches!(error, Error::Argument { .. }), "{error}");
    }
}

#[test]
fn too_many_certificates_leave_no_room_for_a_timestamp() {
    let others: Vec<_> = (0..5).map(|_| CAST.authorities.clone()).collect();
    let fresh = Authorities::generate(now()).unwrap();
    let mut chain: Vec<_> = others.iter().map(|a| a.kiosk().certificate.clone()).collect();
    chain.extend([
        fresh.registry().certificate.clone(),
        fresh.kiosk().certificate.clone(),
        fresh.seal().certificate.clone(),
        fresh.citizen_sub().certificate.clone(),
    ]);
    let error = prepare(&Sample::plain().build(), &CAST.certificate, &chain, &attributes()).err().unwrap();
    assert_eq!(error.code(), "signature.room");
}
