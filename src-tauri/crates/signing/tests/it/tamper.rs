//! One fault each, by the numbers of the table of tamper cases; the forger holds the signer's key where it helps.

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911::{ID_AA_SIGNING_CERTIFICATE_V_2, ID_SIGNING_TIME};
use der::asn1::{Any, OctetString, SetOfVec, UtcTime};
use signing::{Error, Rule, inspect};
use testkit::pdf::Sample;
use testkit::pki::Authorities;
use x509_cert::attr::Attribute;

use super::forge::{certificate, container, find, gap, identifier, recontain, replace, resign};
use super::{CAST, now};

fn signed() -> Vec<u8> {
    CAST.sign(&Sample::plain().tagged().attach("manifest.json", b"{\"answer\":\"yes\"}").build())
}

fn rule(file: &[u8]) -> Rule {
    match inspect(file) {
        Err(Error::Structure(rule)) => rule,
        other => panic!("a broken rule, not {other:?}"),
    }
}

fn code(file: &[u8]) -> &'static str {
    inspect(file).unwrap_err().code()
}

#[test]
fn the_forger_can_make_a_whole_file_so_the_other_tests_mean_something() {
    let mut file = signed();
    let gap = gap(&file);
    resign(&mut file, gap, |_| {});
    assert!(inspect(&file).is_ok());
    recontain(&mut file, |_| {});
    assert!(inspect(&file).is_ok());
}

#[test]
fn sets_in_the_container_are_in_der_order() {
    use der::Encode as _;
    fn ordered<T: der::Encode>(items: &[T]) -> bool {
        items.is_sorted_by_key(|item| item.to_der().unwrap())
    }
    let data = container(&signed());
    let info = &data.signer_infos.0.as_slice()[0];
    assert!(ordered(info.signed_attrs.as_ref().unwrap().as_slice()));
    assert!(ordered(data.certificates.as_ref().unwrap().0.as_slice()));
    assert_eq!(info.signed_attrs.as_ref().unwrap().to_der().unwrap()[0], 0x31);
}

#[test]
fn content_and_attachment_and_value_are_covered() {
    // 1, 2, 3
    for (old, new) in
        [(&b"(Sol-licitud)"[..], &b"(Sol-licitut)"[..]), (b"\"yes\"", b"\"not\""), (b"(ca-ES)", b"(es-ES)")]
    {
        let mut file = signed();
        replace(&mut file, old, new);
        assert_eq!(code(&file), "signature.hash");
    }
    // 4
    let mut file = signed();
    recontain(&mut file, |data| {
        let mut info = data.signer_infos.0.as_slice()[0].clone();
        let mut value = info.signature.as_bytes().to_vec();
        value[100] ^= 1;
        info.signature = OctetString::new(value).unwrap();
        data.signer_infos.0 = SetOfVec::try_from(vec![info]).unwrap();
    });
    assert_eq!(code(&file), "signature.value");
}

#[test]
fn the_signing_certificate_is_bound() {
    // 5
    let mut file = signed();
    let place = gap(&file);
    resign(&mut file, place.clone(), |attributes| {
        let other = CAST.authorities.seal().certificate.sha256();
        let binding = attributes.iter_mut().find(|a| a.oid == ID_AA_SIGNING_CERTIFICATE_V_2).unwrap();
        let mut der = binding.values.as_slice()[0].value().to_vec();
        let at = der.len() - 32;
        der[at..].copy_from_slice(&other);
        binding.values = SetOfVec::try_from(vec![Any::new(der::Tag::Sequence, der).unwrap()]).unwrap();
    });
    assert_eq!(rule(&file), Rule::SigningCertificate);
    // 6
    let mut file = signed();
    resign(&mut file, place.clone(), |attributes| {
        attributes.retain(|a| a.oid != ID_AA_SIGNING_CERTIFICATE_V_2)
    });
    assert_eq!(rule(&file), Rule::SignedAttributes);
    // Another certificate is named as the signer's.
    let mut file = signed();
    let other = CAST.authorities.seal().certificate.clone();
    recontain(&mut file, |data| {
        let set = &mut data.certificates.as_mut().unwrap().0;
        set.insert(certificate(other.der())).unwrap();
        let mut info = data.signer_infos.0.as_slice()[0].clone();
        info.sid = identifier(other.der());
        data.signer_infos.0 = SetOfVec::try_from(vec![info]).unwrap();
    });
    assert_eq!(rule(&file), Rule::SigningCertificate);
}

#[test]
fn a_gap_wider_than_the_container_is_refused() {
    // 7: the forger leaves the entry before the container out of what he signs.
    let mut file = signed();
    let place = gap(&file);
    let wider = place.start - 1..place.end;
    let (old, new) = (
        format!(" {:>10} {:>10} ", place.start, place.end),
        format!(" {:>10} {:>10} ", wider.start, wider.end),
    );
    replace(&mut file, old.as_bytes(), new.as_bytes());
    resign(&mut file, wider, |_| {});
    assert_eq!(rule(&file), Rule::Gap);
}

