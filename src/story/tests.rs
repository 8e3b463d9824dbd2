use super::*;
use crate::article::Article;
use crate::score::{Options, Scorer};
use std::sync::LazyLock;

static SCORER: LazyLock<Scorer> = LazyLock::new(|| {
    let mut scorer = Scorer::builtin().expect("the built-in models hold");
    scorer.options = Options { min_words: 0, ..Options::default() };
    scorer
});

fn item(id: &str, outlet: &str, date: &str, text: &str) -> Item {
    let given = |field: &str| (!field.is_empty()).then(|| field.to_owned());
    Item::of(&SCORER.score(&Article {
        outlet: given(outlet),
        date: given(date),
        ..Article::from_text(id, text)
    }))
}

const QUAY: &str = "The harbour board of Lysevik met on Monday to discuss the northern quay, which has been closed since the storm in March. \
    Work on the sea wall will begin once the tide tables for the spring have been published by the coastal office. \
    Two of the three cranes were lost and the third stands idle for want of spare parts from the maker. \
    Fishing boats land their catch at the old slip in the meantime, an hour farther from the road.\n\n";

#[test]
fn a_copy_with_additions_is_found_and_the_earlier_one_is_first() {
    let longer = format!(
        "{QUAY}The mayor of Lysevik has spent his summer on a yacht that nobody can afford.\n\nReaders will draw their own conclusions from that."
    );
    let items = [
        item("b", "Lysevik Post", "2026-04-03", &longer),
        item("a", "Norwire", "2026-04-02", QUAY),
        item(
            "c",
            "Inland Times",
            "2026-04-02",
            "The price of barley fell again in every market of the inland counties this week.",
        ),
    ];
    let story = Story::of(&items);
    let [group] = &story.copies[..] else { panic!("{:?}", story.copies) };
    assert_eq!(group.articles.iter().map(|c| c.article).collect::<Vec<_>>(), [1, 0]);
    assert!(
        group.dated && group.articles[1].is_whole() && group.articles[1].containment > 0.9,
        "{group:?}"
    );
}

#[test]
fn articles_that_quote_the_same_words_are_no_copies() {
    let speech = "“We shall rebuild the northern quay before the herring come, and we shall do it with our own hands, and whoever says that the \
        town cannot pay for a wall has never stood on it in a winter storm and seen what the sea takes when it is let in,”";
    let items = [
        item(
            "a",
            "A",
            "",
            &format!(
                "{speech} the harbour master, Signe Aldal, told the council on Monday evening after a long debate."
            ),
        ),
        item(
            "b",
            "B",
            "",
            &format!("Few had expected such a speech. {speech} Signe Aldal said, and sat down."),
        ),
    ];
    let story = Story::of(&items);
    assert_eq!(story.copies, []);
    let [claim] = &story.claims[..] else { panic!("{:?}", story.claims) };
    assert_eq!(
        (claim.likeness, claim.outlets, claim.independent, claim.dated),
        (Likeness::SameWords, 2, 2, false)
    );
}

