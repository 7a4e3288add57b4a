//! The published values of the DNIe's CWA 14890 layer.
//!
//! Source: the constants compiled into OpenSC's `cwa-dnie.c`, which equal those of the public administration's
//! own `jmulticard` byte for byte. Nothing in here is secret: the terminal keys are printed in both programs, which
//! is why the channel proves the card to the terminal, and never the terminal to the card.
//!
//! The tests of this module open every card verifiable certificate with its issuer's key and compare what it holds
//! with what is listed, so a mistyped digit cannot survive.

/// The DF name of the master file, the only way to select it.
pub(crate) const MASTER_FILE: &[u8; 11] = b"Master.File";

/// Public exponent of every terminal and root key of this layer.
pub(crate) const PUBLIC_EXPONENT: [u8; 3] = [1, 0, 1];

/// Bytes of an RSA-1024 modulus, the only size in this layer.
pub(crate) const RSA_BYTES: usize = 128;

/// Key reference of the root key inside the card (MSE `81 B6`, tag 83).
pub(crate) const ROOT_KEY_REFERENCE: [u8; 2] = [0x02, 0x0F];

/// Key reference of the card's component private key (MSE `C1 A4`, tag 84).
pub(crate) const CARD_KEY_REFERENCE: [u8; 2] = [0x02, 0x1F];

/// DER prefix of a SHA-1 DigestInfo (RFC 8017, 9.2 note 1).
pub(crate) const DIGEST_INFO_SHA1: [u8; 15] = hex::<15>("3021300906052B0E03021A05000414");

/// DER prefix of a SHA-256 DigestInfo (RFC 8017, 9.2 note 1).
pub(crate) const DIGEST_INFO_SHA256: [u8; 19] = hex::<19>("3031300D060960864801650304020105000420");

/// The keys and certificates by which a terminal introduces itself to one generation of cards.
pub(crate) struct KeySet {
    /// Modulus of the component root: signs file 6020 and the terminal sub-CA's certificate.
    pub(crate) root_modulus: [u8; RSA_BYTES],
    /// Card verifiable certificate of the terminal sub-CA, whole `7F21` object.
    pub(crate) sub_ca: [u8; 210],
    /// Its key reference inside the card once verified.
    pub(crate) sub_ca_reference: [u8; 8],
    /// The terminal for the user channel: files and signatures.
    pub(crate) user: Terminal,
    /// The terminal for the PIN channel (3.0 and later).
    pub(crate) pin: Terminal,
}

/// One terminal identity.
pub(crate) struct Terminal {
    /// Card verifiable certificate, whole `7F21` object.
    pub(crate) certificate: [u8; 209],
    /// RSA modulus.
    pub(crate) modulus: [u8; RSA_BYTES],
    /// RSA private exponent, published.
    pub(crate) private_exponent: [u8; RSA_BYTES],
    /// SN.IFD.
    pub(crate) serial: [u8; 8],
    /// Key reference for MSE `C1 A4`, tag 83.
    pub(crate) reference: [u8; 12],
}

