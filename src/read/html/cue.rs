//! What the names of classes and ids say about an element: one table of words, each with the reason it gives.

use super::reason::Reason;
use super::tag::Tag;
use super::tree::{Id, Name, Tree};

use Reason::{
    Advertisement as Ad, Byline, Caption, Comments, CookieNotice as Cookie, Hidden, Legal,
    Navigation as Nav, RelatedLinks as Rel, Share,
};
use Reason::{Subscription as Sub, Tags, Widget};

/// Words of class names and ids, in alphabetical order. A word of several parts ("read-more", "readMore") is looked up
/// in pieces and with two neighbours joined.
const WORDS: &[(&str, Reason)] = &[
    ("ad", Ad),
    ("adbox", Ad),
    ("adcontainer", Ad),
    ("addthis", Share),
    ("addtoany", Share),
    ("ads", Ad),
    ("adsense", Ad),
    ("adslot", Ad),
    ("adunit", Ad),
    ("adv", Ad),
    ("advert", Ad),
    ("advertisement", Ad),
    ("advertisements", Ad),
    ("advertising", Ad),
    ("advertorial", Ad),
    ("adverts", Ad),
    ("adwrapper", Ad),
    ("alsolike", Rel),
    ("alsoread", Rel),
    ("articlefooter", Nav),
    ("articlemeta", Byline),
    ("articletags", Tags),
    ("author", Byline),
    ("authorbio", Byline),
    ("authorbox", Byline),
    ("authors", Byline),
    ("bio", Byline),
    ("breadcrumb", Nav),
    ("breadcrumbs", Nav),
    ("breakingnews", Rel),
    ("byline", Byline),
    ("bylines", Byline),
    ("caption", Caption),
    ("captions", Caption),
    ("carousel", Caption),
    ("cli", Cookie),
    ("cmp", Cookie),
    ("colophon", Nav),
    ("comment", Comments),
    ("commentarea", Comments),
    ("commentform", Comments),
    ("commentlist", Comments),
    ("comments", Comments),
    ("commentsection", Comments),
    ("consent", Cookie),
    ("contributor", Byline),
    ("cookie", Cookie),
    ("cookielaw", Cookie),
    ("cookies", Cookie),
    ("copyright", Legal),
    ("credit", Caption),
    ("credits", Caption),
    ("cutline", Caption),
    ("dfp", Ad),
    ("dialog", Widget),
    ("disclaimer", Legal),
    ("disqus", Comments),
    ("donate", Sub),
    ("donation", Sub),
    ("entryfooter", Nav),
    ("entrymeta", Byline),
    ("fbcomments", Comments),
    ("figcaption", Caption),
    ("followus", Share),
    ("foot", Nav),
    ("footer", Nav),
    ("gallery", Caption),
    ("gdpr", Cookie),
    ("gigya", Share),
    ("hidden", Hidden),
    ("hovercard", Widget),
    ("hyvor", Comments),
    ("imagecaption", Caption),
    ("imagecredit", Caption),
    ("infobox", Widget),
    ("interstitial", Widget),
    ("invisible", Hidden),
    ("jumpto", Nav),
    ("jwplayer", Caption),
    ("latestnews", Rel),
    ("legal", Legal),
    ("lightbox", Widget),
    ("livefyre", Comments),
    ("login", Sub),
    ("masthead", Nav),
    ("maylike", Rel),
    ("menu", Nav),
    ("meta", Byline),
    ("metadata", Byline),
    ("modal", Widget),
    ("morefrom", Rel),
    ("morenews", Rel),
    ("moreon", Rel),
    ("morestories", Rel),
    ("mostpopular", Rel),
    ("mostread", Rel),
    ("nav", Nav),
    ("navbar", Nav),
    ("navigation", Nav),
    ("newsletter", Sub),
    ("newsletters", Sub),
    ("nextarticle", Rel),
    ("nextpost", Nav),
    ("nextprev", Nav),
    ("onetrust", Cookie),
    ("optin", Sub),
    ("outbrain", Rel),
    ("overlay", Widget),
    ("pager", Nav),
    ("pagination", Nav),
    ("photocredit", Caption),
    ("player", Caption),
    ("poll", Widget),
    ("popover", Widget),
    ("popular", Rel),
    ("popup", Widget),
    ("postfooter", Nav),
    ("postmeta", Byline),
    ("postnav", Nav),
    ("posttags", Tags),
    ("previousnext", Nav),
    ("prevnext", Nav),
    ("prevpost", Nav),
    ("promo", Rel),
    ("promos", Rel),
    ("promotion", Ad),
    ("pubdate", Byline),
    ("rail", Rel),
    ("rating", Widget),
    ("ratings", Widget),
    ("readalso", Rel),
    ("readmore", Rel),
    ("readnext", Rel),
    ("recirc", Rel),
    ("recirculation", Rel),
    ("recommend", Rel),
    ("recommendation", Rel),
    ("recommendations", Rel),
    ("recommended", Rel),
    ("register", Sub),
    ("regwall", Sub),
    ("related", Rel),
    ("relatedarticles", Rel),
    ("relatedlinks", Rel),
    ("relatedposts", Rel),
    ("replies", Comments),
    ("respond", Comments),
    ("revcontent", Rel),
    ("rightcol", Rel),
    ("rightrail", Rel),
    ("rollover", Widget),
    ("screenreader", Hidden),
    ("search", Widget),
    ("searchform", Widget),
    ("seealso", Rel),
    ("seemore", Rel),
    ("share", Share),
    ("sharebar", Share),
    ("sharebuttons", Share),
    ("sharedaddy", Share),
    ("sharethis", Share),
    ("sharing", Share),
    ("sidebar", Rel),
    ("siderail", Rel),
    ("signin", Sub),
    ("signup", Sub),
    ("sitefooter", Nav),
    ("siteheader", Nav),
    ("sitemap", Nav),
    ("skip", Nav),
    ("skiplink", Nav),
    ("slideshow", Caption),
    ("social", Share),
    ("socialshare", Share),
    ("sponsor", Ad),
    ("sponsored", Ad),
    ("sponsors", Ad),
    ("sronly", Hidden),
    ("submenu", Nav),
    ("subscribe", Sub),
    ("subscription", Sub),
    ("suggested", Rel),
    ("survey", Widget),
    ("taboola", Rel),
    ("tagcloud", Tags),
    ("taglist", Tags),
    ("tags", Tags),
    ("teaser", Rel),
    ("teasers", Rel),
    ("ticker", Widget),
    ("timestamp", Byline),
    ("tools", Widget),
    ("tooltip", Widget),
    ("topbar", Nav),
    ("topics", Tags),
    ("trending", Rel),
    ("upnext", Rel),
    ("visuallyhidden", Hidden),
    ("widget", Widget),
    ("yarpp", Rel),
    ("zergnet", Rel),
];

