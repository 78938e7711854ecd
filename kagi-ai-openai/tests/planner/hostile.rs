//! Servers that are out to do harm.

use std::time::Duration;

use kagi_domain::ports::{Planner, PlannerError};
use kagi_tests::contract::planner::brief;
use serde_json::json;
use tokio::time::Instant;

use crate::{
    IMPATIENT, KEY, QUICK, planner,
    server::{EMPTY, Reply, Server},
};

#[tokio::test]
async fn a_redirect_is_not_followed_and_the_key_stays_here() {
    let elsewhere = Server::new([Reply::content(EMPTY)]).await;
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "303 See Other",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let location = format!("Location: {}\r\n", elsewhere.url("/v1/chat/completions"));
        let server = Server::new([Reply::Whole(status, location, String::new())]).await;
        assert_eq!(
            planner(&server, QUICK).plan(&brief("stripe")).await,
            Err(PlannerError::Failed),
            "{status}"
        );
        assert_eq!(server.seen().len(), 1);
    }
    assert!(elsewhere.seen().is_empty());
}

#[tokio::test]
async fn an_endless_answer_is_cut_off() {
    let server = Server::new([Reply::Endless]).await;
    assert_eq!(planner(&server, QUICK).plan(&brief("stripe")).await, Err(PlannerError::Truncated));
    // One that says how long it is, is not read either.
    let long = " ".repeat(256 * 1024 + 1);
    let server = Server::new([Reply::Whole("200 OK", String::new(), long)]).await;
    assert_eq!(planner(&server, QUICK).plan(&brief("stripe")).await, Err(PlannerError::Truncated));
    // One that is just as long as may be is read.
    let body = json!({"choices": [{"message": {"content": EMPTY}, "finish_reason": "stop"}]}).to_string();
    let padded = format!("{body}{}", " ".repeat(256 * 1024 - body.len()));
    let server = Server::new([Reply::Whole("200 OK", String::new(), padded)]).await;
    assert!(planner(&server, QUICK).plan(&brief("stripe")).await.is_ok());
}

#[tokio::test]
async fn a_slow_answer_takes_no_longer_than_patience_lasts() {
    for reply in [Reply::Drip, Reply::Silence] {
        let server = Server::new([reply]).await;
        let start = Instant::now();
        assert_eq!(planner(&server, IMPATIENT).plan(&brief("stripe")).await, Err(PlannerError::TimedOut));
        // A third of a second was allowed; the rest is for a busy machine.
        assert!(start.elapsed() >= IMPATIENT.patience && start.elapsed() < Duration::from_secs(10));
    }
}

#[tokio::test]
async fn retries_do_not_stretch_patience() {
    let limited = Reply::Whole("503 Service Unavailable", "Retry-After: 0\r\n".to_owned(), String::new());
    let server = Server::new([limited.clone(), limited, Reply::Silence]).await;
    assert_eq!(planner(&server, IMPATIENT).plan(&brief("stripe")).await, Err(PlannerError::TimedOut));
}

#[tokio::test]
async fn refusals_and_truncation_have_their_own_sentence() {
    let message = |content, refusal| json!({"role": "assistant", "content": content, "refusal": refusal});
    for (message, finish, error) in [
        (message(None, Some("I cannot help with that.")), "stop", PlannerError::Refused),
        (message(Some(EMPTY), Some("no")), "stop", PlannerError::Refused),
        (message(Some(EMPTY), None), "content_filter", PlannerError::Refused),
        (message(Some(&EMPTY[..20]), None), "length", PlannerError::Truncated),
        (message(Some(EMPTY), None), "length", PlannerError::Truncated),
    ] {
        let server = Server::new([Reply::message(&message, finish)]).await;
        assert_eq!(planner(&server, QUICK).plan(&brief("stripe")).await, Err(error), "{message}");
    }
    // Some servers send an empty refusal with every answer.
    let server = Server::new([Reply::message(&message(Some(EMPTY), Some("")), "stop")]).await;
    assert!(planner(&server, QUICK).plan(&brief("stripe")).await.is_ok());
}

