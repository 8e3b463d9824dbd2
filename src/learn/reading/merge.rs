//! Two readers' answers and a third's decisions, brought together article by article.

use super::answer::{Answer, Placed, read};
use super::field::{BAR, Both, Field, NONE, Values, agree, check, single};
use super::full::{Full, full};
use super::pack::{Pack, PackedArticle};
use crate::learn::error::{LearnError, Problem};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// A field of an article with what was said and decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decided {
    pub(crate) first: Option<String>,
    pub(crate) second: Option<String>,
    pub(crate) label: String,
}

/// An article whose fields are all decided.
pub(crate) struct Whole<'p> {
    pub(crate) article: &'p PackedArticle,
    /// Fields that somebody spoke of; all others are silent.
    pub(crate) fields: BTreeMap<Field, Decided>,
    /// How many read it.
    pub(crate) readers: usize,
    /// Its axes were judged, too; else only sentences and targets were asked for.
    pub(crate) judged: bool,
}

/// An article that waits for a third reader.
pub(crate) struct Open<'p> {
    pub(crate) article: &'p PackedArticle,
    /// Fields in dispute, with what `A` and `B` said.
    pub(crate) fields: BTreeMap<Field, [String; 2]>,
}

/// What became of all answers.
pub struct Merged<'p> {
    pub(crate) wholes: Vec<Whole<'p>>,
    pub(crate) open: Vec<Open<'p>>,
    pub(crate) fulls: Vec<Full<'p>>,
    /// Articles whose two lists of attributions differ, and that no third reader decided: both lists.
    pub(crate) open_fulls: Vec<(&'p PackedArticle, [Answer; 2])>,
    /// Two readers' answers on one article, for agreement.
    pub(crate) both: Vec<(&'p PackedArticle, Both)>,
}

/// Reads answers and brings them together.
///
/// # Errors
/// Every line that is no answer, with file and line; a third answer on one article; a decision on what is not in dispute.
pub fn merge<'p, 'a>(
    pack: &'p Pack,
    answers: impl IntoIterator<Item = &'a Path>,
) -> Result<Merged<'p>, LearnError> {
    let placed = read(answers, pack)?;
    let mut merged = Merged {
        wholes: Vec::new(),
        open: Vec::new(),
        fulls: Vec::new(),
        open_fulls: Vec::new(),
        both: Vec::new(),
    };
    let mut problems = Vec::new();
    for article in &pack.articles {
        let of = |test: fn(&Answer) -> bool| -> Vec<&Placed> {
            placed.iter().filter(|p| p.answer.article == article.key && test(&p.answer)).collect()
        };
        let decisions = of(|a| a.decisions.is_some());
        let readings = of(Answer::reads);
        if readings.len() != 2 {
            let idle = decisions.iter().map(|d| fault(d, "two readers' answers are needed first"));
            problems.extend(idle);
        }
        match readings.as_slice() {
            [] => {}
            [one] => merged.wholes.push(Whole::single(article, &one.answer)),
            [a, b] => merged.pair(article, [&a.answer, &b.answer], &decisions, &mut problems),
            [.., third] => problems.push(too_many(third)),
        }
        let lists = of(|a| a.attributions.is_some());
        match lists.as_slice() {
            [] => {}
            [.., fourth] if lists.len() > 3 => problems.push(too_many(fourth)),
            [a, b] if a.answer.attributions != b.answer.attributions => {
                merged.open_fulls.push((article, [a.answer.clone(), b.answer.clone()]));
            }
            [first, rest @ ..] => {
                let rest: Vec<&Answer> = rest.iter().map(|p| &p.answer).collect();
                merged.fulls.push(full(article, &first.answer, &rest));
            }
        }
    }
    if problems.is_empty() { Ok(merged) } else { Err(LearnError::Labels(problems)) }
}

fn too_many(placed: &Placed) -> Problem {
    fault(placed, "was answered by two readers already; take one of them away")
}

fn fault(placed: &Placed, message: &str) -> Problem {
    let message = format!("{}: {message}", placed.answer.article);
    Problem { file: placed.file.clone(), line: placed.line, message }
}