#[test]
fn nothing_follows_the_signed_revision() {
    // 8, 9: a later revision, correct by itself, that replaces an object.
    let signed_file = signed();
    let start = find(&signed_file, b"startxref").unwrap();
    let previous: String =
        signed_file[start + 9..].iter().map(|b| *b as char).filter(char::is_ascii_digit).collect();
    let mut file = signed_file.clone();
    let object_at = file.len();
    file.extend(b"4 0 obj\n<< /Length 2 >>\nstream\nBT\nendstream\nendobj\n");
    let xref_at = file.len();
    file.extend(
        format!(
            "xref\n4 1\n{object_at:010} 00000 n \ntrailer\n<< /Size 99 /Prev {previous} /Root 1 0 R >>\nstartxref\n{xref_at}\n%%EOF\n"
        )
        .bytes(),
    );
    assert_eq!(rule(&file), Rule::LastRevision);
    // 10, 11
    for tail in [&b"garbage"[..], b"% a comment\n", b"\n", b" "] {
        let mut file = signed_file.clone();
        file.extend(tail);
        assert!(inspect(&file).is_err(), "{tail:?}");
    }
    // 24
    assert!(inspect(&signed_file[..signed_file.len() - 200]).is_err());
    assert!(inspect(&signed_file[..signed_file.len() - 1]).is_err());
}

#[test]
fn the_hole_holds_the_container_and_zeros() {
    // 12
    let mut file = signed();
    let place = gap(&file);
    file[place.start + 1..place.end - 1].fill(b'0');
    assert_eq!(rule(&file), Rule::Container);
    // 13
    let mut file = signed();
    file[place.end - 3..place.end - 1].copy_from_slice(b"42");
    assert_eq!(rule(&file), Rule::Padding);
    // White space and the other case are allowed in PDF and would go unseen.
    let mut file = signed();
    file[place.end - 2] = b' ';
    assert_eq!(rule(&file), Rule::Gap);
    let mut file = signed();
    let letter = place.start + file[place.clone()].iter().position(u8::is_ascii_lowercase).unwrap();
    file[letter] = file[letter].to_ascii_uppercase();
    assert_eq!(rule(&file), Rule::Gap);
}

#[test]
fn subfilter_and_range_are_what_they_should_be() {
    // 14
    let mut file = signed();
    let place = gap(&file);
    replace(&mut file, b"/ETSI.CAdES.detached", b"/adbe.pkcs7.detached");
    resign(&mut file, place.clone(), |_| {});
    assert_eq!(rule(&file), Rule::SubFilter);
    // 15
    let mut file = signed();
    let rest = file.len() - place.end;
    replace(&mut file, format!(" {rest:>10}]").as_bytes(), format!(" {:>10}]", rest - 5).as_bytes());
    assert_eq!(rule(&file), Rule::LastRevision);
    for (old, new) in [(place.start, place.end), (place.start, file.len() * 2)] {
        let mut file = signed();
        replace(&mut file, format!("[0 {old:>10} ").as_bytes(), format!("[0 {new:>10} ").as_bytes());
        assert_eq!(rule(&file), Rule::ByteRange);
    }
}

#[test]
fn attributes_are_exactly_the_expected_ones() {
    // 25
    let mut file = signed();
    let place = gap(&file);
    let time = UtcTime::from_unix_duration(std::time::Duration::from_secs(now().as_second().unsigned_abs()))
        .unwrap();
    let with = |oid: ObjectIdentifier, value: Any| {
        move |attributes: &mut Vec<Attribute>| {
            attributes.push(Attribute { oid, values: SetOfVec::try_from(vec![value]).unwrap() });
        }
    };
    resign(&mut file, place.clone(), with(ID_SIGNING_TIME, Any::encode_from(&time).unwrap()));
    assert_eq!(rule(&file), Rule::SignedAttributes);
    // One twice.
    let mut file = signed();
    resign(&mut file, place.clone(), |attributes| {
        attributes.retain(|a| a.oid != const_oid::db::rfc5911::ID_CONTENT_TYPE);
        let mut again = attributes[0].clone();
        again.values = SetOfVec::try_from(vec![Any::null()]).unwrap();
        attributes.push(again);
    });
    assert_eq!(rule(&file), Rule::SignedAttributes);
    // Unsigned ones are covered by nothing.
    let mut file = signed();
    recontain(&mut file, |data| {
        let mut info = data.signer_infos.0.as_slice()[0].clone();
        let attribute =
            Attribute { oid: ID_SIGNING_TIME, values: SetOfVec::try_from(vec![Any::null()]).unwrap() };
        info.unsigned_attrs = Some(SetOfVec::try_from(vec![attribute]).unwrap());
        data.signer_infos.0 = SetOfVec::try_from(vec![info]).unwrap();
    });
    assert_eq!(rule(&file), Rule::UnsignedAttributes);
}

#[test]
fn weaker_algorithms_are_refused() {
    let mut file = signed();
    recontain(&mut file, |data| {
        let mut info = data.signer_infos.0.as_slice()[0].clone();
        info.digest_alg.oid = ObjectIdentifier::new_unwrap("1.3.14.3.2.26");
        data.signer_infos.0 = SetOfVec::try_from(vec![info]).unwrap();
    });
    assert_eq!(rule(&file), Rule::Algorithm);
}

#[test]
fn intermediates_cannot_be_exchanged_added_or_dropped() {
    let stranger = Authorities::generate(now()).unwrap();
    let strange = certificate(stranger.citizen_sub().certificate.der());
    let leaf = certificate(CAST.certificate.der());
    let sub = certificate(CAST.authorities.citizen_sub().certificate.der());
    for set in
        [vec![leaf.clone()], vec![leaf.clone(), strange.clone()], vec![leaf.clone(), sub.clone(), strange]]
    {
        let mut file = signed();
        recontain(&mut file, |data| data.certificates.as_mut().unwrap().0 = SetOfVec::try_from(set).unwrap());
        assert_eq!(rule(&file), Rule::Certificates);
    }
    let mut file = signed();
    recontain(&mut file, |data| {
        data.certificates.as_mut().unwrap().0 = SetOfVec::try_from(vec![sub]).unwrap()
    });
    assert_eq!(rule(&file), Rule::SigningCertificate);
}
