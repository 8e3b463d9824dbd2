//! Transcripts and interviews: turns are direct statements of their speakers, whatever the layout.

use newsgauge::article::Article;
use newsgauge::mark::Kind;
use newsgauge::score::{Scored, Scorer};
use newsgauge::text::{BlockKind, Form};
use std::sync::LazyLock;

static SCORER: LazyLock<Scorer> = LazyLock::new(|| Scorer::builtin().expect("built in"));

/// "speaker: words" of every direct statement, in order; "?" where the text does not tell who speaks.
fn said(scored: &Scored<'_>) -> Vec<String> {
    let direct = scored.marks.attributions.iter().filter(|a| a.kind == Kind::Direct);
    let text = scored.document.text;
    let line = |a: &newsgauge::mark::Attribution| {
        let words: Vec<&str> = a.content.iter().map(|s| s.slice(text)).collect();
        format!("{}: {}", a.speaker().unwrap_or("?"), words.join(" "))
    };
    direct.map(line).collect()
}

fn reasons(scored: &Scored<'_>, kind: BlockKind) -> Vec<&'static str> {
    let aside = scored.document.blocks.iter().filter(|b| b.kind == kind);
    aside.map(|b| b.reason).filter(|r| *r != "speaker-label").collect()
}

fn check(text: &str, form: Form, expected: &[&str]) {
    let article = Article::from_text("1", text);
    let scored = SCORER.score(&article);
    assert_eq!(said(&scored), expected, "{text}");
    assert_eq!(scored.form(), form, "{text}");
}

#[test]
fn a_change_of_speaker_without_a_name_ends_the_turn() {
    let text = "\
>> ANA DORN: Good evening. The harbour board votes tonight.

>> PIA HOLM: The piles are rotten, eleven of forty.

>> What will it cost?

>> PIA HOLM: About two million crowns.

>> It is late.

>> ANA DORN: Thank you.";
    check(
        text,
        Form::Transcript,
        &[
            "Ana Dorn: Good evening. The harbour board votes tonight.",
            "Pia Holm: The piles are rotten, eleven of forty.",
            "Pia Holm: About two million crowns.",
            "Ana Dorn: Thank you.",
        ],
    );
}

#[test]
fn a_broadcast_keeps_two_of_one_surname_apart() {
    let text = "\
>> HOST: Welcome to the programme. Tonight we look at the dam.

>> PER HOLM, RIVER AUTHORITY: Thank you for having me. The dam is sound.

>> ANA HOLM, OPPOSITION LEADER: It is not sound at all. (Laughter) We have the report.

>> HOST: WHAT DOES THE REPORT SAY?

>> HOLM: It says what it says.

>> PER HOLM: That is not so.

[crosstalk]

>> HOST: We leave it there.";
    check(
        text,
        Form::Transcript,
        &[
            "Host: Welcome to the programme. Tonight we look at the dam.",
            "Per Holm: Thank you for having me. The dam is sound.",
            "Ana Holm: It is not sound at all. We have the report.",
            "Host: WHAT DOES THE REPORT SAY?",
            "?: It says what it says.",
            "Per Holm: That is not so.",
            "Host: We leave it there.",
        ],
    );
    let article = Article::from_text("1", text);
    let scored = SCORER.score(&article);
    assert_eq!(reasons(&scored, BlockKind::Boilerplate), ["stage-direction", "stage-direction"]);
    let role = |name: &str| {
        let speaker = scored.marks.speakers.iter().find(|s| s.name == name);
        speaker.and_then(|s| s.role.as_deref())
    };
    assert_eq!(role("Ana Holm"), Some("OPPOSITION LEADER"));
}

#[test]
fn a_briefing_leaves_questions_to_the_room() {
    let text = "\
SECRETARY DORN: Good afternoon, everyone. I am glad to be here.

QUESTION: Madam Secretary, was there a deal?

SECRETARY DORN: There was. [Applause.] I signed it this morning.

QUESTION: (Inaudible.)

SECRETARY DORN: I’ll take that one later.

MR. OTT: Thank you all.";
    check(
        text,
        Form::Transcript,
        &[
            "Dorn: Good afternoon, everyone. I am glad to be here.",
            "Dorn: There was. I signed it this morning.",
            "Dorn: I’ll take that one later.",
            "Ott: Thank you all.",
        ],
    );
    let article = Article::from_text("1", text);
    assert_eq!(reasons(&SCORER.score(&article), BlockKind::Question), ["question"]);
}

#[test]
fn a_debate_names_members_and_ministers() {
    check(
        "\
Mr. Ivo Marr (Ridgeton): I beg to move that the House regrets the closure of the pit.

The Minister for Mines (Ana Dorn): I thank my hon. Friend. The money is there.

It will be paid this year, and the next.

Mr. Marr: It is too late and too little.

Ms. Ott (Eastport): Will the Minister visit the valley before the summer?

Ana Dorn: I shall be delighted to do so.",
        Form::Transcript,
        &[
            "Ivo Marr: I beg to move that the House regrets the closure of the pit.",
            "Ana Dorn: I thank my hon. Friend. The money is there. It will be paid this year, and the next.",
            "Ivo Marr: It is too late and too little.",
            "Ott: Will the Minister visit the valley before the summer?",
            "Ana Dorn: I shall be delighted to do so.",
        ],
    );
}

#[test]
fn a_hearing_gives_questions_to_the_examiner() {
    check(
        "\
BY MR. HOLM:

Q.  Where were you on the night of the fire?

A.  I was at home with my wife.

THE COURT: Speak up, please.

MS. VIK: Objection, Your Honor.

THE COURT: Overruled.

Q.  Did anybody see you there?

A.  No, sir.",
        Form::Transcript,
        &[
            "Holm: Where were you on the night of the fire?",
            "?: I was at home with my wife.",
            "The Court: Speak up, please.",
            "Vik: Objection, Your Honor.",
            "The Court: Overruled.",
            "Holm: Did anybody see you there?",
            "?: No, sir.",
        ],
    );
}

#[test]
fn labels_stand_behind_times_in_brackets_and_as_initials() {
    check(
        "\
[00:00:12] Ana Dorn: Good morning, everybody, and welcome to the call.
[00:00:20] Ivo Marr: Thanks, Ana. Revenue rose by nine percent.
[00:00:31] Ana Dorn: Could you say more about the margin?
[00:00:41] Ivo Marr: It fell, as we told you it would.",
        Form::Transcript,
        &[
            "Ana Dorn: Good morning, everybody, and welcome to the call.",
            "Ivo Marr: Thanks, Ana. Revenue rose by nine percent.",
            "Ana Dorn: Could you say more about the margin?",
            "Ivo Marr: It fell, as we told you it would.",
        ],
    );
    check(
        "\
[Ana Dorn] We have to talk about the budget.
[Ivo Marr] There is nothing to talk about.
[Laughter]
[Ana Dorn] The hospital closes in May, and nobody knows why.
[Ivo Marr] It closes because it is empty.",
        Form::Transcript,
        &[
            "Ana Dorn: We have to talk about the budget.",
            "Ivo Marr: There is nothing to talk about.",
            "Ana Dorn: The hospital closes in May, and nobody knows why.",
            "Ivo Marr: It closes because it is empty.",
        ],
    );
    check(
        "\
Professor Karin Ek has studied the reef for twenty years. We met her in Eastport.

VC: Is the reef dying?

KE: Parts of it are. The north is well.

VC: What can be done?

KE: Cool the planet. There is no other way.",
        Form::Interview,
        &[
            "VC: Is the reef dying?",
            "Karin Ek: Parts of it are. The north is well.",
            "VC: What can be done?",
            "Karin Ek: Cool the planet. There is no other way.",
        ],
    );
}

#[test]
fn an_interview_gives_answers_to_whom_it_introduces() {
    let expected = &[
        "Sara Lund: In 1998, with one oven and no money at all.",
        "Sara Lund: Everything. Flour costs three times as much.",
        "Sara Lund: As long as I can stand.",
    ];
    let lead = "Sara Lund runs the bakery on the corner of Mill Street in Norby. We asked her about bread.\n\n";
    let parts = [
        ("When did you start?", "In 1998, with one oven and no money at all."),
        ("And what has changed since then?", "Everything. Flour costs three times as much."),
        ("Will you go on?", "As long as I can stand."),
    ];
    for (q, a) in [
        ("Q: ", "A: "),
        ("Q. ", "A. "),
        ("Q    ", "A    "),
        ("Question: ", "Lund: "),
        ("Interviewer: ", "Sara Lund: "),
        ("**Q:** ", "**A:** "),
        ("Q: ", ""),
    ] {
        let body: Vec<String> =
            parts.iter().map(|(ask, answer)| format!("{q}{ask}\n\n{a}{answer}")).collect();
        check(&format!("{lead}{}", body.join("\n\n")), Form::Interview, expected);
    }
    let bold: String =
        parts.iter().map(|(q, a)| format!("<p><strong>{q}</strong></p><p>{a}</p>")).collect();
    let page = format!(
        "<title>The baker</title><body><article><h1>The baker</h1><p>{}</p>{bold}</article></body>",
        lead.trim()
    );
    let article = newsgauge::read::read_page(page.as_bytes());
    let scored = SCORER.score(&article);
    assert_eq!(said(&scored), expected);
    assert_eq!(scored.form(), Form::Interview);
}

#[test]
fn lists_and_datelines_are_no_transcripts() {
    for text in [
        "The hall will be rebuilt, the council said on Monday.\n\nWhen: Work begins in May and ends in autumn.\n\nWhere: The site lies behind the mill.\n\nCost: Nine million crowns are set aside.\n\nREAD MORE: Ten halls of the coast",
        "LONDON: The bank raised its rate on Tuesday.\n\nPARIS: Trains stood still on Tuesday.\n\nROME: The state would sell its share.\n\nOSLO: A ferry ran aground in fog.",
        "Three matches are played.\n\nTeam news: All are fit.\n\nPrediction: A draw is likely.\n\nTeam news: The keeper is ill.\n\nPrediction: The hosts will win.",
        "Ingredients: Six onions and butter.\n\nMethod: Slice the onions and fry them.\n\nServes: Four people, or two who are hungry.",
        "Myth: Owls are wise birds.\n\nFact: Owls are not.\n\nMyth: Bats are blind.\n\nFact: Bats see well.",
    ] {
        let article = Article::from_text("1", text);
        let scored = SCORER.score(&article);
        assert_eq!(scored.form(), Form::Article, "{text}");
        assert!(scored.document.blocks.iter().all(|b| b.kind != BlockKind::Turn), "{text}");
    }
}

#[test]
fn lines_of_nothing_but_a_name_are_labels_when_they_come_again() {
    let expected = [
        "Ana Dorn: I beg to move that the House regrets the closure. It is a sad day.",
        "Ivo Marr: I thank the hon. Lady. The Government have done what they can.",
        "Ana Dorn: They have done nothing at all.",
        "Ivo Marr: We have paid nine million.",
    ];
    let layouts: [[&str; 2]; 3] = [
        ["Ana Dorn (Ridgeton) (Lab)", "Ivo Marr (Eastport) (Con)"],
        ["Ana Dorn  00:12", "Ivo Marr  00:20"],
        ["Ana Dorn:", "Ivo Marr:"],
    ];
    for [ana, ivo] in layouts {
        let line = |said: &str| {
            let (name, words) = said.split_once(": ").expect("a name and words");
            format!("{}\n{words}", if name == "Ana Dorn" { ana } else { ivo })
        };
        let text: Vec<String> = expected.iter().map(|said| line(said)).collect();
        check(&text.join("\n\n"), Form::Transcript, &expected);
    }
}
