//! Documents are made from their recipes when they leave.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::Renderer;
use crate::app::answer::Answerer;
use crate::app::export;
use crate::app::reply::FileRecipe;
use crate::store::Store;

/// Documents made at the same time at most: each holds a read connection and a core.
const AT_ONCE: usize = 2;

/// Makes the documents that replies of this desk hold.
pub fn renderer(store: Store, answerer: Arc<Answerer>) -> Renderer {
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    Arc::new(move |recipe| {
        let (store, answerer, turns) = (store.clone(), answerer.clone(), turns.clone());
        Box::pin(async move {
            let _turn = turns.acquire_owned().await.map_err(|e| e.to_string())?;
            let recipe: FileRecipe = serde_json::from_str(&recipe).map_err(|e| e.to_string())?;
            export::render(&store, &answerer.desk, &recipe).await.map_err(|e| e.to_string())
        })
    })
}
