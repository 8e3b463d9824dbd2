//! An answer as fields with values, so that two readers can be compared, a third can decide, and agreement can be counted, all by
//! the same walk.

use super::answer::{Answer, JUDGED, TargetAnswer};
use super::pack::PackedArticle;
use std::collections::BTreeMap;
use std::fmt;

/// One thing that a reader answers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    /// The class of an axis that is judged as a whole.
    Class(&'static str),
    /// What the source of a sentence does: `none`, an act, or an act with ` part`.
    Act(usize),
    /// `yes` or `no`.
    Hedged(usize),
    /// `none`, or the words, joined by [`BAR`].
    Loaded(usize),
    /// A target that one reader alone names: `no`, or its stance and role.
    Named(String),
    /// The stance toward a target.
    Stance(String),
    /// Its role.
    Role(String),
    /// What it is made to be in a sentence: `none`, or role and voice.
    Mention(String, usize),
}

/// Between loaded words.
pub(crate) const BAR: &str = " | ";
/// Kind of the fields that tell whether a target is named at all.
pub(crate) const NAMED: &str = "target is named";
/// The value of a field that nothing was said of.
pub(crate) const NONE: &str = "none";

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Field::Class(axis) => write!(f, "{axis}"),
            Field::Act(n) => write!(f, "{n}.act"),
            Field::Hedged(n) => write!(f, "{n}.hedged"),
            Field::Loaded(n) => write!(f, "{n}.loaded"),
            Field::Named(target) => write!(f, "{target}.target"),
            Field::Stance(target) => write!(f, "{target}.stance"),
            Field::Role(target) => write!(f, "{target}.role"),
            Field::Mention(target, n) => write!(f, "{target}@{n}"),
        }
    }
}

impl Field {
    /// What kind of field it is, as tables of agreement name it.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Field::Class(axis) => axis,
            Field::Act(_) => "act of a sentence",
            Field::Hedged(_) => "sentence is hedged",
            Field::Loaded(_) => "sentence is loaded",
            Field::Named(_) => NAMED,
            Field::Stance(_) => "stance toward a target",
            Field::Role(_) => "role of a target",
            Field::Mention(..) => "target in a sentence",
        }
    }

    /// The value when a reader said nothing of it.
    fn silent(&self) -> &'static str {
        match self {
            Field::Hedged(_) | Field::Named(_) => "no",
            _ => NONE,
        }
    }
}

/// What a reader answered: only what is not silent.
pub(crate) type Values = BTreeMap<Field, String>;

/// Two readers' answers, target names brought together.
pub(crate) struct Both {
    /// Each field that one of them spoke of, with both values.
    pub(crate) fields: BTreeMap<Field, [String; 2]>,
}

impl Both {
    /// Compares two answers on one article.
    pub(crate) fn of(first: &Answer, second: &Answer) -> Self {
        let names = |a: &Answer| -> Vec<String> {
            a.targets.iter().flatten().map(|t| t.target.clone()).collect()
        };
        let (ours, theirs) = (names(first), names(second));
        let pairs = pairs(&ours, &theirs);
        // Where both mean the same target, it goes by the longer name.
        let named = |place: usize, own: &[String], pair: Option<&(usize, usize)>| match pair {
            Some(&(i, j)) if ours[i].len() >= theirs[j].len() => (ours[i].clone(), false),
            Some(&(_, j)) => (theirs[j].clone(), false),
            None => (own[place].clone(), true),
        };
        let of_ours = |i: usize| named(i, &ours, pairs.iter().find(|p| p.0 == i));
        let of_theirs = |j: usize| named(j, &theirs, pairs.iter().find(|p| p.1 == j));
        let values = [values(first, &of_ours), values(second, &of_theirs)];
        let alone = |target: &str| {
            let named = Field::Named(target.to_owned());
            values.iter().any(|v| v.contains_key(&named))
        };
        let mut fields = BTreeMap::new();
        for field in values.iter().flat_map(BTreeMap::keys) {
            // Sentences in which a target stands that only one of them named were judged once.
            if matches!(field, Field::Mention(target, _) if alone(target)) {
                continue;
            }
            let of = |values: &Values| {
                values.get(field).cloned().unwrap_or_else(|| field.silent().to_owned())
            };
            fields.insert(field.clone(), [of(&values[0]), of(&values[1])]);
        }
        Both { fields }
    }
}

