//! The forms of settings. Every error is the rest of a sentence that begins with the variable's
//! name, and quotes nothing.

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use ipnet::IpNet;
use kagi_domain::SignUp;
use tracing_subscriber::filter::Targets;

type Parsed<T> = Result<T, &'static str>;

/// `true`, `false`, `1` or `0`.
pub(super) fn switch(text: &str) -> Parsed<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err("must be true or false."),
    }
}

/// An address and port to listen on.
pub(super) fn listen(text: &str) -> Parsed<SocketAddr> {
    text.parse().map_err(|_| "must be an IP address and a port, such as 127.0.0.1:3000 or [::1]:3000.")
}

/// A length of time: a whole number and its unit, from a minute to a year.
pub(super) fn duration(text: &str) -> Parsed<Duration> {
    const FORM: &str = "must be a whole number with a unit, such as 30m, 12h or 7d.";
    let unit = text.chars().next_back().ok_or(FORM)?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 60 * 60,
        'd' => 24 * 60 * 60,
        _ => return Err(FORM),
    };
    let number = text.strip_suffix(unit).ok_or(FORM)?;
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(FORM);
    }
    let all = number.parse::<u64>().ok().and_then(|number| number.checked_mul(seconds));
    match all {
        Some(all @ 60..=31_622_400) => Ok(Duration::from_secs(all)),
        _ => Err("must be at least a minute (1m) and at most 366 days (366d)."),
    }
}

/// `open` or `closed`.
pub(super) fn sign_up(text: &str) -> Parsed<SignUp> {
    match text {
        "open" => Ok(SignUp::Open),
        "closed" => Ok(SignUp::Closed),
        _ => Err("must be open or closed."),
    }
}

/// Networks in CIDR form, or single addresses, with commas or spaces between them.
pub(super) fn networks(text: &str) -> Parsed<Vec<IpNet>> {
    const FORM: &str = "must be a list of networks such as 10.0.0.0/8, 192.168.1.7, fd00::/8.";
    words(text)
        .map(|word| {
            let network = word.parse::<IpNet>().or_else(|_| word.parse::<IpAddr>().map(IpNet::from));
            network.map_err(|_| FORM)
        })
        .collect()
}

/// The words of a list with commas or spaces between them.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c == ',' || c.is_whitespace()).filter(|word| !word.is_empty())
}

/// A filter that `tracing` understands.
pub(super) fn log_filter(text: &str) -> Parsed<Targets> {
    text.parse().map_err(
        |_| "must be a level (error, warn, info, debug, trace) or a list such as info,kagi_http=debug.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_a_unit_and_bounds() {
        assert_eq!(duration("12h"), Ok(Duration::from_hours(12)));
        assert_eq!(duration("7d"), Ok(Duration::from_hours(7 * 24)));
        assert_eq!(duration("30m"), Ok(Duration::from_mins(30)));
        assert_eq!(duration("90s"), Ok(Duration::from_secs(90)));
        for bad in
            ["", "h", "12", "-1h", "+1h", "1.5h", "1 h", "59s", "0d", "367d", "99999999999999999999d", "1ŝ"]
        {
            assert!(duration(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn networks_and_single_addresses_are_read() {
        let all = networks("10.0.0.0/8, 192.168.1.7 fd00::/8,::1").unwrap();
        assert_eq!(
            all.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["10.0.0.0/8", "192.168.1.7/32", "fd00::/8", "::1/128"]
        );
        for bad in ["10.0.0.0/33", "example.com", "10.0.0"] {
            assert!(networks(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn filters_are_checked() {
        for good in ["info", "info,kagi_http=debug", "off", "kagi_server=trace"] {
            assert!(log_filter(good).is_ok(), "{good}");
        }
        assert!(log_filter("info,kagi=loud").is_err());
    }
}
