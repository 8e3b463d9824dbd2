//! Names under which others keep what a column holds: exports of databases, answers of news interfaces, other tools' files.

/// The columns by their default names, each with other names of the same in the order in which they are looked for. Names
/// are folded: see [`folded`].
const USUAL: &[(&str, &[&str])] = &[
    (
        "text",
        &[
            "text",
            "body",
            "content",
            "maintext",
            "articletext",
            "articlebody",
            "fulltext",
            "bodytext",
            "contenttext",
            "textbody",
            "article",
            "storytext",
            "story",
            "plaintext",
            "cleantext",
            "cleanedtext",
            "newstext",
            "documenttext",
            "textcontent",
            "transcript",
            "rawtext",
            "bodyhtml",
            "bodyxhtml",
            "contenthtml",
            "bodies",
            "contentelements",
            "paragraphs",
        ],
    ),
    (
        "title",
        &[
            "title",
            "headline",
            "head",
            "heading",
            "hed",
            "webtitle",
            "articletitle",
            "newstitle",
            "headlines",
        ],
    ),
    (
        "outlet",
        &[
            "outlet",
            "source",
            "publisher",
            "publication",
            "newspaper",
            "newsoutlet",
            "mediaoutlet",
            "sourcename",
            "publishername",
            "publicationname",
            "sitename",
            "site",
            "medianame",
            "website",
            "sourcedomain",
            "domain",
            "provider",
        ],
    ),
    ("url", &["url", "link", "weburl", "articleurl", "permalink", "canonicalurl", "pageurl"]),
    (
        "date",
        &[
            "date",
            "publishedat",
            "datepublished",
            "publisheddate",
            "publishdate",
            "datepublish",
            "publicationdate",
            "pubdate",
            "published",
            "publishedon",
            "webpublicationdate",
            "versioncreated",
            "firstcreated",
            "seendate",
            "datetime",
            "createdat",
        ],
    ),
    (
        "byline",
        &[
            "byline",
            "author",
            "authors",
            "by",
            "authorname",
            "authornames",
            "creator",
            "writer",
            "journalist",
            "reporter",
        ],
    ),
    ("section", &["section", "sectionname", "category", "rubric", "desk"]),
    ("id", &["id", "guid", "articleid", "docid", "documentid", "uuid", "itemid"]),
];

/// Names of summaries, where there is no text.
pub(super) const TEASERS: &[&str] = &[
    "description",
    "summary",
    "leadparagraph",
    "abstract",
    "lead",
    "standfirst",
    "trailtext",
    "excerpt",
    "snippet",
    "descriptiontext",
];

/// Other names of a column, by its default name; none for a column that somebody named.
pub(super) fn usual(column: &str) -> &'static [&'static str] {
    USUAL.iter().find(|(name, _)| *name == column).map_or(&[], |(_, names)| names)
}

/// A name without capitals and without what stands between its words: "publishedAt", "Published at" and "published_at" are one.
pub(super) fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, '_' | '-' | ' ' | '.'))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded_and_belong_to_one_column() {
        let mut seen = std::collections::BTreeSet::new();
        for (column, names) in USUAL {
            assert_eq!(names.first(), Some(column));
            for name in *names {
                assert_eq!(&folded(name), name);
                assert!(seen.insert(name), "{name} names two columns");
            }
        }
        assert!(TEASERS.iter().all(|name| folded(name) == *name && !seen.contains(name)));
        assert_eq!(folded("Published At"), "publishedat");
        assert!(usual("body").is_empty() && usual("text").contains(&"maintext"));
    }
}
