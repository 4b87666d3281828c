//! `cargo run --example fake_zalo [ADDRESS] [HABIT…]`: our Zalo Bot Platform on its own, so
//! that other people's clients can judge it. See `zalo/console.rs` for what it understands.

mod zalo;

fn main() {
    let mut words = std::env::args().skip(1);
    let address = words.next().unwrap_or_else(|| "127.0.0.1:0".to_string());
    zalo::console::run(&address, zalo::console::habits(words));
}
