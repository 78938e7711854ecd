//! The guard round handlers that misbehave.

use std::{
    io,
    sync::{
        Arc, LazyLock, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use kagi_tests::kagi;
use poem::{
    Endpoint, Request, Response,
    endpoint::make,
    http::{Method, StatusCode},
};
use tokio::sync::{Notify, oneshot};
use tokio_util::task::TaskTracker;
use tracing_subscriber::fmt::MakeWriter;

use super::Guard;
use crate::{
    api,
    route::{Methods, Routes, get},
    site::Site,
    web,
};

const CANARY: &str = "sk-canary-9c2e";

/// Everything that this test binary logs. Set before anything is logged: who logs first would
/// otherwise be remembered as somebody whom nobody listens to.
static LOG: LazyLock<Log> = LazyLock::new(|| {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE);
    let subscriber = subscriber.with_ansi(false).with_writer(log.clone()).finish();
    tracing::subscriber::set_global_default(subscriber).expect("nobody listened before");
    log
});

/// Each vault starts with the same randomness; counted so that no two tests have ids in common.
static VAULTS: AtomicUsize = AtomicUsize::new(0);

fn site() -> Site {
    Site {
        public_url: "https://kagi.example".parse().unwrap(),
        insecure_http: false,
        trusted_proxies: Vec::new(),
        listens_on_loopback: true,
        version: "0.0.0".to_owned(),
        tasks: TaskTracker::new(),
    }
}

fn guard(routes: Routes) -> (Guard, TaskTracker) {
    LazyLock::force(&LOG);
    let site = site();
    let tasks = site.tasks.clone();
    let kagi = kagi();
    (0..1000 * VAULTS.fetch_add(1, Ordering::SeqCst)).for_each(|_| {
        kagi.entropy.next();
    });
    (Guard::new(kagi.kagi, site, routes), tasks)
}

fn request(method: Method, path: &str) -> Request {
    Request::builder().method(method).uri_str(path).header("host", "kagi.example").finish()
}

async fn text(response: Response) -> String {
    response.into_body().into_string().await.unwrap()
}

/// Pages and assets as well as the API, whatever their number: none forgets its guard.
#[tokio::test]
async fn every_route_refuses_what_other_sites_send() {
    let routes = api::routes(web::routes(), &site());
    let paths: Vec<_> = routes.paths().to_vec();
    let (guard, _) = guard(routes);
    let mut refused = 0;
    for path in &paths {
        let parts = path.split('/').map(|part| if part.starts_with(':') { "x" } else { part });
        let path = parts.collect::<Vec<_>>().join("/");
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
            let mut request = request(method.clone(), &path);
            request.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
            let status = guard.call(request).await.unwrap().status();
            refused += usize::from(status == StatusCode::FORBIDDEN);
            let none = StatusCode::METHOD_NOT_ALLOWED;
            assert!([StatusCode::FORBIDDEN, none].contains(&status), "{method} {path}: {status}");
        }
    }
    assert!(refused > 30, "only {refused} were refused");
}

async fn breaks(_: Request) -> Response {
    panic!("{CANARY}")
}

#[tokio::test]
async fn a_panic_is_a_plain_answer() {
    let (guard, _) =
        guard(Routes::new().at("/api/x", get(make(breaks)).post(make(breaks))).at("/x", get(make(breaks))));
    for (method, path) in [(Method::GET, "/api/x"), (Method::POST, "/api/x"), (Method::GET, "/x")] {
        let response = guard.call(request(method, path)).await.unwrap();
        assert_eq!(response.status(), 500);
        assert!(response.headers().contains_key("content-security-policy"));
        let id = response.header("x-request-id").unwrap().to_owned();
        let text = text(response).await;
        assert!(!text.contains(CANARY), "{text}");
        assert!(text.contains(&id), "{text}");
        assert_eq!(text.contains("INTERNAL_ERROR"), path.starts_with("/api"));
    }
}

