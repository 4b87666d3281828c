//! All words an official may use, folded once and looked up often.

use crate::domain::field::FieldId;
use crate::domain::figure::{CONTROLS, Control, FIGURES, Figure, Indicator, IndicatorId, Measure, Subject};

use super::fold::fold;
use super::lex::{Kind, Token, lex};
use super::near::{LETTERS_MIN, is_near};
use super::number::{COUNT_MAX, MONEY_MAX};
use super::phrases::Phrases;

/// A field of the catalogue as it may be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldWords {
    pub id: FieldId,
    pub code: String,
    pub name: String,
    pub aliases: Vec<String>,
    /// Enabled in the unit, or held by one of its officials.
    pub in_use: bool,
}

/// What a text begins with, as far as fields go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldMatch<'a> {
    Found {
        id: FieldId,
        /// What was typed, where it was only near.
        near: Option<&'a str>,
        rest: &'a str,
    },
    /// In the catalogue, not in use in the unit.
    NotInUse {
        id: FieldId,
        word: &'a str,
        rest: &'a str,
    },
    Unknown,
}

/// The words of one unit: fields, figures, controls, indicators.
///
/// Built when catalogue or fields change; a look-up costs some hundred nanoseconds.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    fields: Vec<Field>,
    field_names: Phrases<usize>,
    names: Phrases<Name>,
    specials: Phrases<Special>,
    indicators: Vec<IndicatorWord>,
    money_words: Vec<String>,
}

#[derive(Clone, Debug)]
struct Field {
    id: FieldId,
    /// Folded code, as corrected lines write it.
    code: String,
    in_use: bool,
    /// Folded forms without spaces, for nearness.
    forms: Vec<String>,
}

#[derive(Clone, Debug)]
struct IndicatorWord {
    id: IndicatorId,
    word: String,
    measure: Measure,
}

/// What a figure word names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Figure(Figure),
    Control(Control),
    /// Place in [`Vocabulary`]'s own list.
    Indicator(usize),
}

/// Phrases that are no figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Special {
    Zero,
    Rest,
    /// `tt`: online or direct?
    Ambiguous,
}

/// `bản in` forms of figures besides the words of SPEC §4: as the echo prints them.
const PRINTED: [(&str, Figure); 1] = [("rut/tra lai", Figure::Withdrawn)];

const SPECIALS: [(&str, Special); 10] = [
    ("khong", Special::Zero),
    ("ko", Special::Zero),
    ("khong co", Special::Zero),
    ("khong phat sinh", Special::Zero),
    ("ko phat sinh", Special::Zero),
    ("khong phat sinh ho so", Special::Zero),
    ("khac khong", Special::Rest),
    ("khac ko", Special::Rest),
    ("khac khong phat sinh", Special::Rest),
    ("tt", Special::Ambiguous),
];

impl Vocabulary {
    /// Folds and sorts all words. Of two equal words the first in the catalogue wins; a
    /// figure word wins over an indicator's.
    pub fn new(fields: &[FieldWords], indicators: &[Indicator]) -> Self {
        let mut this = Vocabulary {
            fields: Vec::new(),
            field_names: Phrases::new(),
            names: Phrases::new(),
            specials: Phrases::new(),
            indicators: Vec::new(),
            money_words: Vec::new(),
        };
        for (phrase, special) in SPECIALS {
            this.specials.add_spaced_or_not(phrase, special);
        }
        for row in &FIGURES {
            row.words.iter().for_each(|w| this.names.add_spaced_or_not(w, Name::Figure(row.figure)));
        }
        PRINTED.iter().for_each(|(phrase, figure)| this.names.add(phrase, Name::Figure(*figure)));
        for (control, _, words) in &CONTROLS {
            words.iter().for_each(|w| this.names.add_spaced_or_not(w, Name::Control(*control)));
        }
        indicators.iter().for_each(|i| this.add_indicator(i));
        // Codes first, so that no alias or name takes another field's code.
        fields.iter().enumerate().for_each(|(i, f)| this.field_names.add(&f.code, i));
        fields.iter().for_each(|f| this.add_field(f));
        this
    }

