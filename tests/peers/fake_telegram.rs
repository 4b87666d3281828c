//! `cargo run --example fake_telegram [ADDRESS]`: our Bot API server on its own, so that
//! other people's clients can judge it. See `telegram/console.rs` for what it understands.

mod telegram;

fn main() {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:0".to_string());
    telegram::console::run(&address, &["ht ol 9".to_string()]);
}
