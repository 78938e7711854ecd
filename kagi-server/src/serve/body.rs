//! Request bodies that cannot keep a connection for ever.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use http_body_util::BodyExt;
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

/// How long a client may pause within a body.
const PAUSE: Duration = Duration::from_secs(10);
/// How long a body may take in all. The largest is 2 MiB.
const WHOLE: Duration = Duration::from_mins(1);

/// A body that ends with an error when the client pauses or dawdles. Only waiting for the client
/// counts, not the time that the server takes to ask.
pub(super) struct PatientBody {
    incoming: Incoming,
    last: Instant,
    /// Made when the first wait begins: most requests never wait.
    alarm: Option<Pin<Box<Sleep>>>,
}

impl PatientBody {
    pub(super) fn new(incoming: Incoming) -> Self {
        Self { incoming, last: Instant::now() + WHOLE, alarm: None }
    }

    /// The body as the framework takes it.
    pub(super) fn boxed(self) -> poem::Body {
        BodyExt::boxed(self).into()
    }

    fn poll_alarm(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let last = self.last;
        let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep_until(last.min(Instant::now() + PAUSE))));
        alarm.as_mut().poll(cx)
    }
}

impl Body for PatientBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.incoming).poll_frame(cx) {
            self.alarm = None;
            return Poll::Ready(frame.map(|frame| frame.map_err(io::Error::other)));
        }
        ready!(self.poll_alarm(cx));
        Poll::Ready(Some(Err(io::ErrorKind::TimedOut.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.incoming.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}