/// Places of the targets that two readers both named, each at most once: equal names first.
fn pairs(ours: &[String], theirs: &[String]) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for same in [|a: &str, b: &str| a.eq_ignore_ascii_case(b), same_target] {
        for (i, a) in ours.iter().enumerate() {
            let free = |j: &usize| !pairs.iter().any(|p| p.0 == i || p.1 == *j);
            let found = (0..theirs.len()).filter(free).find(|&j| same(a, &theirs[j]));
            pairs.extend(found.map(|j| (i, j)));
        }
    }
    pairs
}

/// One reader's answer as fields; target names as they stand.
pub(crate) fn single(answer: &Answer) -> Values {
    let name = |place| answer.targets.iter().flatten().nth(place).map(|t| t.target.clone());
    values(answer, &|place| (name(place).unwrap_or_default(), false))
}

/// `named` gives for the place of a target the name that it goes by, and whether this reader alone named it.
fn values(answer: &Answer, named: &dyn Fn(usize) -> (String, bool)) -> Values {
    let mut out = Values::new();
    for axis in JUDGED {
        if let Some(class) = answer.class(axis) {
            out.insert(Field::Class(axis), class.to_owned());
        }
    }
    for tick in answer.sentences.iter().flatten() {
        if let Some(act) = &tick.act {
            let part = if tick.part { " part" } else { "" };
            out.insert(Field::Act(tick.n), format!("{act}{part}"));
        }
        if tick.hedged {
            out.insert(Field::Hedged(tick.n), "yes".to_owned());
        }
        if !tick.loaded.is_empty() {
            out.insert(Field::Loaded(tick.n), tick.loaded.join(BAR));
        }
    }
    for (place, target) in answer.targets.iter().flatten().enumerate() {
        let TargetAnswer { stance, role, .. } = target;
        let (name, alone) = named(place);
        if alone {
            out.insert(Field::Named(name.clone()), format!("{stance} {role}"));
        } else {
            out.insert(Field::Stance(name.clone()), stance.clone());
            out.insert(Field::Role(name.clone()), role.clone());
        }
        for m in &target.mentions {
            out.insert(Field::Mention(name.clone(), m.n), format!("{} {}", m.role, m.by));
        }
    }
    out
}

/// Words that tell no two names apart.
const PLAIN_IN_NAMES: &[&str] = &[
    "the",
    "a",
    "of",
    "mr",
    "mrs",
    "ms",
    "dr",
    "president",
    "sen",
    "senator",
    "rep",
    "gov",
    "prime",
];

/// Two names of one target: the words of one all in the other, titles and articles aside.
pub(crate) fn same_target(a: &str, b: &str) -> bool {
    if a.eq_ignore_ascii_case(b) {
        return true;
    }
    let words = |name: &str| -> Vec<String> {
        // "U.S." is one word, and "Russia's" the name with an ending.
        let name = name.to_lowercase().replace("'s", "").replace("’s", "").replace('.', "");
        let parts = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        parts.filter(|w| !PLAIN_IN_NAMES.contains(w)).map(str::to_owned).collect()
    };
    let (a, b) = (words(a), words(b));
    let within = |a: &[String], b: &[String]| !a.is_empty() && a.iter().all(|w| b.contains(w));
    within(&a, &b) || within(&b, &a)
}

/// Whether both values count as agreement: loaded words may differ where both find some.
pub(crate) fn agree(field: &Field, values: &[String; 2]) -> bool {
    values[0] == values[1] || matches!(field, Field::Loaded(_)) && !values.iter().any(|v| v == NONE)
}

