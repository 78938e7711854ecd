//! `quickstart`

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use crate::support::{Client, EMAIL, KEY, PASSWORD, Running, command, finish, finish_with_input};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn the_second_run_opens_what_the_first_one_kept() {
    let folder = tempfile::tempdir().unwrap();
    let first = Running::serve(&mut command(folder.path(), &["quickstart"]));
    let data = folder.path().join("kagi-data");
    assert_eq!(mode(&data), 0o700);
    let files: Vec<_> = fs::read_dir(&data).unwrap().map(|file| file.unwrap().path()).collect();
    assert!(files.len() >= 2);
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    let token = first.set_up_token().unwrap();
    assert_eq!(token.len(), 43);
    let key = fs::read_to_string(data.join("kagi.env")).unwrap();

    // An account and a value, with the settings of the folder.
    let database = format!("sqlite://{}", data.join("kagi.db").display());
    let mut add = command(
        folder.path(),
        &["--env-file", "kagi-data/kagi.env", "user", "add", EMAIL, "--password-stdin"],
    );
    finish_with_input(add.env("DATABASE_URL", &database), PASSWORD).success();
    let client = Client::sign_in(&first.url()).await;
    let entry = client.entry(&client.category().await, "blog", "sk-kept").await.unwrap();
    let finished = first.stop();
    assert!(!finished.err.contains(&token), "the link is not in the log");
    finished.success();

    let second = Running::serve(&mut command(folder.path(), &["quickstart"]));
    assert_eq!(fs::read_to_string(data.join("kagi.env")).unwrap(), key);
    assert_eq!(second.set_up_token(), None, "there is an account already");
    assert_eq!(client.at(&second.url()).reveal(&entry).await.unwrap(), "sk-kept");
}

#[test]
fn a_new_key_never_appears_beside_a_database() {
    let folder = tempfile::tempdir().unwrap();
    Running::serve(&mut command(folder.path(), &["quickstart"])).stop().success();
    let (file, away) = (folder.path().join("kagi-data/kagi.env"), folder.path().join("away"));
    fs::rename(&file, &away).unwrap();
    let finished = finish(&mut command(folder.path(), &["quickstart"]));
    assert!(finished.refusal().contains("Put kagi.env back"), "{finished:?}");
    assert!(!file.exists());

    fs::rename(&away, &file).unwrap();
    let database = folder.path().join("kagi-data/kagi.db");
    fs::remove_file(&database).unwrap();
    let finished = finish(&mut command(folder.path(), &["quickstart"]));
    assert!(finished.refusal().contains("Put the database back"), "{finished:?}");
    assert!(!database.exists());
}

#[test]
fn the_folder_decides_over_the_environment() {
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = format!("sqlite://{}/elsewhere.db", folder.path().display());
    let mut run = command(folder.path(), &["quickstart"]);
    Running::serve(run.env("DATABASE_URL", &elsewhere).env("KAGI_ENCRYPTION_KEY", KEY)).stop().success();
    assert!(!folder.path().join("elsewhere.db").exists());
    assert!(!fs::read_to_string(folder.path().join("kagi-data/kagi.env")).unwrap().contains(KEY));
    // The database was made with the folder's key, so it opens without the environment's.
    Running::serve(&mut command(folder.path(), &["quickstart"])).stop().success();
}

#[test]
fn it_serves_this_machine_only() {
    let folder = tempfile::tempdir().unwrap();
    let finished = finish(command(folder.path(), &["quickstart"]).env("KAGI_LISTEN", "0.0.0.0:0"));
    assert!(finished.refusal().contains("this machine only"), "{finished:?}");
    let finished = finish(&mut command(folder.path(), &["quickstart", "--env-file", "x"]));
    assert!(finished.refusal().contains("kagi.env"), "{finished:?}");
    assert!(!folder.path().join("kagi-data").exists(), "nothing is made in vain");
}

#[test]
fn a_wrong_setting_of_the_first_run_can_be_mended() {
    let folder = tempfile::tempdir().unwrap();
    let email = ("ADMIN_EMAIL", EMAIL);
    for (wrong, name) in [
        (vec![email, ("ADMIN_PASSWORD", "short")], "ADMIN_PASSWORD"),
        (vec![("KAGI_SESSION_IDLE", "5x")], "KAGI_SESSION_IDLE"),
        (vec![("KAGI_LOG", "a=loud")], "KAGI_LOG"),
        (vec![("KAGI_EXTRA_DECRYPTION_KEYS", "x")], "KAGI_EXTRA_DECRYPTION_KEYS"),
    ] {
        let finished = finish(command(folder.path(), &["quickstart"]).envs(wrong));
        assert!(finished.refusal().starts_with(name), "{finished:?}");
        assert!(!folder.path().join("kagi-data").exists(), "{name}: nothing is made in vain");
    }
    let mended = [email, ("ADMIN_PASSWORD", PASSWORD), ("KAGI_SESSION_IDLE", "5m")];
    Running::serve(command(folder.path(), &["quickstart"]).envs(mended)).stop().success();
}

#[test]
fn what_others_could_read_is_closed_to_them_again() {
    let folder = tempfile::tempdir().unwrap();
    Running::serve(&mut command(folder.path(), &["quickstart"])).stop().success();
    let data = folder.path().join("kagi-data");
    let open = [(data.clone(), 0o755), (data.join("kagi.env"), 0o644), (data.join("kagi.db"), 0o664)];
    for (path, mode) in &open {
        fs::set_permissions(path, fs::Permissions::from_mode(*mode)).unwrap();
    }
    let server = Running::serve(&mut command(folder.path(), &["quickstart"]));
    assert_eq!(open.map(|(path, _)| mode(&path)), [0o700, 0o600, 0o600]);
    let finished = server.stop();
    assert_eq!(finished.err.matches("others could use this file").count(), 3, "{}", finished.err);
    let again = Running::serve(&mut command(folder.path(), &["quickstart"])).stop();
    assert!(!again.err.contains("others could use"), "{}", again.err);
}