/// First generation: every 1.x and 2.0, and 3.0 with a support number below BMP100001.
pub(crate) static R1: KeySet = KeySet {
    root_modulus: hex::<128>(
        "EADEDA455332945039DAA404C8EBC4D3B7F5DC869283CDEA2F101E2AB54FB0D0B03D8F030DAF2458\
        028288F54CE552F8FA57AB2FB103B112427E11131D1D27E10A5B500EAAE5D940301E30EB26C3E906\
        6B257156ED639D70CCC090B863AFBB3BFED8C17BE7673034B9823E977ED657252927F9575B9FFF66\
        91DB64F80B5E92CD",
    ),
    sub_ca: hex::<210>(
        "7F2181CE5F3781803CBADC3684BEF32041AD155089258DFD20C69115D72F9C38AA99AD6C1AEDFAB2\
        BFAC9092FC70CCC00CAF482A4BE31AFDBD3CBC8C8382CF06BC0719BAABB56B6EC80760A4A93FA2D7\
        C347F34427F9FF5C8DE6D65DAC95F2F19DAC0053DF11A507FB625EEB8DA4C0299E4A2112AB704758\
        8B8D6DA7592214F2DBA140C7D122579B5F383D2253C8B9CB5BC3543A55660BDA80946AFB0525E8E5\
        586B4E63E89241497836D8D3AB088CD44C214D6AC856E2A007F44F83743337371ADD8E0300010001\
        42086573524449600006",
    ),
    sub_ca_reference: hex::<8>("6573534449600006"),
    user: Terminal {
        certificate: hex::<209>(
            "7F2181CD5F378180825B69C6451E5F517074385F2F17D64DFE2E68567567094B57F3C578E830E425\
            572DE828FAF4DE1B01C394E345C2FB0629A393492F94F570B00B1D677729F755D107022BB0A116E1\
            D7D7659DB5C4AC0DDEAB07FF045F37B5DAF1732B54EAB238A2CE17C9794187759CEA9F92A17805A2\
            7C1015EC56CC7E471A488E6F1B91F7AA5F383CADFC12E856B202346AF8226B1A882137DC3C5A57F0\
            D2815C1FCD4BB46FA9157FDFFD79EC3A10A824CCC1EB3CE0B6B4396AE236590016BA690001000142\
            086573534449600006",
        ),
        modulus: hex::<128>(
            "DB2CB41E112BACFA2BD7C3D3D7967E84FB9434FC261F9D090A8983947DAF8488D3DF8FBDCC1F9249\
            3585E134A1B42DE519F463244D7ED384E26D516CC7A4FF7895B1992140043AACADFC12E856B20234\
            6AF8226B1A882137DC3C5A57F0D2815C1FCD4BB46FA9157FDFFD79EC3A10A824CCC1EB3CE0B6B439\
            6AE236590016BA69",
        ),
        private_exponent: hex::<128>(
            "18B44A3D155C61EBF4E3261C8BB157E36F63FE30E9AF28892B59E2ADEB18CC8C8BAD284B9165819C\
            A4DEC94AA06B69BCE81706D1C1B668EB128695E5F7FEDE18A908A3011A646A481D3EA71D8A387D47\
            4609BD57A882B182E047DE80E04B4221416BD39DFA1FAC0300641962ADB109E28CAF50061B68C9CA\
            BD9B00313C0F46ED",
        ),
        serial: hex::<8>("2000000000000001"),
        reference: hex::<12>("000000002000000000000001"),
    },
    pin: Terminal {
        certificate: hex::<209>(
            "7F2181CD5F37818069C4E494F008E24214B1C131B61FCE9C15FA3CB061DD6F02D8A2CD30D72FB6DF\
            899AF15B717821BFB1AF7D7585016D8C36AF4AC2A0B0C52AD65B69256731C34D59020E87AB73A230\
            FA69EE82B33A31DF040CE90F0AFC3A111D35DA9566A8CDABEA0E3F7594C440D374507A94355759B3\
            9EC5E5FCB8038D793D5F9BA8B5B10B705F383C4C8691C7BE2FD8C123660E9865E14F19DFFBB7FF38\
            08C9F204E797D06DD8333AC58386EE4EB61E20ECA7EF38D5B05EB115966A5A89AD58A50001000142\
            086573534449600006",
        ),
        modulus: hex::<128>(
            "F427978DA159BA0279308A6C6A89505ADA5A67C3DA2679EAF4A1B0119EDD4DF46E78042471A9D130\
            1D3FB28F38C57D0889F731DB8EDDBC1367C134E1E947786B8EC8E4B9CA6AA7C24C8691C7BE2FD8C1\
            23660E9865E14F19DFFBB7FF3808C9F204E797D06DD8333AC58386EE4EB61E20ECA7EF38D5B05EB1\
            15966A5A89AD58A5",
        ),
        private_exponent: hex::<128>(
            "D27A03237C722E718D69F41AEC68BD95E4E0C4CD49159C4A99637DB662FEA30251ED329CFC4389EB\
            717B850204CDF330D646FC7B2B1929D68CBE39497B623A82C7641AC34879573DEA0DABC7CA309AE4\
            B3EDDAFAEE55D542F780230351E75E7F32DC652EF1ED47A51C18D9DF9FF48D878DB622EA6E9370E9\
            C63B358B7C115AA1",
        ),
        serial: hex::<8>("4000000000000001"),
        reference: hex::<12>("000000004000000000000001"),
    },
};

