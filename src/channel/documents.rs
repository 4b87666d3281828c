//! Documents are made from their recipes when they leave.

use std::sync::Arc;

use super::Renderer;
use crate::app::answer::Answerer;
use crate::app::export;
use crate::app::reply::FileRecipe;
use crate::store::Store;

/// Makes the documents that replies of this desk hold.
pub fn renderer(store: Store, answerer: Arc<Answerer>) -> Renderer {
    Arc::new(move |recipe| {
        let (store, answerer) = (store.clone(), answerer.clone());
        Box::pin(async move {
            let recipe: FileRecipe = serde_json::from_str(&recipe).map_err(|e| e.to_string())?;
            export::render(&store, &answerer.desk, &recipe).await.map_err(|e| e.to_string())
        })
    })
}
