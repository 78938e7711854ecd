//! German.

use super::{Kind, Meaning, Need, Phrases};
use crate::{generate::SecretFormat, model::entry::Environment};

pub(super) const PHRASES: Phrases = &[
    ("Zahlung|Bezahlung|Bezahlen|Zahlungsdienst|Zahlungsanbieter|Abos", Meaning::Need(Need::Payment)),
    ("E-Mail-Versand|Mailversand|Mailer|E-Mail-Dienst|E-Mails", Meaning::Need(Need::Email)),
    ("Datenbank|Verbindungszeichenfolge", Meaning::Need(Need::Database)),
    ("Zwischenspeicher", Meaning::Need(Need::Cache)),
    ("Kurznachricht|SMS-Versand", Meaning::Need(Need::Sms)),
    ("Karte|Landkarte|Kartendienst", Meaning::Need(Need::Map)),
    ("Spamschutz|Botschutz", Meaning::Need(Need::Captcha)),
    ("Übersetzung|Übersetzer", Meaning::Need(Need::Translation)),
    ("Anmeldung|Einloggen|Authentifizierung", Meaning::Need(Need::Login)),
    ("Analyse|Statistik|Nutzungsstatistik", Meaning::Need(Need::Analytics)),
    ("Fehlerverfolgung|Fehlerüberwachung|Überwachung|Fehlerberichte", Meaning::Need(Need::Errors)),
    ("Sprachmodell|KI", Meaning::Need(Need::Model)),
    ("Dateispeicher|Objektspeicher", Meaning::Need(Need::Storage)),
    ("Push-Benachrichtigung", Meaning::Need(Need::Push)),
    ("Sprachausgabe|Spracherkennung", Meaning::Need(Need::Speech)),
    (
        "ohne|außer|ausser|nicht|kein|keine|keinen|bis auf|statt|anstatt|anstelle von|abgesehen von|mit Ausnahme von",
        Meaning::Not,
    ),
    ("aber|nur|bitte nur|lediglich|brauche|brauchen|möchte|dafür|gib|sondern", Meaning::But),
    ("und|sowie|oder|auch|dazu", Meaning::And),
    ("alles|alles was", Meaning::All),
    ("alle|aller|allen|sämtliche|jede|jeden", Meaning::Every),
    (
        "dieses Projekt|diesem Projekt|dieses Projekts|das Projekt|mein Projekt|diese App|dieser App",
        Meaning::Here,
    ),
    ("Projekt", Meaning::Project),
    (
        "Schlüssel|Schluessel|Geheimnis|Geheimnisse|Zugangsdaten|Zugang|Umgebungsvariable|Variable|Passwörter",
        Meaning::Keys,
    ),
    ("Umgebungsdatei|Env-Datei", Meaning::File),
    (
        "Produktion|Produktiv|Produktivumgebung|Live-Umgebung|Produktivsystem",
        Meaning::In(Environment::Production),
    ),
    ("Testumgebung|Vorproduktion|Testsystem", Meaning::In(Environment::Staging)),
    ("Entwicklung|Entwicklungsumgebung", Meaning::In(Environment::Development)),
    ("lokal|lokale|lokalen|lokaler", Meaning::In(Environment::Local)),
    (
        "zufällig|zufällige|zufälliger|zufälliges|zufälligen|neu|neue|neuen|neuer|neues|frisch|frisches|frischen",
        Meaning::Fresh,
    ),
    ("erzeuge|erzeugen|generiere|generieren|erstelle|erstellen|mach|mache", Meaning::Make),
    ("Sitzung", Meaning::Kind(Kind::Session)),
    ("Verschlüsselung", Meaning::Kind(Kind::Encryption)),
    ("Signatur|Signierung", Meaning::Kind(Kind::Signing)),
    ("Passwort|Kennwort", Meaning::Kind(Kind::Password)),
    ("hexadezimal", Meaning::Format(SecretFormat::Hex)),
    (
        "alphanumerisch|alphanumerische|alphanumerisches|alphanumerischen",
        Meaning::Format(SecretFormat::Alphanumeric),
    ),
    ("was ist|was sind|was bedeutet|wie|warum|wieso|erkläre|erklär|worin", Meaning::Question),
    ("schreib|schreibe|fasse zusammen|übersetze", Meaning::Task),
    ("mit|über|von|vom|für|aus|im|in|zu|zum|zur|nutze|verwende|unser|unsere", Meaning::Leads),
    ("der|die|das|den|dem|ein|eine|einen|einem|einer|bitte|mir|ich|wir|ist|App|Seite|des", Meaning::Filler),
];

/// With what compounds begin, as the matcher spells it: without capitals and accents.
pub(super) const STEMS: &[(&str, Meaning)] = &[
    ("datenbank", Meaning::Need(Need::Database)),
    ("zahlung", Meaning::Need(Need::Payment)),
    ("bezahl", Meaning::Need(Need::Payment)),
    ("ubersetzung", Meaning::Need(Need::Translation)),
    ("sitzung", Meaning::Kind(Kind::Session)),
    ("session", Meaning::Kind(Kind::Session)),
    ("cookie", Meaning::Kind(Kind::Cookie)),
    ("verschlusselung", Meaning::Kind(Kind::Encryption)),
    ("signatur", Meaning::Kind(Kind::Signing)),
];
