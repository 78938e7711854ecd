//! A name that a writer takes is a variable for its reader, whatever it means elsewhere.

use kagi_domain::dotenv::{EnvFile, Target};
use kagi_tests::samples::secret;

use super::{Files, Variables, parsers::Parser};

/// Words of languages, shells, systems and the parsers themselves.
const NAMES: &str = "
    __proto__ __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ constructor hasOwnProperty isPrototypeOf
    propertyIsEnumerable toLocaleString toString valueOf prototype length name undefined null NaN
    export EXPORT set unset if then else fi do done case esac for while until function time exit return true false
    _ __ IFS OPTIND OPTARG OPTERR LINENO PPID UID EUID GROUPS RANDOM SECONDS HISTSIZE HISTFILESIZE HISTFILE HISTCMD PS1
    PS2 PS4 PROMPT_COMMAND MAIL MAILCHECK MAILPATH CDPATH ENV FUNCNAME FUNCNEST DIRSTACK BASH BASHPID BASH_ALIASES
    BASH_ARGC BASH_ARGV BASH_ARGV0 BASH_CMDS BASH_COMMAND BASH_COMPAT BASH_ENV BASH_EXECUTION_STRING BASH_LINENO
    BASH_SOURCE BASH_SUBSHELL BASH_VERSINFO BASH_VERSION BASH_XTRACEFD BASHOPTS SHELLOPTS EPOCHSECONDS EPOCHREALTIME
    SRANDOM PIPESTATUS COMP_WORDBREAKS COMP_LINE COPROC REPLY MAPFILE READLINE_LINE TIMEFORMAT TMOUT GLOBIGNORE
    IGNOREEOF POSIXLY_CORRECT EXECIGNORE CHILD_MAX COLUMNS LINES HOSTNAME HOSTTYPE MACHTYPE OSTYPE
    HOME LANG LC_ALL LC_CTYPE TZ TERM SHELL USER LOGNAME EDITOR TMPDIR HOSTALIASES LOCPATH
    NODE_OPTIONS NODE_PATH __NEXT_PROCESSED_ENV __NEXT_PRIVATE_ORIGIN NEXT_RUNTIME DOTENV_KEY DOTENV_CONFIG_PATH
    DOTENV_PRIVATE_KEY DOTENV_PUBLIC_KEY PYTHONPATH PYTHONSTARTUP COMPOSE_FILE COMPOSE_PROJECT_NAME RUST_LOG CON NUL";

fn hold(target: Target, parsers: &[Parser]) {
    let mut files = Files::new();
    for name in NAMES.split_whitespace() {
        let mut file = EnvFile::new(target);
        let mut expected = Variables::from([("Z_LAST".to_owned(), "1".to_owned())]);
        if file.assign(&name.parse().unwrap(), &secret("v 1")).is_ok() {
            expected.insert(name.to_owned(), "v 1".to_owned());
        }
        file.assign(&"Z_LAST".parse().unwrap(), &secret("1")).unwrap();
        files.add(file.finish().text.expose(), expected);
    }
    for parser in parsers {
        let (wrong, examples) = files.wrong_by(*parser);
        assert_eq!(wrong, 0, "{} by {}:\n{}", target.as_str(), parser.name(), examples.join("\n"));
    }
}

#[test]
#[ignore = "needs other parsers: KAGI_TEST_DOTENV and KAGI_TEST_VENV, which tests/run sets"]
fn every_accepted_name_arrives() {
    hold(Target::Portable, &Parser::QUOTING);
    hold(Target::Compose, &[Parser::Compose]);
    hold(Target::Next, &[Parser::Next, Parser::DotenvExpand]);
    hold(Target::Node, &[Parser::Dotenv, Parser::Node]);
    hold(Target::Python, &[Parser::Python]);
    hold(Target::Dotenvy, &[Parser::Dotenvy]);
    hold(Target::Shell, &[Parser::Sh, Parser::Bash]);
    hold(Target::DockerRun, &[Parser::DockerRun]);
}