/// Words that turn the next one round.
const DENIES: &[&str] = &["no", "not", "has", "with", "without", "label", "hide"];

fn look_up(word: &str) -> Option<Reason> {
    WORDS.binary_search_by(|(w, _)| (*w).cmp(word)).ok().map(|at| WORDS[at].1)
}

/// The words of a class attribute or id, lower case: "relatedPosts js-item" has related, posts, js, item.
pub(super) fn words(value: &str, mut each: impl FnMut(&str)) {
    let mut word = String::new();
    let mut small_before = false;
    for c in value.chars().take(400) {
        let turn = c.is_ascii_uppercase() && small_before;
        if (turn || !c.is_ascii_alphanumeric()) && !word.is_empty() {
            each(&word);
            word.clear();
        }
        if c.is_ascii_alphanumeric() {
            word.push(c.to_ascii_lowercase());
        }
        small_before = c.is_ascii_lowercase() || c.is_ascii_digit();
    }
    if !word.is_empty() {
        each(&word);
    }
}

/// What an element's tag, role and names say.
pub(super) fn cue(tree: &Tree, id: Id, tag: Tag) -> Option<Reason> {
    let by_tag = match tag {
        Tag::Nav | Tag::Footer | Tag::Menu => Some(Reason::Navigation),
        Tag::Aside => Some(Reason::RelatedLinks),
        Tag::Figcaption | Tag::Figure => Some(Reason::Caption),
        Tag::Form | Tag::Dialog => Some(Reason::Widget),
        _ => None,
    };
    if by_tag.is_some() {
        return by_tag;
    }
    let mut found = None;
    for (name, value) in tree.attributes(id) {
        match name {
            Name::Hidden => return Some(Reason::Hidden),
            Name::AriaHidden if value == "true" => return Some(Reason::Hidden),
            Name::Style if hides(value) => return Some(Reason::Hidden),
            Name::Role => match value {
                "navigation" | "banner" | "contentinfo" | "menu" | "menubar" => {
                    return Some(Reason::Navigation);
                }
                "complementary" => return Some(Reason::RelatedLinks),
                "search" | "dialog" | "alertdialog" | "toolbar" | "tooltip" => {
                    return Some(Reason::Widget);
                }
                _ => {}
            },
            Name::Class | Name::Id | Name::Kind if found.is_none() => {
                let mut before = String::new();
                words(value, |word| {
                    if found.is_none() {
                        // "no-sidebar", "label-hidden": the page around a thing, not the thing.
                        if !DENIES.contains(&before.as_str()) {
                            found = look_up(word);
                        }
                        if found.is_none() && !before.is_empty() {
                            before.push_str(word);
                            found = look_up(&before);
                        }
                        before.clear();
                        before.push_str(word);
                    }
                });
            }
            _ => {}
        }
    }
    found
}

fn hides(style: &str) -> bool {
    let folded: String = style
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(400)
        .collect::<String>()
        .to_ascii_lowercase();
    folded.contains("display:none") || folded.contains("visibility:hidden")
}

/// Names by which pages call the element that holds the article's text.
pub(super) fn names_article_text(tree: &Tree, id: Id) -> bool {
    tree.attributes(id).any(|(name, value)| match name {
        Name::Itemprop => value.eq_ignore_ascii_case("articleBody"),
        Name::Class | Name::Id | Name::Kind => {
            let mut joined = String::new();
            words(value, |w| {
                joined.push_str(w);
                joined.push(' ');
            });
            [
                "article body",
                "articlebody",
                "story body",
                "storybody",
                "entry content",
                "post content",
                "article content",
                "article text",
                "story text",
                "story content",
                "post body",
                "content body",
                "body content",
                "body copy",
                "article copy",
            ]
            .iter()
            .any(|n| {
                joined.match_indices(n).any(|(at, _)| {
                    (at == 0 || joined.as_bytes()[at - 1] == b' ')
                        && joined.as_bytes().get(at + n.len()).is_none_or(|b| *b == b' ')
                })
            })
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_in_order() {
        assert!(WORDS.is_sorted_by(|a, b| a.0 < b.0));
    }
}
