//! What each channel can carry. Said once, here: where a reply goes and how it looks follow
//! from it, so that no use case has to know a platform.

/// How a channel shows pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pictures {
    /// They are sent as such.
    Sent,
    /// The platform fetches them from a public address of ours; without one they go the way of
    /// documents.
    Fetched,
}

/// The abilities of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Abilities {
    /// The longest text of one message (UTF-16 units).
    pub text_most: usize,
    /// The longest text under a document or picture (UTF-16 units).
    pub caption_most: usize,
    /// Choices are buttons; else they are numbered, and the number is typed.
    pub buttons: bool,
    /// Documents are sent as such.
    pub files: bool,
    pub pictures: Pictures,
    /// A message that was sent can be edited by whoever sent it.
    pub edits: bool,
    /// The platform shows a menu of commands.
    pub menu: bool,
    /// Each message is one of a monthly number.
    pub counted: bool,
}

/// Telegram (CHAT-APIS C).
pub const TELEGRAM: Abilities = Abilities {
    text_most: 4096,
    caption_most: 1024,
    buttons: true,
    files: true,
    pictures: Pictures::Sent,
    edits: true,
    menu: true,
    counted: false,
};

/// Zalo Bot Platform (CHAT-APIS A5): it takes 2,000 characters without saying in which unit. A
/// caption leaves room for a link, should the picture be refused.
pub const ZALO: Abilities = Abilities {
    text_most: 1900,
    caption_most: 1500,
    buttons: false,
    files: false,
    pictures: Pictures::Fetched,
    edits: false,
    menu: false,
    counted: true,
};

/// The terminal: documents are written to the current folder.
pub const TERMINAL: Abilities = Abilities {
    text_most: usize::MAX,
    caption_most: usize::MAX,
    buttons: false,
    files: true,
    pictures: Pictures::Sent,
    edits: true,
    menu: false,
    counted: false,
};

/// What the channel of this name can carry.
///
/// ```
/// use motcua::app::abilities;
///
/// assert!(!abilities::of("zalo").files);
/// assert!(abilities::of("telegram").buttons);
/// ```
pub fn of(channel: &str) -> &'static Abilities {
    match channel {
        "telegram" => &TELEGRAM,
        "zalo" => &ZALO,
        _ => &TERMINAL,
    }
}