#[test]
fn a_statement_in_two_translations_is_one_claim() {
    let items = [
        item(
            "a",
            "A",
            "2026-04-02",
            "Harbour spokesman Mikkel Thorsen told reporters that the rumours about a sale of the northern quay to a cruise line were “silly and groundless inventions”.",
        ),
        item(
            "b",
            "B",
            "2026-04-03",
            "Tales that the town sells its northern quay to some cruise line are “silly and baseless fiction”, said spokesman Mikkel Thorsen.",
        ),
        item(
            "c",
            "C",
            "2026-04-01",
            "The weather in Lysevik will stay dry until Friday, the coastal office said.",
        ),
    ];
    let story = Story::of(&items);
    let [claim] = &story.claims[..] else { panic!("{:?}", story.claims) };
    assert_eq!(
        (claim.likeness, claim.speaker.as_deref(), claim.dated),
        (Likeness::Reworded, Some("Mikkel Thorsen"), true)
    );
    assert_eq!(claim.occurrences.iter().map(|o| o.article).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn copies_and_a_medium_in_between_do_not_corroborate() {
    let said = "“The third crane will never lift a net again,” engineer Paula Reyes said.";
    let items = [
        item("a", "Norwire", "2026-04-02", &format!("{QUAY}{said}")),
        item("b", "Lysevik Post", "2026-04-03", &format!("{QUAY}{said}")),
        item("c", "Inland Times", "2026-04-03", said),
    ];
    let story = Story::of(&items);
    let claim =
        story.claims.iter().find(|c| c.speaker.as_deref() == Some("Paula Reyes")).expect("found");
    assert_eq!((claim.outlets, claim.independent), (3, 2));
}

#[test]
fn a_designation_relates_statements_of_different_speakers() {
    let items = [
        item(
            "a",
            "A",
            "",
            "The ministry said it would fit the K-41 patrol boats with new engines before the winter.",
        ),
        item(
            "b",
            "B",
            "",
            "Admiral Jonas Reik said: “Many of the K-41 boats could be given engines at our own yards.”",
        ),
        item("c", "C", "", "Farmers said that the barley was late."),
        item("d", "D", "", "The union said that wages were too low."),
    ];
    let story = Story::of(&items);
    assert_eq!(story.claims, []);
    let [relation] = &story.related[..] else { panic!("{:?}", story.related) };
    assert!(relation.shared.iter().any(|word| word == "K-41"), "{relation:?}");
}

#[test]
fn nothing_in_common_and_nothing_at_all() {
    assert_eq!(Story::of(&[]).claims, []);
    let story = Story::of(&[item("a", "", "", ""), item("b", "", "", "“”…")]);
    assert!(story.copies.is_empty() && story.claims.is_empty() && story.related.is_empty());
}

#[test]
fn one_sentence_of_a_long_quotation_is_enough_to_relate() {
    let long = "Admiral Jonas Reik told the council: “Many of the K-41 boats are laid up at our own yards. They were built by our fathers and they \
        have never failed a crew in any winter that I remember.\n\n“Whoever wants to sell them abroad should first ask the widows of the harbour \
        what a safe return is worth, and should ask the owners of the slipways, the welders and the pilots too.”";
    let items = [
        item(
            "a",
            "A",
            "",
            "The ministry said it would fit the K-41 patrol boats with new engines before the winter.",
        ),
        item("b", "B", "", long),
        item("c", "C", "", "Farmers said that the barley was late."),
        item("d", "D", "", "The union said that wages were too low."),
    ];
    assert!(items[1].statements.iter().any(|s| s.context.len() > 2), "{:?}", items[1].statements);
    let story = Story::of(&items);
    assert!(
        story.related.iter().any(|r| r.shared.iter().any(|word| word == "K-41")),
        "{:?}",
        story.related
    );
}

#[test]
fn a_plain_word_in_capitals_is_no_designation() {
    let items = [
        item("a", "A", "", "“LOOK at our CLAIM again,” chairman Ivo Marr told the members."),
        item("b", "B", "", "The insurer said that it would look at any claim by Friday."),
        item("c", "C", "", "Farmers said that the barley was late."),
        item("d", "D", "", "The mayor said that wages were too low."),
    ];
    assert_eq!(Story::of(&items).related, []);
}

#[test]
fn nobody_with_a_name_speaks_for_a_crowd() {
    let items = [
        item(
            "a",
            "A",
            "",
            "Analysts said that Mayor Ivo Marr would find it hard to refuse a sale of the northern quay to a cruise line.",
        ),
        item(
            "b",
            "B",
            "",
            "Mayor Ivo Marr said that no cruise line would come to own the northern quay by a sale.",
        ),
    ];
    let speakers: Vec<Option<&str>> =
        items.iter().map(|i| i.statements[0].speaker.as_deref()).collect();
    assert_eq!(speakers, [Some("Analysts"), Some("Ivo Marr")]);
    assert_eq!(Story::of(&items).claims, []);
}

#[test]
fn a_third_article_joins_no_two_speakers() {
    let items = [
        item(
            "a",
            "A",
            "",
            "Mayor Ivo Marr said that rumours of a sale of the northern quay to a cruise line were groundless.",
        ),
        item(
            "b",
            "B",
            "",
            "The town hall said after talks with Ivo Marr and Paula Reyes that tales of the quay's sale to a cruise line were groundless rumours.",
        ),
        item(
            "c",
            "C",
            "",
            "Engineer Paula Reyes said that the northern quay's sale to some cruise line was a groundless rumour.",
        ),
    ];
    let story = Story::of(&items);
    assert!(!story.claims.is_empty(), "{:?}", story.related);
    for claim in &story.claims {
        let named: Vec<&str> = claim
            .occurrences
            .iter()
            .filter_map(|o| items[o.article].statements[o.statement].speaker.as_deref())
            .collect();
        assert!(!(named.contains(&"Ivo Marr") && named.contains(&"Paula Reyes")), "{named:?}");
    }
}

#[test]
fn a_claim_is_whose_most_articles_say() {
    let said = "“The third crane will never lift a net again, and nobody on the board will say so”";
    let items = [
        item("a", "A", "", &format!("{said}, engineer Paula Reyes said.")),
        item("b", "B", "", &format!("{said}, Paula Reyes said on Monday.")),
        item("c", "C", "", &format!("{said}, harbour master Ingeborg Thorvaldsen said.")),
    ];
    let story = Story::of(&items);
    let [claim] = &story.claims[..] else { panic!("{:?}", story.claims) };
    assert_eq!((claim.speaker.as_deref(), claim.outlets), (Some("Paula Reyes"), 3));
}

#[test]
fn a_statement_cut_short_is_still_the_same() {
    let mut items = [
        item(
            "a",
            "A",
            "",
            "Harbour spokesman Mikkel Thorsen told reporters that the rumours about a sale of the northern quay to a cruise line were “silly and groundless inventions”.",
        ),
        item(
            "b",
            "B",
            "",
            "Tales that the town sells its northern quay to some cruise line are “silly and baseless fiction”, said spokesman Mikkel Thorsen.",
        ),
        item("c", "C", "", "Spokesman Mikkel Thorsen said that silly season had begun."),
    ];
    for (item, content) in
        items.iter_mut().zip(["“silly and groundless inventions”", "“silly and baseless fiction”"])
    {
        item.statements.truncate(1);
        item.statements[0].content = content.to_owned();
    }
    let story = Story::of(&items);
    let [claim] = &story.claims[..] else { panic!("{:?}", story.claims) };
    assert_eq!(claim.occurrences.iter().map(|o| o.article).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn one_interview_is_one_source() {
    let first = "The admiral, Jonas Reik, told The Coastal Review last week that the navy was building six new boats for a voyage that could begin from \
        Norby or Lysevik in March.";
    let second = "In a recent interview with the Coastal Review, Admiral Jonas Reik was more specific about the plans, stressing that the navy needed \
        time to build new boats for its voyage.";
    let other = "The admiral, Jonas Reik, told Norwire that wages in the yards were too low.";
    let of = |date: &str| {
        [
            item("a", "A", "2026-03-02", first),
            item("b", "B", date, second),
            item("c", "C", "", other),
        ]
    };
    let items = of("2026-03-05");
    let story = Story::of(&items);
    let claim = story.claims.iter().find(|c| c.listener.is_some()).expect("an interview");
    assert_eq!(
        (
            claim.listener.as_deref().map(str::to_lowercase).as_deref(),
            claim.outlets,
            claim.independent
        ),
        (Some("the coastal review"), 2, 1)
    );
    assert!(claim.occurrences.iter().all(|o| o.article < 2), "{claim:?}");
    // Months apart it may have been another one.
    let items = of("2026-09-05");
    let apart = Story::of(&items);
    assert!(
        apart.claims.iter().all(|c| c.likeness != Likeness::SameOccasion),
        "{:?}",
        apart.claims
    );
}

#[test]
fn articles_taken_over_from_one_publisher_do_not_corroborate() {
    let said = "“The third crane will never lift a net again,” engineer Paula Reyes said.";
    let items = [
        item("a", "Lysevik Post", "", &format!("{said}\n\nSource: Norwire")),
        item("b", "Norwire", "", said),
        item("c", "C", "", said),
    ];
    assert_eq!(items[0].credits, ["Norwire"]);
    let story = Story::of(&items);
    let [claim] = &story.claims[..] else { panic!("{:?}", story.claims) };
    assert_eq!((claim.outlets, claim.independent), (3, 2));
}

#[test]
fn a_quotation_without_a_speaker_is_found_where_it_has_one() {
    let items = [
        item(
            "a",
            "A",
            "",
            "“It was one bridge among four hundred of that kind,” engineer Paula Reyes said.",
        ),
        item(
            "b",
            "B",
            "",
            "What was claimed\n\n\"It was one bridge among four hundred of that kind.\"\n\nFalse: there are only ninety of them in the county.",
        ),
    ];
    assert!(items[1].statements.iter().all(|s| s.speaker.is_none()), "{:?}", items[1].statements);
    let story = Story::of(&items);
    let [claim] = &story.claims[..] else { panic!("{:?}", story.claims) };
    assert_eq!(
        (claim.speaker.as_deref(), claim.likeness, claim.occurrences.len()),
        (Some("Paula Reyes"), Likeness::SameWords, 2)
    );
}
