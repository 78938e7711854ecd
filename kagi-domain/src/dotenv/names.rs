//! Names that some reader keeps for itself. A name of a valid shape is otherwise like any other.

/// What every JavaScript object has already. `dotenv` loses the first; `dotenv-expand` mistakes the
/// others for variables that are set, and fails.
const OF_OBJECTS: [&str; 12] = [
    "__proto__",
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
];

/// What a shell sets itself: an assignment is ignored, changed, or ends the script.
const OF_SHELLS: [&str; 32] = [
    "_",
    "BASHOPTS",
    "BASHPID",
    "BASH_ALIASES",
    "BASH_ARGC",
    "BASH_ARGV",
    "BASH_ARGV0",
    "BASH_CMDS",
    "BASH_COMPAT",
    "BASH_LINENO",
    "BASH_SOURCE",
    "BASH_SUBSHELL",
    "BASH_VERSINFO",
    "BASH_XTRACEFD",
    "COMP_WORDBREAKS",
    "DIRSTACK",
    "EPOCHREALTIME",
    "EPOCHSECONDS",
    "EUID",
    "FUNCNAME",
    "GROUPS",
    "HISTCMD",
    "LINENO",
    "OPTIND",
    "PIPESTATUS",
    "PPID",
    "RANDOM",
    "SECONDS",
    "SHELLOPTS",
    "SHLVL",
    "SRANDOM",
    "UID",
];

/// Whether npm's `dotenv` and Node.js lose the name.
pub(super) fn is_lost_in_node(name: &str) -> bool {
    name == "__proto__"
}

/// Whether Next.js or `dotenv-expand` lose the name.
pub(super) fn is_kept_by_next(name: &str) -> bool {
    OF_OBJECTS.contains(&name) || name == "__NEXT_PROCESSED_ENV"
}

/// Whether a shell keeps the name for itself.
pub(super) fn is_kept_by_shells(name: &str) -> bool {
    OF_SHELLS.contains(&name)
}
