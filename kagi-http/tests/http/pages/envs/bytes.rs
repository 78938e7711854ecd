//! What is saved from the editor is what was meant, to the byte: a field knows one kind of line end, and nobody
//! sees a byte order mark.

use super::{form, furnished, hidden, typed};
use crate::World;

async fn stored(world: &World, token: &str, file: &str) -> String {
    world.send_as(token, form(format!("{file}/download"), &[])).await.ok(200).text
}

/// Opens a file and saves what a browser would send with `change` done to the text.
async fn work(world: &World, token: &str, file: &str, change: impl Fn(&str) -> String) {
    let page = world.open_file(token, file).await;
    let text = typed(&page);
    assert!(!text.contains('\r') && !text.starts_with('\u{feff}'), "the editor shows neither");
    let sent = change(&text).replace('\n', "\r\n");
    let bom = if page.contains("name=\"bom\" value=\"kept\" checked") { "kept" } else { "" };
    let (base, layout) = (hidden(&page, "baseVersion"), hidden(&page, "layout"));
    let fields =
        [("baseVersion", base), ("layout", layout), ("content", &*sent), ("lineEnds", "kept"), ("bom", bom)];
    world.send_as(token, form(format!("{file}/save"), &fields)).await.ok(303);
}

/// A file whose bytes are these, however they were brought in.
async fn bring(world: &World, token: &str, project: &str, text: &str) -> String {
    let id = project.rsplit('/').next().unwrap().parse().unwrap();
    let actor = world.actor_of(token).await;
    let draft = kagi_domain::model::env_project::EnvFileDraft {
        file_type: "env".parse().unwrap(),
        content: kagi_domain::model::env_project::EnvContent::new(kagi_tests::samples::secret(text)).unwrap(),
        base_version: None,
    };
    world.env_projects().save(&actor, id, draft).await.unwrap();
    format!("{project}/files/env")
}

const TEXTS: [&str; 8] = [
    "A=1\nB=2\nC=3\n",
    "A=1\r\nB=2\r\nC=3\r\n",
    "A=1\rB=2\rC=3\r",
    "\u{feff}A=1\r\nB=2\nC=3",
    "\n\r\n\rA=1\r\rB=2\n\r\nC=3\n\n",
    "A=1\r\n# \u{c}\u{b}\u{85}\u{2028}<b>&amp;\"'\nB=2\r\u{feff}C=3\t \r\n",
    "",
    "\r\n",
];

#[tokio::test]
async fn a_file_that_is_opened_and_saved_stays_the_same() {
    let world = World::new();
    let (ada, project) = furnished(&world).await;
    for text in TEXTS {
        let file = bring(&world, &ada, &project, text).await;
        assert_eq!(stored(&world, &ada, &file).await, text);
        work(&world, &ada, &file, str::to_owned).await;
        assert_eq!(stored(&world, &ada, &file).await, text);
    }
}

#[tokio::test]
async fn a_changed_line_changes_no_other_byte() {
    let world = World::new();
    let (ada, project) = furnished(&world).await;
    for text in TEXTS {
        let file = bring(&world, &ada, &project, text).await;
        work(&world, &ada, &file, |text| text.replace("B=2", "B=two words")).await;
        assert_eq!(stored(&world, &ada, &file).await, text.replace("B=2", "B=two words"));
    }
}

#[tokio::test]
async fn a_quarter_of_a_mebibyte_comes_back_as_it_was() {
    let world = World::new();
    let (ada, project) = furnished(&world).await;
    let ends = ["\n", "\r\n", "\r"];
    let mut text = "\u{feff}".to_owned();
    for number in 0.. {
        let line = format!("NAME_{number}=\"värde-{number}\"{}", ends[number % 7 % 3]);
        if text.len() + line.len() > 256 * 1024 {
            break;
        }
        text += &line;
    }
    text += &"x".repeat(256 * 1024 - text.len());
    let file = bring(&world, &ada, &project, &text).await;
    work(&world, &ada, &file, str::to_owned).await;
    assert!(stored(&world, &ada, &file).await == text);
    work(&world, &ada, &file, |text| text.replace("NAME_77=", "NAME_XX=")).await;
    assert!(stored(&world, &ada, &file).await == text.replace("NAME_77=", "NAME_XX="));
}

#[tokio::test]
async fn line_ends_and_the_mark_change_on_request_only() {
    let world = World::new();
    let (ada, project) = furnished(&world).await;
    let file = bring(&world, &ada, &project, "\u{feff}A=1\r\nB=2\n").await;
    let page = world.open_file(&ada, &file).await;
    assert!(page.contains("Keep as they are: 1 LF, 1 CR LF") && page.contains("byte order mark"));
    assert!(page.contains("No remarks"), "what the field cannot show is said beside it");
    for (version, ends, bom, meant) in
        [("1", "crlf", "kept", "\u{feff}A=1\r\nB=2\r\n"), ("2", "lf", "", "A=1\nB=2\n")]
    {
        let fields =
            [("baseVersion", version), ("content", "A=1\r\nB=2\r\n"), ("lineEnds", ends), ("bom", bom)];
        world.send_as(&ada, form(format!("{file}/save"), &fields)).await.ok(303);
        assert_eq!(stored(&world, &ada, &file).await, meant);
    }
    assert!(!world.open_file(&ada, &file).await.contains("lineEnds"), "a plain file is not asked about");
}
