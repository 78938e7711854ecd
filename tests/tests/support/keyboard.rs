//! A person with a keyboard and nothing else.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use serde_json::{Value, json};

use super::browser::Browser;

pub(crate) const TAB: char = '\u{e004}';
pub(crate) const ENTER: char = '\u{e007}';
pub(crate) const ESCAPE: char = '\u{e00c}';
pub(crate) const UP: char = '\u{e013}';
pub(crate) const DOWN: char = '\u{e015}';
pub(crate) const CONTROL: char = '\u{e009}';

/// Stops on the way to something at most: more than any page of a small vault has.
const STOPS: usize = 120;

/// What has the focus: what it is called, and whether a person sees that it has it.
const FOCUS: &str = "
    const node = document.activeElement;
    if (!node || node === document.body) return { name: '', seen: true };
    const label = [...(node.labels ?? [])].map((label) => label.textContent).join(' ');
    const name = node.getAttribute('aria-label') || label || node.textContent;
    const outlined = (node) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(node);
        return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
    };
    const box = node.getBoundingClientRect();
    const at = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
    const free = at && (node.contains(at) || at.contains(node) || [...(node.labels ?? [])].some((label) => label.contains(at)));
    const seen = (outlined(node) || outlined(node.parentElement)) && Boolean(free);
    return { name: name.replace(/\\s+/g, ' ').trim(), seen };";

impl Browser {
    /// Presses one key after another.
    pub(crate) async fn types(&self, keys: &str) {
        let actions = keys.chars().fold(KeyActions::new("keyboard".to_owned()), |actions, value| {
            actions.then(KeyAction::Down { value }).then(KeyAction::Up { value })
        });
        self.client.perform_actions(actions).await.unwrap();
    }

    /// Presses a key.
    pub(crate) async fn key(&self, key: char) {
        self.types(&key.to_string()).await;
    }

    /// Presses a key while Control is held.
    pub(crate) async fn control(&self, value: char) {
        let actions = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: CONTROL })
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value })
            .then(KeyAction::Up { value: CONTROL });
        self.client.perform_actions(actions).await.unwrap();
    }

    /// What has the focus is called.
    pub(crate) async fn focused(&self) -> String {
        self.focus().await["name"].as_str().unwrap().to_owned()
    }

    /// Goes on with the tab key until the focus is on what is called so, or begins so. On the way the focus
    /// can be seen at every stop.
    pub(crate) async fn tab_to(&self, name: &str) {
        let mut stops = Vec::new();
        for _ in 0..STOPS {
            let focus = self.focus().await;
            let at = focus["name"].as_str().unwrap();
            if at.starts_with(name) {
                assert_eq!(focus["seen"], json!(true), "the focus on {at:?} cannot be seen");
                return;
            }
            stops.push(at.to_owned());
            self.key(TAB).await;
        }
        panic!("no way with the tab key to {name:?}, but to {stops:#?}");
    }

    /// Goes to what is called so, and presses Enter.
    pub(crate) async fn enter(&self, name: &str) {
        self.tab_to(name).await;
        self.key(ENTER).await;
    }

    /// Goes to the field that is called so, and types.
    pub(crate) async fn write(&self, name: &str, text: &str) {
        self.tab_to(name).await;
        self.types(text).await;
    }

    async fn focus(&self) -> Value {
        self.run(FOCUS).await.unwrap()
    }
}
