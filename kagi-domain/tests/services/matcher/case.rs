//! One line of the table: what somebody writes, and what they expect.

/// What a prompt is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Language {
    English,
    Chinese,
    Japanese,
    Spanish,
    German,
    French,
}

/// A key that is expected: category, project, environment.
pub(super) type Key = (&'static str, &'static str, &'static str);

/// A prompt, where it is written, and what is expected.
pub(super) struct Case {
    pub(super) language: Language,
    pub(super) prompt: &'static str,
    pub(super) project: Option<&'static str>,
    pub(super) file: Option<&'static str>,
    pub(super) keys: Vec<Key>,
    /// Names, each with format and bytes where the prompt asks for them: `NAME`, `NAME:hex`, `NAME:hex:32`.
    pub(super) secrets: &'static [&'static str],
    pub(super) framework: Option<&'static str>,
    /// Variables that are expected with the framework's public prefix.
    pub(super) public: &'static [&'static str],
}

impl Language {
    pub(super) fn says(self, prompt: &'static str) -> Case {
        let (project, file, framework) = (None, None, None);
        let (keys, secrets, public): (_, &[_], &[_]) = (Vec::new(), &[], &[]);
        Case { language: self, prompt, project, file, keys, secrets, framework, public }
    }
}

impl Case {
    /// In this project.
    pub(super) fn on(mut self, project: &'static str) -> Self {
        self.project = Some(project);
        self
    }

    /// For this type of file.
    pub(super) fn file(mut self, file: &'static str) -> Self {
        self.file = Some(file);
        self
    }

    /// Expects these categories' production keys of a project.
    pub(super) fn gets(self, project: &'static str, categories: &[&'static str]) -> Self {
        self.gets_from(project, "production", categories)
    }

    /// The same of another environment.
    pub(super) fn gets_from(
        mut self,
        project: &'static str,
        environment: &'static str,
        categories: &[&'static str],
    ) -> Self {
        self.keys.extend(categories.iter().map(|category| (*category, project, environment)));
        self
    }

    /// Expects these secrets to be made.
    pub(super) fn makes(mut self, secrets: &'static [&'static str]) -> Self {
        self.secrets = secrets;
        self
    }

    /// Expects a framework, and its prefix on these variables.
    pub(super) fn framework(mut self, name: &'static str, public: &'static [&'static str]) -> Self {
        self.framework = Some(name);
        self.public = public;
        self
    }
}
