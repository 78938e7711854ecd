//! When it is tried again, and when it is not.

use std::time::Duration;

use kagi_ai_openai::Limits;
use kagi_domain::ports::{Planner, PlannerError};
use kagi_tests::contract::planner::brief;
use tokio::time::Instant;

use crate::{
    QUICK, planner,
    server::{EMPTY, Reply, Server},
};

#[tokio::test]
async fn what_may_go_better_is_tried_twice_more() {
    for (status, error) in [
        ("429 Too Many Requests", PlannerError::Limited),
        ("500 Internal Server Error", PlannerError::Failed),
        ("503 Service Unavailable", PlannerError::Failed),
    ] {
        let bad = || Reply::status(status);
        let server = Server::new([bad(), bad(), Reply::content(EMPTY)]).await;
        assert!(planner(&server, QUICK).plan(&brief("stripe")).await.is_ok(), "{status}");
        assert_eq!(server.seen().len(), 3);
        let server = Server::new([bad()]).await;
        assert_eq!(planner(&server, QUICK).plan(&brief("stripe")).await, Err(error));
        assert_eq!(server.seen().len(), 3, "{status}");
    }
}

#[tokio::test]
async fn what_will_not_go_better_is_not_tried_again() {
    for (status, error) in [
        ("401 Unauthorized", PlannerError::Unauthorized),
        ("403 Forbidden", PlannerError::Unauthorized),
        ("402 Payment Required", PlannerError::Limited),
        ("404 Not Found", PlannerError::Failed),
        ("204 No Content", PlannerError::Failed),
        ("418 I'm a teapot", PlannerError::Failed),
    ] {
        let server = Server::new([Reply::status(status)]).await;
        assert_eq!(planner(&server, QUICK).plan(&brief("stripe")).await, Err(error), "{status}");
        assert_eq!(server.seen().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn retry_after_is_kept_to() {
    let limited = |after: &str| {
        Reply::Whole("429 Too Many Requests", format!("Retry-After: {after}\r\n"), String::new())
    };
    let server = Server::new([limited("1"), Reply::content(EMPTY)]).await;
    let start = Instant::now();
    assert!(planner(&server, QUICK).plan(&brief("stripe")).await.is_ok());
    assert!(start.elapsed() >= Duration::from_secs(1));
    // A date, and nonsense, leave it at the usual pause.
    for after in ["Wed, 21 Oct 2099 07:28:00 GMT", "-1", "soon", "99999999999999999999999"] {
        let server = Server::new([limited(after), Reply::content(EMPTY)]).await;
        assert!(planner(&server, QUICK).plan(&brief("stripe")).await.is_ok(), "{after}");
    }
}

#[tokio::test]
async fn a_wait_that_is_too_long_is_not_begun() {
    let limited = Reply::Whole("429 Too Many Requests", "Retry-After: 60\r\n".to_owned(), String::new());
    let server = Server::new([limited]).await;
    let start = Instant::now();
    assert_eq!(planner(&server, QUICK).plan(&brief("stripe")).await, Err(PlannerError::Limited));
    assert!(start.elapsed() < QUICK.patience / 2);
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn nobody_at_home_is_unreachable() {
    let server = Server::new([Reply::Silence]).await;
    let planner = planner(&server, Limits { patience: Duration::from_secs(5), ..QUICK });
    drop(server);
    tokio::task::yield_now().await;
    assert_eq!(planner.plan(&brief("stripe")).await, Err(PlannerError::Unreachable));
}