impl<'p> Merged<'p> {
    fn pair(
        &mut self,
        article: &'p PackedArticle,
        answers: [&Answer; 2],
        decisions: &[&Placed],
        problems: &mut Vec<Problem>,
    ) {
        let both = Both::of(answers[0], answers[1]);
        let mut whole = Whole {
            article,
            fields: BTreeMap::new(),
            readers: 2,
            judged: answers.iter().all(|a| a.judges()),
        };
        let mut open = Open { article, fields: BTreeMap::new() };
        let decided = decided(article, &both, decisions, problems);
        for (field, values) in &both.fields {
            let [first, second] = values.clone();
            let label = match (agree(field, values), decided.get(field)) {
                (true, _) if first == second => first.clone(),
                (true, _) => [first.as_str(), second.as_str()].join(BAR),
                (false, Some(label)) => label.clone(),
                (false, None) => {
                    open.fields.insert(field.clone(), sides(&article.key, values));
                    continue;
                }
            };
            let kept = Decided { first: Some(first), second: Some(second), label };
            whole.fields.insert(field.clone(), kept);
        }
        whole.mentions_of_one(answers);
        self.both.push((article, both));
        if open.fields.is_empty() {
            self.wholes.push(whole);
        } else {
            self.open.push(open);
        }
    }

    /// Pages for a third reader, `batch` articles on each: the articles and what is in dispute.
    #[must_use]
    pub fn disputes(&self, batch: usize) -> Vec<String> {
        let told = |open: &Open<'_>| {
            let mut out = open.article.page() + "DISPUTES\n";
            for (field, [a, b]) in &open.fields {
                let _infallible = writeln!(out, "{field}: A = {a}; B = {b}");
            }
            out + "\n"
        };
        let lists = |(article, lists): &(&PackedArticle, [Answer; 2])| {
            let mut out = article.page() + "ATTRIBUTIONS IN DISPUTE\n";
            let lists = sides(&article.key, lists);
            for (side, answer) in ["A", "B"].iter().zip(&lists) {
                for attribution in answer.attributions.iter().flatten() {
                    let told = serde_json::to_string(attribution).unwrap_or_default();
                    let _infallible = writeln!(out, "{side}: {told}");
                }
            }
            out + "\n"
        };
        let all: Vec<String> =
            self.open.iter().map(told).chain(self.open_fulls.iter().map(lists)).collect();
        all.chunks(batch.max(1)).map(<[String]>::concat).collect()
    }
}

/// `A` and `B`: which of them is the first reader changes from article to article, so that none is favoured.
fn sides<T: Clone>(key: &str, values: &[T; 2]) -> [T; 2] {
    let [first, second] = values.clone();
    if key.bytes().map(u32::from).sum::<u32>() % 2 == 0 { [first, second] } else { [second, first] }
}

/// What a third reader decided, with `A` and `B` replaced by what they stand for.
fn decided(
    article: &PackedArticle,
    both: &Both,
    decisions: &[&Placed],
    problems: &mut Vec<Problem>,
) -> BTreeMap<Field, String> {
    let mut out = BTreeMap::new();
    for placed in decisions {
        for (name, value) in placed.answer.decisions.iter().flatten() {
            let found = both.fields.iter().find(|(f, v)| f.to_string() == *name && !agree(f, v));
            let result = match found {
                None => Err(format!("{name} is not in dispute")),
                Some((field, values)) => {
                    let [a, b] = sides(&article.key, values);
                    let value = match value.as_str() {
                        "A" => a,
                        "B" => b,
                        other => other.to_owned(),
                    };
                    check(field, &value, article).map(|()| (field.clone(), value))
                }
            };
            match result {
                Ok((field, value)) => {
                    out.insert(field, value);
                }
                Err(message) => problems.push(fault(placed, &message)),
            }
        }
    }
    out
}

impl<'p> Whole<'p> {
    fn single(article: &'p PackedArticle, answer: &Answer) -> Self {
        let decide = |(field, value): (Field, String)| {
            (field, Decided { first: Some(value.clone()), second: None, label: value })
        };
        let fields = single(answer).into_iter().map(decide).collect();
        Whole { article, fields, readers: 1, judged: answer.judges() }
    }