/// Second generation: support numbers from BMP100001 on, and every 4.0.
pub(crate) static R2: KeySet = KeySet {
    root_modulus: hex::<128>(
        "B972345E35BCDD12DC2C8E85F62297979F122BB7C9C3ED13A0C4EB5934E70CD6D00C540618386E42\
        F2BA0089C0DD800EBA783BDC9D93D9FBFC3C169F9AF64E80100FC687CCA562E7FC84D11292C2404C\
        59B8A860D39E2D66547DC7B2D48CA789814F43062634E3E0C0D6BF5F54BA1D9C466445831DCDEAB0\
        8708F3F6220E0775",
    ),
    sub_ca: hex::<210>(
        "7F2181CE5F3781807AA06C965E8FB21961CFD449D09B9DAF03047301156970B773F19C40F127D338\
        E3C135EB2120566DC6F9F745FFB8F8E2B61EE8166FFD06D28CB48C152A1FA4F7E9F609D75276331C\
        B700B84E36AC8A0A7774468C3CF3D147A49C976E17AB02DA03EA4AC151777EDFBC35C27D56FBA685\
        756ED652851DFDE701BF874992DD4DE85F383D33E3D52A4B0940E390CD1A641FEA2E9CDD79D3872D\
        D6C508D5EF239CB07EB55568CE188B6513ACB88414C9ADF7A64E2CC0B314D12754AEEE6700010001\
        42086573524449620018",
    ),
    sub_ca_reference: hex::<8>("6573534449620018"),
    user: Terminal {
        certificate: hex::<209>(
            "7F2181CD5F3781805DA94B6B4EB861ECA636D2673974711F55630F5B89038C57D0BBBBC1D2C68CC3\
            EB56D5303800F5A9F5E2967FDF28917BAFC88763B8EC2C0EBE7ACB0BA4AFBFE66DB2A1EDA13E4564\
            F78E65586E510176F11C4C99364AAF1897D11BF98E9D1D0A12D06AAB75764AA8DC858DF0F003EB8B\
            4B3B56F5F95FA637537519E4C65510F75F383C602DD4BA04DBC9858845E6A9C4055BC5BFA0EDDB86\
            6789F0EC6A80FCE53C6608DFDC9B9FE2ED56752CC605513BA3F1759CDD9522753F18D70001000142\
            086573534449620018",
        ),
        modulus: hex::<128>(
            "BDEFDB84ECE698B8287F7FE6296D8072983A1B3D3B9F57AD984FBA78581FFF52E93D896BF56225E9\
            F82E9695140069982E5B5BCE37AD73164502D8ACBD605F69124A3CF5AFE4B018602DD4BA04DBC985\
            8845E6A9C4055BC5BFA0EDDB866789F0EC6A80FCE53C6608DFDC9B9FE2ED56752CC605513BA3F175\
            9CDD9522753F18D7",
        ),
        private_exponent: hex::<128>(
            "A0515593D4362B8FBDB728A8882D422EF7A88C175A3CFBCFADF115EEC04B79C26CD6A128BBBD354D\
            504B5A94C886349ADBFE06F67FEE6A66D0A73F66468E92D873B68EE2CB47B1A15A2AA7D8C6CE8F3F\
            14930D56B6327F56CB215469A57A1EE0188FD6D26D83A380A6ABD3A89F1B63C499819046536935AD\
            B2DB3C17CCBDAA51",
        ),
        serial: hex::<8>("D002E00000000002"),
        reference: hex::<12>("00000000D002E00000000002"),
    },
    pin: Terminal {
        certificate: hex::<209>(
            "7F2181CD5F3781800A3DB4D15798F234F631FD94C91D2A6363D0E18E1B56DABDE622BC201FD7C7FF\
            59FF66DA6E434FE2F7F46E42E4A606EA8239AC1AC30C7DADE22965DF606D115E04C8EFFC772B8F5D\
            48773E34955F33F464ED85CC0EB1BC572AFABA4725FBF5BDCF1D8C38C9FE9CD8536F340BCE141DF5\
            187FA2E2372D73BC7F8948350CBADEF25F383C0DCC888D4796543F03254F4E2CDF98B1E12611E398\
            1F5333DF98C886019375840FAC61DB8F1BA3B543DCEA3D059E6A414F6DD29FC7C99D8B0001000142\
            086573534449620018",
        ),
        modulus: hex::<128>(
            "DF03930D4F1D9715EBB00FBDAE48AF9C9DBFD699CAB0BDBE5CDB0134000E462E713AE97A2F7E20AF\
            BF84D3CE734FE215757AAFA1E89E6457EAE2E808110373E256563494FB5D104F0DCC888D4796543F\
            03254F4E2CDF98B1E12611E3981F5333DF98C886019375840FAC61DB8F1BA3B543DCEA3D059E6A41\
            4F6DD29FC7C99D8B",
        ),
        private_exponent: hex::<128>(
            "866F0F2C0CAF17AE7D1EEABE3ADB521124FEC98C77A4C71C83B8F926B189E94081BD3395161FFFF0\
            31910E64FB1A027D510E1DE589E64132C642F60036D14FFED5D0CE1F45E7116F13C4E6388E25DD43\
            835778058573DC29AD6A3732716D081124B7525140B1DDABE251A4980CC5C03A86A82D174FB7A81D\
            248D7CAA2B3D61D1",
        ),
        serial: hex::<8>("D002E00000000004"),
        reference: hex::<12>("00000000D002E00000000004"),
    },
};