    fn add_indicator(&mut self, indicator: &Indicator) {
        let name = Name::Indicator(self.indicators.len());
        let words = || indicator.words.iter().chain([&indicator.name]);
        words().for_each(|w| self.names.add_spaced_or_not(w, name));
        if indicator.measure == Measure::Money {
            self.money_words.extend(words().map(|w| fold(w)));
        }
        let word = indicator.words.first().unwrap_or(&indicator.name);
        self.indicators.push(IndicatorWord { id: indicator.id, word: fold(word), measure: indicator.measure });
    }

    fn add_field(&mut self, field: &FieldWords) {
        let place = self.fields.len();
        let called = || [&field.code, &field.name].into_iter().chain(&field.aliases);
        for form in called() {
            self.field_names.add_spaced_or_not(form, place);
        }
        let forms = called().map(|f| joined(&lex(f))).collect();
        self.fields.push(Field { id: field.id, code: fold(&field.code), in_use: field.in_use, forms });
    }

    /// The field a text begins with, exactly or by one slip, as `/tonghop` and `/tondau`
    /// take it.
    pub fn find_field<'a>(&self, text: &'a str) -> FieldMatch<'a> {
        let tokens = lex(text);
        let (place, taken, near) = match self.field_at(&tokens) {
            Some((place, taken)) => (place, taken, false),
            None => match self.near_field(&tokens)[..] {
                [(place, taken)] => (place, taken, true),
                _ => return FieldMatch::Unknown,
            },
        };
        let word = &text[tokens[0].at..tokens[taken - 1].end()];
        let rest = tokens.get(taken).map_or("", |t| text[t.at..].trim_end());
        let id = self.fields[place].id;
        if self.fields[place].in_use {
            FieldMatch::Found { id, near: near.then_some(word), rest }
        } else {
            FieldMatch::NotInUse { id, word, rest }
        }
    }

    /// The code of a field as corrected lines write it: folded, `dd` for `ĐĐ`.
    pub fn code_word(&self, id: FieldId) -> Option<&str> {
        self.fields.iter().find(|f| f.id == id).map(|f| f.code.as_str())
    }

    /// The word of a figure or indicator as corrected lines write it: `ol`, `phi`.
    pub fn subject_word(&self, subject: Subject) -> Option<&str> {
        match subject {
            Subject::Figure(figure) => Some(figure.word()),
            Subject::Indicator(id) => self.indicators.iter().find(|i| i.id == id).map(|i| i.word.as_str()),
        }
    }

    /// Folded words behind which a long number is money, for [`super::privacy::mask`].
    pub fn money_words(&self) -> &[String] {
        &self.money_words
    }

    /// The field that `tokens` begin with, exactly, in use or not.
    pub(super) fn field_at(&self, tokens: &[Token]) -> Option<(usize, usize)> {
        self.field_names.longest(tokens)
    }

    /// Fields in use that are one slip away from how `tokens` begin: the longest stretch of
    /// words that is near any, and all fields it is near to.
    pub(super) fn near_field(&self, tokens: &[Token]) -> Vec<(usize, usize)> {
        let words = tokens.iter().take(12).take_while(|t| t.kind == Kind::Word).count();
        for taken in (1..=words).rev() {
            let typed = joined(&tokens[..taken]);
            if typed.len() < LETTERS_MIN {
                break;
            }
            let near: Vec<_> = self.fields_near(&typed).map(|place| (place, taken)).collect();
            if !near.is_empty() {
                return near;
            }
        }
        Vec::new()
    }

    /// Fields in use with a form one slip away.
    pub(super) fn fields_near<'v>(&'v self, typed: &'v str) -> impl Iterator<Item = usize> + 'v {
        let near = |f: &&Field| f.in_use && f.forms.iter().any(|form| is_near(typed, form));
        self.fields.iter().enumerate().filter(move |(_, f)| near(f)).map(|(place, _)| place)
    }

    pub(super) fn is_indicator(&self, name: Name) -> bool {
        matches!(name, Name::Indicator(_))
    }

    pub(super) fn field_id(&self, place: usize) -> FieldId {
        self.fields[place].id
    }

    pub(super) fn field_code(&self, place: usize) -> &str {
        &self.fields[place].code
    }

    pub(super) fn in_use(&self, place: usize) -> bool {
        self.fields[place].in_use
    }

    pub(super) fn name_at(&self, tokens: &[Token]) -> Option<(Name, usize)> {
        self.names.longest(tokens)
    }

    pub(super) fn special_at(&self, tokens: &[Token]) -> Option<(Special, usize)> {
        self.specials.longest(tokens)
    }

    /// Figure words one slip away from a typed word of four letters or more, both without
    /// inner spaces.
    pub(super) fn names_near(&self, typed: &str) -> Vec<Name> {
        let mut near = Vec::new();
        if typed.chars().count() >= LETTERS_MIN {
            let figures = FIGURES.iter().flat_map(|r| r.words.iter().map(|w| (*w, Name::Figure(r.figure))));
            let controls = CONTROLS.iter().flat_map(|(c, _, words)| words.iter().map(|w| (*w, Name::Control(*c))));
            let others = self.indicators.iter().enumerate().map(|(i, w)| (w.word.as_str(), Name::Indicator(i)));
            for (word, name) in figures.chain(controls).chain(others) {
                if word.len() >= 3 && is_near(typed, &word.replace(' ', "")) && !near.contains(&name) {
                    near.push(name);
                }
            }
        }
        near
    }

    /// The word that corrected lines use.
    pub(super) fn word_of(&self, name: Name) -> &str {
        match name {
            Name::Figure(figure) => figure.word(),
            Name::Control(control) => CONTROLS.iter().find(|(c, ..)| *c == control).map_or("", |(.., words)| words[0]),
            Name::Indicator(i) => &self.indicators[i].word,
        }
    }

    /// The largest value a day may have.
    pub(super) fn limit_of(&self, name: Name) -> i64 {
        match name {
            Name::Indicator(i) if self.indicators[i].measure == Measure::Money => MONEY_MAX,
            _ => COUNT_MAX,
        }
    }

    /// What is stored under a name; `None` for a control.
    pub(super) fn subject_of(&self, name: Name) -> Option<Subject> {
        match name {
            Name::Figure(figure) => Some(Subject::Figure(figure)),
            Name::Indicator(i) => Some(Subject::Indicator(self.indicators[i].id)),
            Name::Control(_) => None,
        }
    }
}