    /// Targets that one reader alone named and a third kept: their stance and role are the decision, and the sentences are that
    /// reader's.
    fn mentions_of_one(&mut self, answers: [&Answer; 2]) {
        let named: Vec<(String, Decided)> = self
            .fields
            .iter()
            .filter_map(|(field, decided)| match field {
                Field::Named(target) => Some((target.clone(), decided.clone())),
                _ => None,
            })
            .collect();
        for (target, decided) in named {
            self.fields.remove(&Field::Named(target.clone()));
            let Some((stance, role)) = decided.label.split_once(' ') else { continue };
            let of = |value: &Option<String>, at: usize| {
                value
                    .as_deref()
                    .and_then(|v| v.split(' ').nth(at))
                    .filter(|v| *v != "no")
                    .map(str::to_owned)
            };
            for (field, at, label) in
                [(Field::Stance(target.clone()), 0, stance), (Field::Role(target.clone()), 1, role)]
            {
                let (first, second) = (of(&decided.first, at), of(&decided.second, at));
                self.fields.insert(field, Decided { first, second, label: label.to_owned() });
            }
            for (place, answer) in answers.iter().enumerate() {
                let values: Values = single(answer);
                for (field, label) in values {
                    if matches!(&field, Field::Mention(of, _) if *of == target) {
                        let said = |at| (at == place).then(|| label.clone());
                        let kept =
                            Decided { first: said(0), second: said(1), label: label.clone() };
                        self.fields.insert(field, kept);
                    }
                }
            }
        }
    }

    /// The decided value of a field; silent fields give what silence means.
    pub(crate) fn label(&self, field: &Field) -> &str {
        let silent = if matches!(field, Field::Hedged(_)) { "no" } else { NONE };
        self.fields.get(field).map_or(silent, |d| d.label.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    const TEXT: &str = "Venn won the vote.\n\nShe said the vile plan failed.\n\nIt rained.\n";

    fn pack() -> Pack {
        Pack::new(vec![PackedArticle::new(&Article::from_text("set/x:1", TEXT), Vec::new())])
    }

    fn run(pack: &Pack, lines: &[&str]) -> Result<(usize, String), String> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("answers.jsonl");
        let text = lines.join("\n").replace("KEY", &pack.articles[0].key);
        std::fs::write(&path, text).unwrap();
        let merged = merge(pack, [path.as_path()]).map_err(|e| e.to_string())?;
        Ok((merged.wholes.len(), merged.disputes(20).concat()))
    }

    const A: &str = r#"{"article":"KEY","reader":"a","genre":"report","tone":"mixed","sourcing":"fair","sentences":[{"n":2,"act":"speech"}],"targets":[{"target":"Venn","stance":"for","role":"praised"}]}"#;
    const B: &str = r#"{"article":"KEY","reader":"b","genre":"report","tone":"neutral","sourcing":"fair","sentences":[{"n":2,"act":"speech"},{"n":3,"hedged":true}],"targets":[]}"#;

    #[test]
    fn what_differs_is_open_until_a_third_decides() {
        let pack = pack();
        let (wholes, page) = run(&pack, &[A, B]).unwrap();
        assert_eq!(wholes, 0);
        for part in ["tone: A = ", "3.hedged: A = ", "Venn.target: A = "] {
            assert!(page.contains(part), "{part}\n{page}");
        }
        assert!(!page.contains("2.act:"), "{page}");
        let c = r#"{"article":"KEY","reader":"c","decisions":{"tone":"neutral","3.hedged":"no","Venn.target":"neutral plain"}}"#;
        let (wholes, page) = run(&pack, &[A, B, c]).unwrap();
        assert_eq!((wholes, page.as_str()), (1, ""));
    }

    #[test]
    fn a_decision_must_fit_a_dispute() {
        let pack = pack();
        for (decision, told) in [
            (r#"{"genre":"opinion"}"#, "genre is not in dispute"),
            (r#"{"tone":"angry"}"#, "tone cannot be \"angry\""),
            (r#"{"Venn.target":"plain"}"#, "Venn.target cannot be \"plain\""),
        ] {
            let line = format!(r#"{{"article":"KEY","reader":"c","decisions":{decision}}}"#);
            let error = run(&pack, &[A, B, &line]).unwrap_err();
            assert!(error.contains(told) && error.contains("answers.jsonl:3"), "{error}");
        }
        let error = run(&pack, &[A, B, &A.replace(r#""a""#, r#""d""#)]).unwrap_err();
        assert!(error.contains("two readers already"), "{error}");
    }
}