#[tokio::test]
async fn an_error_of_the_framework_is_not_passed_on() {
    let fails = make(|_| async { Err::<Response, _>(poem::error::BadRequest(io::Error::other(CANARY))) });
    let breaks =
        make(|_| async { Err::<Response, _>(poem::error::InternalServerError(io::Error::other(CANARY))) });
    let (guard, _) = guard(Routes::new().at("/api/x", get(fails)).at("/api/y", get(breaks)));
    for (path, status) in [("/api/x", 400), ("/api/y", 500)] {
        let response = guard.call(request(Method::GET, path)).await.unwrap();
        assert_eq!(response.status().as_u16(), status);
        assert!(!text(response).await.contains(CANARY));
    }
}

#[tokio::test]
async fn what_was_begun_is_finished_when_the_client_hangs_up() {
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        let (started, may_go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (done, finished) = oneshot::channel();
        let done = Arc::new(Mutex::new(Some(done)));
        let (start, go_on) = (started.clone(), may_go_on.clone());
        let handler = make(move |_| {
            let (start, go_on, done) = (start.clone(), go_on.clone(), done.clone());
            async move {
                start.notify_one();
                go_on.notified().await;
                done.lock().unwrap().take().unwrap().send(()).unwrap();
                Response::default()
            }
        });
        let routes = Routes::new().at("/api/x", Methods::new().on(method.clone(), handler));
        let (guard, tasks) = guard(routes);
        let call = guard.call(request(method, "/api/x"));
        tokio::select! {
            _ = call => panic!("the handler waits"),
            () = started.notified() => {}
        }
        // The client is gone: the call is dropped. The handler goes on, and a graceful stop waits for it.
        assert_eq!(tasks.len(), 1);
        may_go_on.notify_one();
        finished.await.expect("the handler came to its end");
        tasks.close();
        tasks.wait().await;
    }
}

#[tokio::test]
async fn a_client_that_hangs_up_is_under_way_no_longer() {
    let waits = make(|_| std::future::pending::<Response>());
    let (guard, _) = guard(Routes::new().at("/api/x", get(waits)));
    let under_way = |count: u8| {
        let text = guard.shared.metrics.text().unwrap();
        text.contains(&format!("\nkagi_http_requests_in_flight {count}\n"))
    };
    let mut call = Box::pin(guard.call(request(Method::GET, "/api/x")));
    assert!(futures_util::poll!(&mut call).is_pending());
    assert!(under_way(1));
    drop(call);
    assert!(under_way(0));
}

/// What was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn the_log_names_the_route_and_nothing_that_the_client_sent() {
    let handler = make(|_| async { Response::builder().status(StatusCode::ACCEPTED).body(CANARY) });
    let (guard, _) = guard(
        Routes::new()
            .at("/api/things/:id", Methods::new().on(Method::POST, handler))
            .at("/api/broken", get(make(breaks))),
    );
    let mut ids = Vec::new();
    for (method, path) in [
        (Method::POST, format!("/api/things/{CANARY}?q={CANARY}")),
        (Method::GET, format!("/api/{CANARY}?q={CANARY}")),
        (Method::from_bytes(CANARY.as_bytes()).unwrap(), format!("/api/things/{CANARY}")),
        (Method::GET, format!("/api/broken?{CANARY}")),
    ] {
        let mut request = request(method, &path);
        for name in ["authorization", "cookie", "user-agent", "referer", "x-request-id", "origin"] {
            request.headers_mut().insert(name, CANARY.parse().unwrap());
        }
        request.set_body(CANARY);
        let response = guard.call(request).await.unwrap();
        ids.push(response.header("x-request-id").unwrap().to_owned());
    }
    let log = String::from_utf8(LOG.0.lock().unwrap().clone()).unwrap();
    let lines: Vec<&str> = log.lines().filter(|line| ids.iter().any(|id| line.contains(id))).collect();
    assert_eq!(lines.len(), 5, "{log}");
    assert!(lines[0].contains("method=POST") && lines[0].contains("route=\"/api/things/:id\""), "{log}");
    assert!(lines[0].contains("status=202") && lines[0].contains("duration_us="), "{log}");
    assert!(lines[1].contains("route=\"-\"") && lines[1].contains("status=404"), "{log}");
    assert!(lines[2].contains("method=-") && lines[2].contains("status=405"), "{log}");
    assert!(lines[3].contains("a handler panicked"), "{log}");
    assert!(lines[4].contains("route=\"/api/broken\"") && lines[4].contains("status=500"), "{log}");
    assert!(!log.contains("canary"), "{log}");
}
