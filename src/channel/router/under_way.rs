//! Questions are answered beside the router; of each chat one at a time.

use std::collections::{HashMap, HashSet};

use tokio::task::{self, JoinError, JoinSet};

use crate::store::Result;
use crate::store::inbox::Chat;

/// Questions under way, each in a task of its own, so that none waits for the router.
#[derive(Default)]
pub(super) struct UnderWay {
    pub(super) asked: JoinSet<Result<()>>,
    /// Whose they are.
    chats: HashMap<task::Id, Chat>,
    /// Chats with a question under way: their later messages wait.
    pub(super) busy: HashSet<Chat>,
}

impl UnderWay {
    pub(super) fn ask(&mut self, chat: Chat, question: impl Future<Output = Result<()>> + Send + 'static) {
        self.busy.insert(chat.clone());
        let task = self.asked.spawn(question);
        self.chats.insert(task.id(), chat);
    }

    pub(super) fn answered(&mut self, answered: std::result::Result<(task::Id, Result<()>), JoinError>) {
        let id = match answered {
            Ok((id, outcome)) => {
                if let Err(e) = outcome {
                    tracing::error!(error = %e, "a question cannot be answered now");
                }
                id
            }
            Err(e) => {
                // Faults and panics are caught inside the task; should one end otherwise, its
                // chat may not wait for ever.
                tracing::error!(error = %e, "a question ended without an answer");
                e.id()
            }
        };
        if let Some(chat) = self.chats.remove(&id) {
            self.busy.remove(&chat);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chat(id: &str) -> Chat {
        (1, id.to_string())
    }

    #[tokio::test]
    async fn a_question_that_ends_without_an_answer_frees_its_own_chat_alone() {
        let mut way = UnderWay::default();
        way.ask(chat("a"), async { panic!("odd") });
        way.ask(chat("b"), std::future::pending());
        let ended = way.asked.join_next_with_id().await.unwrap();
        assert!(ended.is_err());
        way.answered(ended);
        assert_eq!(way.busy, HashSet::from([chat("b")]));
    }
}