/// Reads hexadecimal digits while compiling; a wrong length or digit is a build error.
const fn hex<const N: usize>(text: &str) -> [u8; N] {
    const fn digit(character: u8) -> u8 {
        match character {
            b'0'..=b'9' => character - b'0',
            b'A'..=b'F' => character - b'A' + 10,
            _ => panic!("not an upper-case hexadecimal digit"),
        }
    }
    let digits = text.as_bytes();
    assert!(digits.len() == 2 * N, "the text does not have the length of the value");
    let mut bytes = [0; N];
    let mut position = 0;
    while position < N {
        bytes[position] = digit(digits[2 * position]) << 4 | digit(digits[2 * position + 1]);
        position += 1;
    }
    bytes
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use openssl::sha::sha1;

    use super::*;
    use crate::rsa;

    /// Opens a `7F21` object with its issuer's key and returns CPI .. exponent (fact sheet, 3.2).
    fn open(certificate: &[u8], issuer: &[u8]) -> Vec<u8> {
        let outer = apdu::tlv::read(certificate).unwrap().0;
        assert_eq!(outer.tag, 0x7F21);
        let signature = apdu::tlv::find(outer.value, 0x5F37).unwrap().unwrap().value;
        let rest = apdu::tlv::find(outer.value, 0x5F38).unwrap().unwrap().value;
        let plain = rsa::public(signature, &PUBLIC_EXPONENT, issuer).unwrap();
        assert_eq!((plain[0], plain[127]), (0x6A, 0xBC));
        let message = [&plain[1..107], rest].concat();
        assert_eq!(sha1(&message), plain[107..127]);
        message
    }

    #[test]
    fn every_terminal_certificate_opens_and_holds_the_listed_key() {
        for set in [&R1, &R2] {
            let sub_ca = open(&set.sub_ca, &set.root_modulus);
            assert_eq!(sub_ca[0], 0x03);
            assert_eq!(sub_ca[9..21][4..], set.sub_ca_reference);
            let sub_ca_modulus = &sub_ca[35..163];
            for (terminal, role) in [(&set.user, 0x02), (&set.pin, 0x08)] {
                let message = open(&terminal.certificate, sub_ca_modulus);
                assert_eq!(message[0], 0x04);
                assert_eq!(message[1..9], set.sub_ca_reference);
                assert_eq!(message[9..21], terminal.reference);
                assert_eq!(message[27], role);
                assert_eq!(message[34..162], terminal.modulus);
                assert_eq!(terminal.reference[4..], terminal.serial);
            }
        }
    }

    #[test]
    fn every_terminal_private_key_fits_its_public_key() {
        let mut message = [7_u8; RSA_BYTES];
        message[0] = 0;
        for terminal in [&R1.user, &R1.pin, &R2.user, &R2.pin] {
            let opened = rsa::private(&message, &terminal.private_exponent, &terminal.modulus).unwrap();
            let closed = rsa::public(&opened, &PUBLIC_EXPONENT, &terminal.modulus).unwrap();
            assert_eq!(closed[..], message);
        }
    }
}