/// Folded words without spaces and signs: `Dân số, trẻ em` → `dansotreem`.
pub(super) fn joined(tokens: &[Token]) -> String {
    tokens.iter().map(|t| t.word.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(id: i64, code: &str, name: &str, in_use: bool) -> FieldWords {
        FieldWords { id: FieldId(id), code: code.into(), name: name.into(), aliases: vec![], in_use }
    }

    fn check(text: &str, expected: FieldMatch) {
        let fields = [
            field(1, "HT", "Hộ tịch", true),
            field(2, "ĐĐ", "Đất đai", true),
            field(3, "PCTN", "Phòng, chống tham nhũng", false),
            field(4, "PCTT", "Phòng, chống thiên tai", true),
        ];
        let vocabulary = Vocabulary::new(&fields, &[]);
        assert_eq!(vocabulary.find_field(text), expected, "{text}");
    }

    fn found<'a>(id: i64, near: Option<&'a str>, rest: &'a str) -> FieldMatch<'a> {
        FieldMatch::Found { id: FieldId(id), near, rest }
    }

    #[test]
    fn a_command_finds_its_field_by_code_name_keys_or_one_slip() {
        check("ht", found(1, None, ""));
        check("hộ tịch 3 qh 1", found(1, None, "3 qh 1"));
        check("hotich 3", found(1, None, "3"));
        check("ho tic 3", found(1, Some("ho tic"), "3"));
        check("đ 11/2026", found(2, None, "11/2026"));
        check("PHÒNG CHỐNG THIÊN TAI", found(4, None, ""));
        let word = "phòng, chống tham nhũng";
        check(word, FieldMatch::NotInUse { id: FieldId(3), word, rest: "" });
        check("xyz", FieldMatch::Unknown);
        check("11/2026", FieldMatch::Unknown);
        check("", FieldMatch::Unknown);
    }
}
