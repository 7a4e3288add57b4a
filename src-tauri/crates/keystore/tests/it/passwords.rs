//! Right and wrong passwords, of any letters.

use super::*;

#[test]
fn passwords_of_any_letters_open() {
    for text in ["ñ", "contraseña çedida €", "l·l à é ï", "😀 fora del pla bàsic", " espais ", "", "0"]
    {
        for options in [&[][..], &["-legacy"], &["-nomac"]] {
            signs(&format!("{text:?} {options:?}"), &by_openssl(text, options), text);
        }
    }
}

#[test]
fn the_longest_password_opens() {
    let text = "ñ".repeat(Password::MAX_CHARS);
    signs("longest", &by_openssl(&text, &[]), &text);
}

#[test]
fn a_wrong_password_is_told_as_one() {
    for options in [&[][..], &["-legacy"], &["-certpbe", "NONE", "-keypbe", "NONE"], &["-nomac"]] {
        let file = by_openssl("contrasenya", options);
        for wrong in ["", "Contrasenya", "contrasenya ", "contraseña"] {
            let error = Keystore::open(&file, &password(wrong)).unwrap_err();
            assert_eq!(error.code(), "keystore.wrong-password", "{options:?} {wrong:?}");
        }
    }
}

#[test]
fn a_changed_file_is_not_told_as_a_wrong_password() {
    for options in [&["-legacy"][..], &[]] {
        let file = by_openssl("contrasenya", options);
        let mut told = 0;
        // In every part of the file, the seal included.
        for at in (64..file.len()).step_by(41) {
            let mut changed = file.clone();
            changed[at] ^= 0x10;
            let error = Keystore::open(&changed, &password("contrasenya")).unwrap_err();
            assert_ne!(error.code(), "keystore.wrong-password", "byte {at}");
            told += 1;
        }
        assert!(told > 50);
    }
}

#[test]
fn a_file_that_is_cut_off_is_damaged() {
    let file = by_openssl("contrasenya", &[]);
    for len in [64, file.len() / 2, file.len() - 1] {
        let cut = &file[..len];
        assert_eq!(Keystore::peek(cut).unwrap_err().code(), "keystore.damaged", "{len}");
        assert_eq!(Keystore::open(cut, &password("contrasenya")).unwrap_err().code(), "keystore.damaged");
    }
}

#[test]
fn nothing_secret_is_printed() {
    let file = by_openssl("contrasenya", &[]);
    let keystore = Keystore::open(&file, &password("contrasenya")).unwrap();
    let printed = format!("{keystore:?} {:?}", keystore.identities());
    assert_eq!(keystore.identities()[0].name(), Some("AMPARO MARTÍ"));
    for secret in ["AMPARO", "contrasenya", "99999002Q"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
