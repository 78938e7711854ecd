//! What just happened, told on the next page. A cookie carries a code, never anything of the vault.

use poem::{
    Request, Response,
    http::{HeaderValue, header},
};

use crate::site::Site;

const NAME: &str = "kagi_said=";

macro_rules! flashes {
    ($($name:ident $code:literal $text:literal;)+) => {
        /// A sentence for the next page.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Flash { $($name,)+ }

        impl Flash {
            const ALL: &'static [Self] = &[$(Self::$name,)+];

            const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// The sentence.
            pub(crate) const fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

flashes! {
    Welcome "welcome" "Kagi is yours. Start with your first key.";
    SignedOut "signed-out" "You are signed out.";
    CategoryMade "category-made" "The category is there. Add its first entry.";
    CategorySaved "category-saved" "The category was saved.";
    CategoryGone "category-gone" "The category was deleted with its entries.";
    EntryMade "entry-made" "The entry was encrypted and saved.";
    EntrySaved "entry-saved" "The entry was saved. Its value stays as it was.";
    ValueSaved "value-saved" "The entry was saved with its new value.";
    EntryGone "entry-gone" "The entry was deleted.";
    Restored "restored" "The earlier value is the current one again, as a new version.";
    VersionGone "version-gone" "The version was deleted for good.";
    SetMade "set-made" "The codes were encrypted and saved.";
    SetSaved "set-saved" "The recovery set was saved. Its codes stay as they were.";
    CodesReplaced "codes-replaced" "The recovery set was saved with its new codes; none of them is used.";
    SetGone "set-gone" "The recovery set was deleted.";
    CodeUnused "code-unused" "The code counts as unused again.";
    ProjectMade "project-made" "The project is there. Write or paste its first file.";
    ProjectSaved "project-saved" "The project was saved. Its files stay as they were.";
    ProjectGone "project-gone" "The project was deleted with its files.";
    FileSaved "file-saved" "The file was encrypted and saved.";
    FileGone "file-gone" "The file was deleted.";
    FileRestored "file-restored" "The earlier text is the current one again, as a new version.";
    ProfileSaved "profile-saved" "Your profile was saved.";
    PasswordChanged "password-changed" "Your password was changed. All your other sessions have ended.";
    SessionEnded "session-ended" "The session has ended. The next request in it is refused.";
    OthersEnded "others-ended" "All your other sessions have ended.";
    VaultWiped "vault-wiped" "Your vault is empty. Your account, its sessions and access keys are still there.";
    AccountGone "account-gone" "Your account and everything in it was deleted.";
    GoneSince "gone-since" "It is not there any more: it was deleted since.";
    KeyRevoked "key-revoked" "The access key was revoked. The next request with it is refused.";
    Confirmed "confirmed" "Thank you. For the next ten minutes you will not be asked again.";
}

/// What the last request left to say.
pub(crate) fn read(request: &Request) -> Option<Flash> {
    let headers = request.headers().get_all(header::COOKIE).iter();
    let mut pairs = headers.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    let code = pairs.find_map(|pair| pair.trim().strip_prefix(NAME))?;
    Flash::ALL.iter().copied().find(|flash| flash.code() == code)
}

/// Leaves something to say on the next page.
pub(crate) fn leave(site: &Site, response: &mut Response, flash: Flash) {
    set(site, response, flash.code(), 60);
}

/// Forgets it once it was said.
pub(crate) fn clear(site: &Site, response: &mut Response) {
    set(site, response, "", 0);
}

fn set(site: &Site, response: &mut Response, code: &str, seconds: u8) {
    let secure = if site.public_url.is_https() { "; Secure" } else { "" };
    let text = format!("{NAME}{code}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    if let Ok(value) = HeaderValue::from_str(&text) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
