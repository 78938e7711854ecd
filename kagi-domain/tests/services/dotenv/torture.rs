//! The reader never fails, and takes time that grows with the text only.

use std::{hint::black_box, time::Duration};

use kagi_domain::dotenv::{Document, Target, compare};
use kagi_tests::{hostile::Hostile, samples::secret};
use tokio::time::Instant;

/// What a person might have in a file.
const ORDINARY: &str = "\u{feff}# Database\r\nexport DATABASE_URL=\"postgres://a:b@c/d?e=f#g\"\n\
    SECRET='it'\\''s' # note\nKEY=\"-----BEGIN\nabc+/==\n-----END\"\nEMPTY=\nA = b\nB: c\nC=`x \"y\" 'z'`\n\
    D=$A${B}\\$C\n\nE=a#b\rF='a\\'\n";

/// A count for a long loop: a tenth of it unless the whole suite is asked for.
fn count(full: usize) -> usize {
    if std::env::var_os("KAGI_TEST_FULL").is_some_and(|full| full == "1") { full } else { full / 10 }
}

#[test]
fn no_mutated_text_makes_the_reader_fail() {
    let hostile = Hostile::new(1);
    let before = secret(ORDINARY);
    let before = Document::read(&before);
    for number in 0..count(1_000_000) {
        let lines: Vec<_> = ORDINARY.split_inclusive('\n').collect();
        let from = hostile.below(lines.len());
        let to = lines.len().min(from + 1 + hostile.below(4));
        let text = secret(&hostile.mutated(&lines[from..to].concat()));
        let document = Document::read_as(Target::ALL[number % 8], &text);
        assert_eq!(document.to_text().expose(), text.expose());
        black_box(document.diagnostics());
        black_box(compare(&before, &document));
    }
}

/// Texts that make a careless reader look for the same thing again and again.
fn hard() -> Vec<(&'static str, String)> {
    let fill = |line: &str| line.repeat(256 * 1024 / line.len());
    vec![
        ("ordinary lines", fill(ORDINARY)),
        ("open single quotes", fill("A='\\'\n")),
        ("open double quotes", fill("A=\"\\\"\n")),
        ("open quotes of all kinds", fill("A='x\nB=\"y\nC=`z\n")),
        ("closed quotes, then more", fill("A='x\nB='y'z\n")),
        ("spliced quotes", format!("A='{}", fill("'\\''"))),
        ("backslashes", format!("A=\"{}", fill("\\"))),
        ("blanks", format!("A={}", fill(" "))),
        ("signs", fill(" =#'")),
        ("colons", fill(":a")),
        ("line ends", fill("\r")),
        ("one name", fill("A=\n")),
    ]
}

#[test]
fn no_text_takes_long() {
    for (what, text) in hard() {
        let text = secret(&text);
        let start = Instant::now();
        black_box(Document::read(black_box(&text)).diagnostics());
        // Milliseconds, in a build without optimisation some dozens of them; looking for each closing
        // quote through the whole text would take a minute.
        assert!(start.elapsed() < Duration::from_secs(5), "{what}: {:?}", start.elapsed());
    }
}

/// A figure: run in a release build with `--ignored --nocapture measure`.
#[test]
#[ignore = "needs a release build: a measurement"]
fn measure_reading_256_kib() {
    for (what, text) in hard() {
        let text = secret(&text);
        let mut times: Vec<_> = (0..21)
            .map(|_| {
                let start = Instant::now();
                let document = Document::read(black_box(&text));
                let read = start.elapsed();
                black_box(document.diagnostics());
                (read, start.elapsed())
            })
            .collect();
        times.sort();
        let (read, judged) = times[10];
        println!(
            "{what:26} {:7} bytes: read {read:>9.1?}, read and judged {judged:>9.1?}",
            text.expose().len()
        );
        assert!(judged < Duration::from_millis(15) || cfg!(debug_assertions), "{what}: {judged:?}");
    }
}
