//! `@Lan`: the colleague a lead posts for.

use super::super::day::day_at;
use super::super::fold::fold;
use super::super::lex::{Kind, Token};
use super::{Colleague, Context};

/// Words of the longest name.
const WORDS_MAX: usize = 6;

/// The colleague that `tokens` begin with: the longest stretch of words that names
/// anybody, else everything up to the first word of an entry.
pub(super) fn at(text: &str, tokens: &[Token], context: &Context) -> Option<(Colleague, usize)> {
    if tokens.first()?.kind != Kind::At {
        return None;
    }
    let words = tokens[1..].iter().take(WORDS_MAX).take_while(|t| t.kind == Kind::Word).count();
    let typed = |n: usize| if n == 0 { "" } else { &text[tokens[1].at..tokens[n].end()] };
    for n in (1..=words).rev() {
        let matches = named(typed(n), context.names);
        if !matches.is_empty() {
            return Some((Colleague { typed: typed(n).to_string(), matches }, n + 1));
        }
    }
    let n = (1..words).find(|n| is_entry(&tokens[1 + n..], context)).unwrap_or(words);
    Some((Colleague { typed: typed(n).to_string(), matches: Vec::new() }, n + 1))
}

/// Places of the names that a person is called by: the whole name, or its last words (the
/// given name stands last). A whole name beats parts of others.
pub(super) fn named(typed: &str, names: &[&str]) -> Vec<usize> {
    let typed = fold(typed);
    let folded: Vec<String> = names.iter().map(|n| fold(n)).collect();
    let places = |matches: &dyn Fn(&str) -> bool| -> Vec<usize> {
        folded.iter().enumerate().filter(|(_, n)| matches(n)).map(|(i, _)| i).collect()
    };
    let whole = places(&|name| name == typed);
    if !whole.is_empty() {
        return whole;
    }
    places(&|name| name.strip_suffix(typed.as_str()).is_some_and(|before| before.ends_with(' ')))
}

fn is_entry(tokens: &[Token], context: &Context) -> bool {
    let vocabulary = context.vocabulary;
    vocabulary.field_at(tokens).is_some()
        || vocabulary.special_at(tokens).is_some()
        || vocabulary.name_at(tokens).is_some()
        || day_at(tokens, context.today, true).is_some()
}
