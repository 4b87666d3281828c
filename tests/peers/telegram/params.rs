//! The parameters of a call, however they were sent: query, JSON, form or multipart.
//! Clients differ; the real server takes them all.

use axum::extract::{FromRequest, Multipart, Query, Request};
use serde_json::{Map, Value};

/// A file of a multipart body.
pub struct File {
    pub field: String,
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What a call brought.
#[derive(Default)]
pub struct Params {
    pub values: Map<String, Value>,
    pub files: Vec<File>,
}

const MOST: usize = 60 << 20;

/// Reads them; the error is what the server answers with 400.
pub async fn read(request: Request) -> Result<Params, String> {
    let mut params = Params::default();
    if let Ok(Query(pairs)) = Query::<Vec<(String, String)>>::try_from_uri(request.uri()) {
        params.values.extend(pairs.into_iter().map(|(k, v)| (k, loose(&v))));
    }
    let kind = request.headers().get("content-type").and_then(|v| v.to_str().ok()).unwrap_or_default().to_string();
    if kind.starts_with("multipart/form-data") {
        read_multipart(request, &mut params).await?;
        return Ok(params);
    }
    let body = axum::body::to_bytes(request.into_body(), MOST).await.map_err(|e| e.to_string())?;
    if kind.starts_with("application/json") && !body.is_empty() {
        match serde_json::from_slice(&body) {
            Ok(Value::Object(values)) => params.values.extend(values),
            _ => return Err("can't parse request JSON object".into()),
        }
    } else if kind.starts_with("application/x-www-form-urlencoded") {
        let body = String::from_utf8_lossy(&body);
        let uri = format!("/?{body}").parse().map_err(|_| "can't parse the form")?;
        let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(&uri).map_err(|_| "can't parse the form")?;
        params.values.extend(pairs.into_iter().map(|(k, v)| (k, loose(&v))));
    }
    Ok(params)
}

async fn read_multipart(request: Request, params: &mut Params) -> Result<(), String> {
    // The whole body first: what is left unread would cost the client its connection.
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, MOST).await.map_err(|e| e.to_string())?;
    let request = Request::from_parts(head, body.into());
    let mut parts = Multipart::from_request(request, &()).await.map_err(|e| e.to_string())?;
    while let Some(part) = parts.next_field().await.map_err(|e| e.to_string())? {
        let field = part.name().unwrap_or_default().to_string();
        let name = part.file_name().map(str::to_string);
        let bytes = part.bytes().await.map_err(|e| e.to_string())?;
        match name {
            Some(name) => params.files.push(File { field, name, bytes: bytes.to_vec() }),
            None => {
                params.values.insert(field, loose(&String::from_utf8_lossy(&bytes)));
            }
        }
    }
    Ok(())
}

/// What stands in a form is text; objects and lists in it are JSON.
fn loose(text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(value @ (Value::Object(_) | Value::Array(_))) => value,
        _ => Value::String(text.to_string()),
    }
}
