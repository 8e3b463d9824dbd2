//! The article as prose with its marks.

use super::safe::escaped;
use super::strip::{colours, letter};
use super::utf16::Utf16;
use crate::mark::{Attribution, Layer};
use crate::report::annotate::{Pen, Role, WORDS, draw};
use crate::report::page::ranks;
use crate::score::Scored;
use crate::text::{Block, BlockKind};
use askama::filters::HtmlSafe;
use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter, Write};

/// Markup that [`annotated`] made.
pub(super) struct Annotated(String);

impl Display for Annotated {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Annotated {}

/// The blocks of the article. Text under the same marks is one element: `class` tells the marks, `data-n` the statement, `data-w`
/// what single words are, `data-o` of a block where it begins.
pub(super) fn annotated(scored: &Scored<'_>, ruler: &Utf16) -> Annotated {
    let names = scored.marks.speakers.iter().map(|s| s.name.as_str());
    let letters = names.zip(ranks(scored)).map(|(name, rank)| (name, letter(rank))).collect();
    let mut ink = Ink {
        scored,
        ruler,
        colours: colours(scored),
        letters,
        out: String::with_capacity(scored.document.text.len() * 3),
        open: Vec::new(),
        numbered: vec![false; scored.marks.attributions.len() + 1],
        tag: "p",
    };
    draw(scored, &mut ink);
    Annotated(ink.out)
}

struct Ink<'s, 'a> {
    scored: &'s Scored<'a>,
    ruler: &'s Utf16,
    colours: BTreeMap<&'s str, String>,
    letters: BTreeMap<&'s str, &'static str>,
    out: String,
    open: Vec<Role>,
    /// Statements whose number stands in the text already.
    numbered: Vec<bool>,
    tag: &'static str,
}

fn tag(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Headline | BlockKind::Heading => "h3",
        BlockKind::Blockquote => "blockquote",
        _ => "p",
    }
}

impl Ink<'_, '_> {
    fn write(&mut self, markup: fmt::Arguments<'_>) {
        // Writing into a String cannot fail.
        let _always_ok = self.out.write_fmt(markup);
    }

    fn attribution(&self, number: usize) -> Option<&Attribution> {
        self.scored.marks.attributions.get(number.checked_sub(1)?)
    }

    fn class_of(&self, number: usize) -> &str {
        let speaker = self.attribution(number).and_then(Attribution::speaker);
        speaker.and_then(|name| self.colours.get(name)).map_or("su", String::as_str)
    }

    /// The number of a statement where it begins: a note that tells of it.
    fn note(&mut self, number: usize) {
        if std::mem::replace(&mut self.numbered[number], true) {
            return;
        }
        let speaker = self.attribution(number).and_then(Attribution::speaker);
        let letter = speaker.and_then(|name| self.letters.get(name)).copied().unwrap_or("");
        let class = self.class_of(number).to_owned();
        self.write(format_args!(
            "<button type=\"button\" class=\"n {class}\" data-n=\"{number}\" aria-describedby=\"st-{number}\">{letter}{number}</button>"
        ));
    }

    /// Classes, statement, and what is said of single words.
    fn seen(&self) -> (String, Option<usize>, String) {
        let mut classes: Vec<&str> = Vec::new();
        let (mut statement, mut words) = (None, String::new());
        let marks = &self.scored.marks;
        let mut tell = |told: &str| {
            if !words.is_empty() {
                words.push_str("; ");
            }
            words.push_str(told);
        };
        for role in &self.open {
            match *role {
                Role::Content(n) => {
                    statement = Some(n);
                    classes.push("q");
                }
                Role::Source(n) => {
                    statement = Some(n);
                    classes.push("src");
                }
                Role::Cue(n) => {
                    statement = Some(n);
                    classes.push("cue");
                }
                Role::Word(layer, at) => {
                    let class = match layer {
                        Layer::Hedge => "h",
                        Layer::Booster => "bo",
                        _ => "l",
                    };
                    classes.push(class);
                    let name = WORDS.iter().find(|w| w.0 == layer).map_or("", |w| w.1);
                    let mark = &marks.layer(layer)[at];
                    let voice = if mark.own_voice { "own voice" } else { "somebody's words" };
                    tell(&format!("{name}: {}, {voice}", mark.class));
                }
                Role::Target(target, at) => {
                    let target = &marks.targets[target];
                    let mention = &target.mentions[at];
                    classes.extend(["t", mention.polarity.class()]);
                    let voice = match (&mention.speaker, mention.own_voice) {
                        (_, true) => "in own voice".to_owned(),
                        (Some(name), false) => format!("as {name} speaks"),
                        (None, false) => "as others speak".to_owned(),
                    };
                    let (stance, role) = (mention.polarity.class(), mention.role.class());
                    tell(&format!("{}: {stance}, {role}, {voice}", target.name));
                }
            }
        }
        classes.extend(statement.map(|n| self.class_of(n)));
        (classes.join(" "), statement, words)
    }
}

impl Pen for Ink<'_, '_> {
    fn begin(&mut self, block: &Block) {
        self.tag = tag(block.kind);
        let class = if block.is_prose() { "b" } else { "b aside" };
        let (tag, at) = (self.tag, self.ruler.tell(block.span.start));
        self.write(format_args!("<{tag} class=\"{class}\" data-o=\"{at}\">"));
        if !block.is_prose() {
            self.write(format_args!("<span class=\"why\">{}</span> ", block.reason));
        }
    }

    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let (classes, statement, words) = self.seen();
        if classes.is_empty() {
            let _always_ok = escaped(text, &mut self.out);
            return;
        }
        self.write(format_args!("<span class=\"{classes}\""));
        if let Some(number) = statement {
            self.write(format_args!(" data-n=\"{number}\""));
        }
        if !words.is_empty() {
            self.out.push_str(" data-w=\"");
            let mut told = String::new();
            let _always_ok = escaped(&super::attribute(&words), &mut told);
            self.out.push_str(&told);
            self.out.push('"');
        }
        self.out.push('>');
        let _always_ok = escaped(text, &mut self.out);
        self.out.push_str("</span>");
    }

    fn open(&mut self, role: Role) {
        if let Role::Content(number) = role {
            self.note(number);
        }
        self.open.push(role);
    }

    fn close(&mut self, role: Role) {
        if let Some(at) = self.open.iter().rposition(|open| *open == role) {
            self.open.remove(at);
        }
    }

    fn end(&mut self) {
        let tag = self.tag;
        self.write(format_args!("</{tag}>\n"));
    }
}
