//! Maps, pictures, video, music, and texts.

use super::{Service, one, several};

pub(super) const SERVICES: &[Service] = &[
    one("google-maps", "Google Maps", "GOOGLE_MAPS_API_KEY")
        .icon("googlemaps")
        .public(&["GOOGLE_MAPS_API_KEY"])
        .about(
            "Maps, places and routes; limit the key to your sites.",
            "Credentials, in the maps platform’s console.",
        )
        .words(&["places", "geocoding", "map"]),
    one("mapbox", "Mapbox", "MAPBOX_ACCESS_TOKEN")
        .icon("mapbox")
        .about("Maps and routes.", "Access tokens, in the account.")
        .words(&["map", "geocoding"]),
    one("openweather", "OpenWeather", "OPENWEATHER_API_KEY")
        .color("#eb6e4b")
        .about("Weather, now and to come.", "API keys, in the account.")
        .words(&["openweathermap", "forecast"]),
    one("cloudinary", "Cloudinary", "CLOUDINARY_URL")
        .icon("cloudinary")
        .about("Keeps and transforms pictures and video.", "API keys, in the settings.")
        .words(&["image", "upload", "cdn"]),
    one("uploadthing", "UploadThing", "UPLOADTHING_TOKEN")
        .color("#e91515")
        .about("Takes files that people upload.", "API keys, in the app’s dashboard.")
        .words(&["file", "upload", "storage"]),
    several("mux", "Mux", &["MUX_TOKEN_ID", "MUX_TOKEN_SECRET"])
        .color("#fa50b5")
        .about("Video, live and stored.", "Access tokens, in the settings.")
        .words(&["video", "stream"]),
    several("livekit", "LiveKit", &["LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"])
        .color("#1fd5f9")
        .public(&["LIVEKIT_URL"])
        .about("Audio and video between people and agents.", "API keys, in the project’s settings.")
        .words(&["webrtc", "voice", "agents"]),
    several("spotify", "Spotify", &["SPOTIFY_CLIENT_ID", "SPOTIFY_CLIENT_SECRET"])
        .icon("spotify")
        .public(&["SPOTIFY_CLIENT_ID"])
        .about("Music and playlists.", "Settings of the app, in the developer dashboard.")
        .words(&["music", "audio"]),
    several("twitch", "Twitch", &["TWITCH_CLIENT_ID", "TWITCH_CLIENT_SECRET"])
        .icon("twitch")
        .public(&["TWITCH_CLIENT_ID"])
        .about("Streams and chat.", "Applications, in the developer console.")
        .words(&["stream", "igdb"]),
    one("unsplash", "Unsplash", "UNSPLASH_ACCESS_KEY")
        .icon("unsplash")
        .about("Photographs.", "Keys, on the application’s page.")
        .words(&["photo", "image"]),
    one("notion", "Notion", "NOTION_TOKEN")
        .icon("notion")
        .about("Pages and databases of a workspace.", "Internal integrations, in the settings.")
        .words(&["wiki", "notes", "notion_api_key"]),
    one("airtable", "Airtable", "AIRTABLE_API_KEY")
        .icon("airtable")
        .about("Tables that people share.", "Personal access tokens, in the developer hub.")
        .words(&["spreadsheet", "pat"]),
    several("contentful", "Contentful", &["CONTENTFUL_SPACE_ID", "CONTENTFUL_ACCESS_TOKEN"])
        .icon("contentful")
        .about("Content for sites and apps.", "API keys, in the space’s settings.")
        .words(&["cms"]),
    several("sanity", "Sanity", &["SANITY_PROJECT_ID", "SANITY_DATASET", "SANITY_API_READ_TOKEN"])
        .icon("sanity")
        .public(&["SANITY_PROJECT_ID", "SANITY_DATASET"])
        .about("Content for sites and apps.", "API, in the project’s settings.")
        .words(&["cms", "groq"]),
    one("figma", "Figma", "FIGMA_ACCESS_TOKEN")
        .icon("figma")
        .about("Designs and components.", "Personal access tokens, under security in the settings.")
        .words(&["design"]),
];