#[tokio::test]
async fn tool_calls_html_and_nonsense_are_no_plan() {
    let call = json!({"id": "c", "type": "function", "function": {"name": "read_file", "arguments": "{\"path\":\"/etc/passwd\"}"}});
    let tools = json!({"role": "assistant", "content": null, "tool_calls": [call]});
    let deep = format!("{}{}", "{\"selectedKeys\":[".repeat(20_000), "]}".repeat(20_000));
    let mut replies = vec![Reply::message(&tools, "tool_calls")];
    replies.extend(
        [
            "<html><script>alert(1)</script></html>",
            "{\"selectedKeys\":[{\"entryId\":1}]}",
            "{\"selectedKeys\":[{\"entryId\":\"e1\",\"value\":\"x\"}]}",
            "{\"selectedKeys\":[],\"secretsToGenerate\":[{\"envVarName\":\"A\",\"format\":\"hex\",\"bytes\":-1}]}",
            "{\"selectedKeys\":[],\"secretsToGenerate\":[{\"envVarName\":\"A\",\"format\":\"hex\",\"bytes\":1e99}]}",
            "{\"selectedKeys\":[],\"selectedKeys\":[]}",
            "{{{{{{{{{{{{{{{{{{{{",
            "\u{0}\u{202e}",
            deep.get(..200_000).unwrap(),
        ]
        .map(Reply::content),
    );
    for body in [
        "",
        "null",
        "[]",
        "{}",
        "{\"choices\":[]}",
        "{\"choices\":[{}]}",
        "{\"choices\":\"",
        "<html>",
        "\u{feff}{}",
    ] {
        replies.push(Reply::Whole("200 OK", String::new(), body.to_owned()));
    }
    replies.push(Reply::Raw(
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\n\xff\xfe\x00\xff".to_vec(),
    ));
    for reply in replies {
        let server = Server::new([reply.clone()]).await;
        assert_eq!(
            planner(&server, QUICK).plan(&brief("stripe")).await,
            Err(PlannerError::Unusable),
            "{reply:?}"
        );
        assert_eq!(server.seen().len(), 1, "it is not asked again: {reply:?}");
    }
}

#[tokio::test]
async fn what_is_no_http_is_unreachable() {
    for bytes in
        [&b""[..], b"\x00\x01\x02", b"HTTP/9.9 x\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"]
    {
        let server = Server::new([Reply::Raw(bytes.to_vec())]).await;
        assert_eq!(
            planner(&server, QUICK).plan(&brief("stripe")).await,
            Err(PlannerError::Unreachable),
            "{bytes:?}"
        );
    }
    let headers = format!("HTTP/1.1 200 OK\r\n{}", "X: y\r\n".repeat(100_000));
    let server = Server::new([Reply::Raw(headers.into_bytes())]).await;
    assert_eq!(planner(&server, QUICK).plan(&brief("stripe")).await, Err(PlannerError::Unreachable));
}

#[tokio::test]
async fn a_plan_of_very_many_items_is_read_as_far_as_the_cap() {
    let item = "{\"entryId\":\"e1\"},";
    let plan = format!("{{\"selectedKeys\":[{}{{\"entryId\":\"e2\"}}]}}", item.repeat(10_000));
    let server = Server::new([Reply::content(&plan)]).await;
    assert_eq!(planner(&server, QUICK).plan(&brief("stripe")).await.unwrap().keys.len(), 10_001);
    let plan = format!("{{\"selectedKeys\":[{}{{\"entryId\":\"e2\"}}]}}", item.repeat(1_000_000));
    let server = Server::new([Reply::content(&plan)]).await;
    assert_eq!(planner(&server, QUICK).plan(&brief("stripe")).await, Err(PlannerError::Truncated));
}

#[tokio::test]
async fn nothing_that_is_shown_holds_the_key() {
    let server = Server::new([Reply::status("401 Unauthorized")]).await;
    let planner = planner(&server, QUICK);
    let error = planner.plan(&brief("stripe")).await.unwrap_err();
    let shown =
        format!("{planner:?} {error} {error:?} {} {}", planner.engine(), planner.payload(&brief("stripe")));
    assert!(!shown.contains(KEY));
}
