//! What a use case answers: text, choices, a file to be made. Which channel carries it,
//! and how, is not known here.

use serde::{Deserialize, Serialize};

use crate::domain::official::OfficialId;

/// Where a reply goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// To the chat the question came from.
    Asker,
    /// To a person's own chat, on the channel that person was linked on last.
    Person(OfficialId),
}

/// One message to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub to: To,
    /// Plain text; the channel escapes and splits it.
    pub text: String,
    pub choices: Vec<Choice>,
    pub file: Option<FileRecipe>,
    /// The text holds a code or an address that opens something.
    pub secret: bool,
}

impl Reply {
    /// A plain answer to whoever asked.
    pub fn text(text: impl Into<String>) -> Reply {
        Reply { to: To::Asker, text: text.into(), choices: Vec::new(), file: None, secret: false }
    }

    /// A plain message to a person.
    pub fn to(person: OfficialId, text: impl Into<String>) -> Reply {
        Reply { to: To::Person(person), ..Reply::text(text) }
    }

    pub fn with_choice(mut self, label: impl Into<String>, action: ChoiceAction) -> Reply {
        self.choices.push(Choice { label: label.into(), action });
        self
    }

    /// Marks a text with a code, or an address that opens something: it is not kept.
    pub fn secret(mut self) -> Reply {
        self.secret = true;
        self
    }

    pub fn with_file(mut self, file: FileRecipe) -> Reply {
        self.file = Some(file);
        self
    }
}

/// One thing the person may choose: a button, or its number typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub label: String,
    pub action: ChoiceAction,
}

/// What a choice does. Kept in the database as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChoiceAction {
    /// Takes that very message out of the replay.
    Undo { post: i64 },
    /// Takes that very act back out of the register.
    UndoRegister { act: i64 },
    /// Takes a list that was shown into the register.
    TakeList { list: i64 },
    /// As if the person had sent this text when the first message was sent; `confirmed`
    /// where the bot has asked and this is the yes.
    Say { text: String, sent_at: i64, unit: i64, confirmed: bool },
}

/// A document to be rendered at delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecipe {
    pub kind: FileKind,
    pub unit: i64,
    /// The period in words that the grammar reads back, such as `thang 11/2026`.
    pub period: String,
    /// As of this instant (seconds since 1970).
    pub at: i64,
    /// `vi` or `en`.
    pub locale: String,
    /// Whose names may stand in it.
    #[serde(default)]
    pub reader: Reader,
}

/// Who reads a document: leads, leaders and admins may see who is missing, an officer only
/// their own name; what is sent into a group names nobody (SPEC §3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reader {
    All,
    /// An officer, by row id.
    Officer(i64),
    #[default]
    Group,
}

/// A document made from its recipe.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendered {
    /// With its extension, which tells what it is.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Which document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// The workbook of SPEC §6.
    Workbook,
    /// The register of a period (`/so`).
    Register,
    /// The picture of SPEC §9 (`/bieudo`).
    Card,
}

impl FileKind {
    /// Shown in the chat, where a channel can show pictures.
    pub fn is_picture(self) -> bool {
        self == FileKind::Card
    }
}