/// A value that fits a field of an article, or why not: decisions are free text.
pub(crate) fn check(field: &Field, value: &str, article: &PackedArticle) -> Result<(), String> {
    use super::answer::{ACTS, ROLES, VOICES};
    use crate::axis::Axis;
    use crate::mark::STANCES;
    let two = |first: &[&str], second: &[&str]| {
        value.split_once(' ').is_some_and(|(a, b)| first.contains(&a) && second.contains(&b))
    };
    let fits = match field {
        Field::Class(axis) => Axis::named(axis).is_some_and(|a| a.class(value).is_some()),
        Field::Act(_) => {
            value == NONE || ACTS.contains(&value.strip_suffix(" part").unwrap_or(value))
        }
        Field::Hedged(_) => ["yes", "no"].contains(&value),
        Field::Loaded(n) => {
            let holds = |words: &str| {
                let sentence = article.sentence(*n).map_or("", |s| s.text.as_str());
                super::place::find(sentence, words, 0).is_some()
            };
            value == NONE || value.split(BAR).all(holds)
        }
        Field::Named(_) => value == "no" || two(&STANCES, &ROLES),
        Field::Stance(_) => STANCES.contains(&value),
        Field::Role(_) => ROLES.contains(&value),
        Field::Mention(..) => value == NONE || two(&ROLES[..3], &VOICES),
    };
    if fits { Ok(()) } else { Err(format!("{field} cannot be {value:?}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(text: &str) -> Answer {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn names_of_one_target_are_the_same_and_others_are_not() {
        for (a, b, same) in [
            ("Venn", "President Orla Venn", true),
            ("U.S.", "the US", true),
            ("U.S.", "U.N.", false),
            ("the president", "The President", true),
            ("Russia's army", "Russia", true),
            ("Orla Venn", "Ivo Venn", false),
        ] {
            assert_eq!(same_target(a, b), same, "{a} {b}");
        }
    }

    #[test]
    fn each_target_pairs_at_most_once_and_equal_names_first() {
        let names = |all: &[&str]| all.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
        let (ours, theirs) = (names(&["Norby protesters", "Norby"]), names(&["norby"]));
        assert_eq!(pairs(&ours, &theirs), [(1, 0)]);
        let (ours, theirs) = (names(&["Venn", "Orla Venn"]), names(&["President Venn", "Marr"]));
        assert_eq!(pairs(&ours, &theirs), [(0, 0)]);
    }

    #[test]
    fn fields_of_two_answers_stand_side_by_side() {
        let a = answer(
            r#"{"article":"k","reader":"a","tone":"mixed","sentences":[{"n":1,"act":"will","part":true},{"n":2,"loaded":["vile"]}],
            "targets":[{"target":"Venn","stance":"neutral","role":"plain","mentions":[{"n":1,"role":"victim","by":"own"}]},
                       {"target":"Dorn","stance":"for","role":"praised","mentions":[{"n":2,"role":"praised","by":"own"}]}]}"#,
        );
        let b = answer(
            r#"{"article":"k","reader":"b","tone":"mixed","sentences":[{"n":2,"hedged":true,"loaded":["vile plan"]}],
            "targets":[{"target":"Orla Venn","stance":"against","role":"plain"}]}"#,
        );
        let both = Both::of(&a, &b);
        let shown: Vec<String> = both
            .fields
            .iter()
            .map(|(f, [a, b])| {
                format!(
                    "{f}: {a} / {b}{}",
                    if agree(f, &[a.clone(), b.clone()]) { " =" } else { "" }
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                "tone: mixed / mixed =",
                "1.act: will part / none",
                "2.hedged: no / yes",
                "2.loaded: vile / vile plan =",
                "Dorn.target: for praised / no",
                "Orla Venn.stance: neutral / against",
                "Orla Venn.role: plain / plain =",
                "Orla Venn@1: victim own / none",
            ]
        );
    }
}
