//! Starts the program and looks at what it does.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Condvar, Mutex},
    thread,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};

/// No step of a test takes longer, or it fails.
const DEADLINE: Duration = Duration::from_mins(1);

/// The program in a folder, with no environment but what a test adds; it would listen on any free
/// port of loopback.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kagi-server"));
    command.env_clear().env("KAGI_LISTEN", "127.0.0.1:0");
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command
}

/// What a command left behind.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) status: ExitStatus,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Finished {
    /// Asserts that it failed, and gives its last words.
    #[track_caller]
    pub(crate) fn refusal(&self) -> &str {
        assert!(!self.status.success(), "it should have failed: {self:?}");
        assert!(self.status.code().is_some(), "it was killed: {self:?}");
        self.err.trim_end()
    }

    /// Asserts that it succeeded, and gives what it printed.
    #[track_caller]
    pub(crate) fn success(&self) -> &str {
        assert!(self.status.success(), "it should have succeeded: {self:?}");
        &self.out
    }
}

/// Runs a command to its end.
pub(crate) fn finish(command: &mut Command) -> Finished {
    Running::spawn(command).wait()
}

/// Runs a command to its end with this on its standard input.
pub(crate) fn finish_with_input(command: &mut Command, input: &str) -> Finished {
    let mut running = Running::spawn(command.stdin(Stdio::piped()));
    let mut stdin = running.child.stdin.take().unwrap();
    // A command that refuses at once does not read.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    running.wait()
}

/// What a pipe has said so far, and whether it has ended.
#[derive(Debug, Default)]
struct Said {
    text: Mutex<(String, bool)>,
    more: Condvar,
}

impl Said {
    fn listen(pipe: impl Read + Send + 'static) -> Arc<Self> {
        let said = Arc::new(Self::default());
        let own = Arc::clone(&said);
        thread::spawn(move || {
            for line in BufReader::new(pipe).lines().map_while(Result::ok) {
                let mut text = own.text.lock().unwrap();
                text.0.push_str(&line);
                text.0.push('\n');
                own.more.notify_all();
            }
            own.text.lock().unwrap().1 = true;
            own.more.notify_all();
        });
        said
    }

    /// Waits until the pipe has said something that is looked for, or has ended.
    fn wait_for<T>(&self, look: impl Fn(&str, bool) -> Option<T>) -> Option<T> {
        let text = self.text.lock().unwrap();
        let (text, _) = self
            .more
            .wait_timeout_while(text, DEADLINE, |(text, ended)| look(text, *ended).is_none() && !*ended)
            .unwrap();
        look(&text.0, text.1)
    }

    fn all(&self) -> String {
        self.text.lock().unwrap().0.clone()
    }
}

/// A program that runs. Dropping it kills it.
#[derive(Debug)]
pub(crate) struct Running {
    child: Child,
    out: Arc<Said>,
    err: Arc<Said>,
    address: Option<SocketAddr>,
}

impl Running {
    fn spawn(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (out, err) =
            (Said::listen(child.stdout.take().unwrap()), Said::listen(child.stderr.take().unwrap()));
        Self { child, out, err, address: None }
    }

    /// Starts a server and waits until it is ready.
    #[track_caller]
    pub(crate) fn serve(command: &mut Command) -> Self {
        let mut running = Self::spawn(command);
        let address = running.out.wait_for(|text, _| {
            let (_, rest) = text.split_once("(listening on ")?;
            rest.split_once(')')?.0.parse().ok()
        });
        running.address = address;
        assert!(address.is_some(), "the server is not ready: {}{}", running.out.all(), running.err.all());
        running
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address.unwrap()
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address())
    }

    /// The token of the set-up link, when it printed one.
    pub(crate) fn set_up_token(&self) -> Option<String> {
        let out = self.out();
        let (_, token) = out.split_once("/setup?token=")?;
        token.lines().next().map(str::to_owned)
    }

    /// What it has printed so far.
    pub(crate) fn out(&self) -> String {
        self.out.all()
    }

    /// Waits until the log has these words.
    #[track_caller]
    pub(crate) fn wait_for_log(&self, words: &str) {
        let found = self.err.wait_for(|text, _| text.contains(words).then_some(()));
        assert!(found.is_some(), "the log never said {words:?}: {}", self.err.all());
    }

    /// Asks it to stop.
    pub(crate) fn terminate(&self) {
        kill_process(self.pid(), Signal::TERM).unwrap();
    }

    /// `kill -9`, and waits until it is gone.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop and waits until it has.
    pub(crate) fn stop(self) -> Finished {
        self.terminate();
        self.wait()
    }

    /// Waits until it has ended by itself.
    #[track_caller]
    pub(crate) fn wait(mut self) -> Finished {
        for pipe in [&self.out, &self.err] {
            let ended = pipe.wait_for(|_, ended| ended.then_some(()));
            assert!(ended.is_some(), "it does not end: {}{}", self.out.all(), self.err.all());
        }
        Finished { status: self.child.wait().unwrap(), out: self.out.all(), err: self.err.all() }
    }

    /// A line of `/proc/PID/status` in KiB.
    pub(crate) fn memory_kib(&self, name: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// A limit of the process, as the system shows it.
    pub(crate) fn limit(&self, name: &str) -> String {
        let limits = std::fs::read_to_string(format!("/proc/{}/limits", self.child.id())).unwrap();
        limits.lines().find(|line| line.starts_with(name)).unwrap().to_owned()
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
