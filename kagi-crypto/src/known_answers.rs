//! C5: published test vectors, driven through the functions that seal and open here.

use crate::{
    Cell,
    cipher::{aead_key, open_cell},
    key::{Derived, hkdf_sha256},
};

fn hex<const N: usize>(digits: &str) -> [u8; N] {
    bytes(digits).try_into().unwrap()
}

fn bytes(digits: &str) -> Vec<u8> {
    (0..digits.len() / 2).map(|i| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).unwrap()).collect()
}

/// RFC 5869, appendix A.1 to A.3, cut to the 32 bytes that are asked for here.
#[test]
fn hkdf_gives_what_rfc_5869_says() {
    let range = |from: u8, to: u8| (from..=to).collect::<Vec<u8>>();
    let cases = [
        (
            vec![0x0b; 22],
            range(0x00, 0x0c),
            range(0xf0, 0xf9),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf",
        ),
        (
            range(0x00, 0x4f),
            range(0x60, 0xaf),
            range(0xb0, 0xff),
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c",
        ),
        (vec![0x0b; 22], vec![], vec![], "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"),
    ];
    for (secret, salt, info, expected) in cases {
        assert_eq!(hkdf_sha256(&salt, &secret, &info).unwrap().expose(), bytes(expected));
    }
}

struct Answer {
    key: &'static str,
    iv: &'static str,
    aad: &'static str,
    plaintext: &'static str,
    ciphertext: &'static str,
    tag: &'static str,
}

const ZERO: &str = "0000000000000000000000000000000000000000000000000000000000000000";
const FEFF: &str = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
const PLAIN: &str = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525\
                     b16aedf5aa0de657ba637b391aafd255";
const CRYPT: &str = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838\
                     c5f61e6393ba7a0abcc9f662898015ad";

/// The test vectors of the paper that proposed GCM, test cases 13 to 16.
fn answers() -> [Answer; 4] {
    let iv = "000000000000000000000000";
    [
        Answer {
            key: ZERO,
            iv,
            aad: "",
            plaintext: "",
            ciphertext: "",
            tag: "530f8afbc74536b9a963b4f1c4cb738b",
        },
        Answer {
            key: ZERO,
            iv,
            aad: "",
            plaintext: &ZERO[..32],
            ciphertext: "cea7403d4d606b6e074ec5d3baf39d18",
            tag: "d0d1c8a799996bf0265b98b5d48ab919",
        },
        Answer {
            key: FEFF,
            iv: "cafebabefacedbaddecaf888",
            aad: "",
            plaintext: PLAIN,
            ciphertext: CRYPT,
            tag: "b094dac5d93471bdec1a502270e3cc6c",
        },
        Answer {
            key: FEFF,
            iv: "cafebabefacedbaddecaf888",
            aad: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            plaintext: &PLAIN[..120],
            ciphertext: &CRYPT[..120],
            tag: "76fc6ece0f4e1768cddf8853bb2d551b",
        },
    ]
}

#[test]
fn aes_256_gcm_opens_the_published_cells() {
    for answer in answers() {
        let key = aead_key(&Derived::of_test(hex(answer.key))).unwrap();
        let cell = || Cell { iv: hex(answer.iv), tag: hex(answer.tag), ciphertext: bytes(answer.ciphertext) };
        let opened = open_cell(&key, &bytes(answer.aad), cell()).unwrap();
        assert_eq!(opened.expose(), bytes(answer.plaintext));
        assert!(open_cell(&key, b"other", cell()).is_err());
        let mut cut = cell();
        cut.tag[15] ^= 1;
        assert!(open_cell(&key, &bytes(answer.aad), cut).is_err());
    }
}
