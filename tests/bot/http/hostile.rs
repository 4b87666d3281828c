//! What strangers may try.

use std::sync::Arc;
use std::time::Duration;

use motcua::channel::http::Limits;
use secrecy::ExposeSecret;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{Web, get, hasty, status};

#[tokio::test]
async fn a_body_that_is_too_long_is_refused_before_it_is_read() {
    let web = Web::new().await;
    let mut socket = web.connect().await;
    let head = format!("POST /webhook/telegram/7 HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n", 100 << 20);
    socket.write_all(head.as_bytes()).await.unwrap();
    let mut answer = vec![0; 12];
    socket.read_exact(&mut answer).await.unwrap();
    assert_eq!(status(&String::from_utf8(answer).unwrap()), 413);
    // Who sends it all the same talks to nobody.
    let sent = async {
        loop {
            socket.write_all(&[b'x'; 1 << 16]).await?;
        }
        #[expect(unreachable_code, reason = "tells the type")]
        Ok::<(), std::io::Error>(())
    };
    assert!(tokio::time::timeout(Duration::from_secs(5), sent).await.unwrap().is_err());
}

/// A webhook whose door lets everything in, or stands still.
fn open(web: &Web, still: bool) -> (String, String) {
    let (url, secret) = web.hooks().open(
        "zalo",
        "42",
        Arc::new(move |_| {
            Box::pin(async move {
                if still {
                    std::future::pending::<()>().await;
                }
                true
            })
        }),
    );
    (url.trim_start_matches(&web.url("")).to_string(), secret.expose_secret().to_string())
}

fn post(path: &str, secret: &str, rest: &str) -> String {
    format!("POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Bot-Api-Secret-Token: {secret}\r\n{rest}")
}

#[tokio::test]
async fn a_body_without_end_is_cut_also_where_its_length_is_not_told() {
    let web = Web::new().await;
    let (path, secret) = open(&web, false);
    let mut socket = web.connect().await;
    socket.write_all(post(&path, &secret, "Transfer-Encoding: chunked\r\n\r\n").as_bytes()).await.unwrap();
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
    let (mut reading, mut writing) = socket.split();
    let mut answer = vec![0; 12];
    let endless = async {
        let mut sent = 0_u64;
        while writing.write_all(chunk.as_bytes()).await.is_ok() {
            sent += 0x10000;
            assert!(sent < 100 << 20, "100 MB were taken");
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        read = reading.read_exact(&mut answer) => {
            read.unwrap();
        }
        () = endless => {}
    }
    assert_eq!(status(&String::from_utf8(answer).unwrap()), 413);
}

#[tokio::test]
async fn a_slow_body_is_given_up_and_one_without_the_secret_not_even_waited_for() {
    let web = Web::with(hasty()).await;
    let (path, secret) = open(&web, false);
    let slow = "Content-Length: 100\r\n\r\n{\"a\":";
    assert_eq!(status(&web.raw(&post(&path, &secret, slow)).await), 408);
    let patient = Web::new().await;
    let (path, _) = open(&patient, false);
    let request = post(&path, "wrong", slow);
    let refused = tokio::time::timeout(Duration::from_secs(5), patient.raw(&request));
    assert_eq!(status(&refused.await.unwrap()), 403);
}

#[tokio::test]
async fn what_is_too_much_at_once_is_shed_and_other_kinds_are_served() {
    let web = Web::with(Limits { at_once: 1, ..Limits::default() }).await;
    let (path, secret) = open(&web, true);
    let body = "Content-Length: 2\r\n\r\n{}";
    let mut first = web.connect().await;
    first.write_all(post(&path, &secret, body).as_bytes()).await.unwrap();
    let request = post(&path, &secret, body);
    // Until the first is at work, the second is the one that stands still.
    let shed = async {
        loop {
            let second = tokio::time::timeout(Duration::from_millis(200), web.raw(&request));
            if let Ok(answer) = second.await {
                return answer;
            }
        }
    };
    let shed = tokio::time::timeout(Duration::from_secs(5), shed).await.unwrap();
    assert_eq!(status(&shed), 503);
    assert_eq!(status(&web.raw(&get("/healthz")).await), 200);
}

#[tokio::test]
async fn whoever_sends_slowly_is_given_up() {
    let web = Web::with(hasty()).await;
    for part in [
        "",
        "GET /healthz HT",
        "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", // a connection left idle after its answer
    ] {
        let mut socket = web.connect().await;
        socket.write_all(part.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let read = tokio::time::timeout(Duration::from_secs(5), socket.read_to_end(&mut answer));
        assert!(read.await.is_ok(), "{part:?} is still connected");
    }
    assert_eq!(status(&web.raw(&get("/healthz")).await), 200);
}

#[tokio::test]
async fn slow_people_in_all_seats_make_others_wait_only_for_a_while() {
    let web = Web::with(Limits { connections: 4, ..hasty() }).await;
    let mut slow = Vec::new();
    for _ in 0..8 {
        let mut socket = web.connect().await;
        socket.write_all(b"GET /healthz HT").await.unwrap();
        slow.push(socket);
    }
    let answer = tokio::time::timeout(Duration::from_secs(5), web.raw(&get("/healthz"))).await.unwrap();
    assert_eq!(status(&answer), 200);
}

#[tokio::test]
async fn heads_that_make_no_sense_are_refused() {
    let web = Web::new().await;
    for request in [
        "\0\0\0\0\r\n\r\n".to_string(),
        "GET\r\n\r\n".to_string(),
        format!("GET /healthz HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "y".repeat(100_000)),
        format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "y".repeat(100_000)),
        format!("GET /healthz HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(500)),
        "POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n"
            .to_string(),
    ] {
        let answer = tokio::time::timeout(Duration::from_secs(11), web.raw(&request)).await.unwrap();
        assert!((400..500).contains(&status(&answer)), "{:?}: {answer}", &request[..request.len().min(60)]);
    }
    assert_eq!(status(&web.raw(&get("/healthz")).await), 200);
}

#[tokio::test]
async fn the_server_ends_with_the_program_whoever_is_connected() {
    let web = Web::with(hasty()).await;
    let mut idle = web.connect().await;
    idle.write_all(b"GET /heal").await.unwrap();
    tokio::time::timeout(Duration::from_secs(5), web.stop()).await.unwrap();
}
