//! Runs of capitalised words, with titles and demonyms taken off.

use super::words::Words;
use crate::text::{BlockKind, Case, Document, Kind, Sentence, Span, Word};
use std::ops::Range;
use std::sync::LazyLock;

pub(super) struct Lists {
    pub(super) function: Vec<Word>,
    pub(super) days: Vec<Word>,
    pub(super) months: Vec<Word>,
    pub(super) titles: Vec<Word>,
    pub(super) organisations: Vec<Word>,
    pub(super) inner: Vec<Word>,
    pub(super) demonyms: Vec<Word>,
    pub(super) pronouns: Pronouns,
    pub(super) the: Word,
}

fn list(words: &str) -> Vec<Word> {
    let mut out: Vec<Word> = words.split_whitespace().map(Word::of).collect();
    out.sort_unstable();
    out
}

/// Pronouns that tell a man from a woman.
pub(super) struct Pronouns {
    /// A bit for each: most words of a text have another.
    bits: u64,
    lists: [Vec<Word>; 2],
}

impl Pronouns {
    fn new(masculine: &str, feminine: &str) -> Self {
        let lists = [list(masculine), list(feminine)];
        Pronouns {
            bits: lists.iter().flatten().fold(0, |bits, word| bits | 1 << (word.0 & 63)),
            lists,
        }
    }

    /// True for a man's, false for a woman's.
    pub(super) fn masculine(&self, word: Word) -> Option<bool> {
        if self.bits >> (word.0 & 63) & 1 == 0 {
            return None;
        }
        self.lists.iter().position(|list| holds(list, word)).map(|place| place == 0)
    }
}

pub(super) static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    function: list(
        "a an the and or but nor so yet if when while as at by for from in into of off on onto out over to up with without within about above across after against along among around \
         because before behind below beneath beside between beyond despite down during except following given inside instead like near once outside per plus regarding since than that \
         though although through throughout till toward towards under unless until upon via whether whereas i you he she it we they me him her us them my your his its our their this these those who whom whose \
         which what why where how is are was were be been being am do does did has have had having will would shall should can could may might must not no yes never ever now then there here \
         also again only just even still soon later today tomorrow yesterday tonight perhaps maybe meanwhile moreover however therefore thus hence indeed instead otherwise first second third one two three four \
         five six seven eight nine ten many much more most some any all both each every few several such other another same read see sign share more related photo image source update breaking live watch \
         according speaking asked let get got don't didn't won't can't isn't wasn't rubbish please thanks well oh",
    ),
    days: list(
        "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays january february july september october november december \
         jan feb mar apr jun jul aug sept sep oct nov dec christmas easter",
    ),
    months: list("march april may june august"),
    titles: list(
        "mr mrs ms miss dr mp prof professor president vice deputy prime minister chancellor premier secretary general sen senator rep representative congressman congresswoman gov governor mayor judge justice \
         captain capt lt lieutenant col colonel gen major sgt sergeant officer chief inspector constable commissioner director chairman chairwoman chair king queen prince princess emperor pope bishop archbishop \
         father sister brother imam rabbi sir dame lord lady baron councilman councilwoman councillor alderman attorney ambassador envoy spokesman spokeswoman spokesperson leader dictator tyrant head boss \
         commodore admiral marshal executive manager warden rector dean superintendent coach editor author actor actress singer former ex-president foreign defence defense interior finance education health transport press state st",
    ),
    organisations: list(
        "ministry office council party union bank church court agency department committee commission police army navy force forces guard museum university school college hospital institute association society club \
         company group corp corporation inc ltd llc plc holdings shipping lithium power water energy systems service services network news times post journal gazette courier herald tribune radio television tv press \
         fund foundation federation league alliance coalition movement front parliament senate assembly congress house government administration authority board bureau centre center city town village county \
         district province state states republic kingdom island islands coast river lake mountain valley bay harbour harbor port bridge street avenue road square park north south east west northern southern eastern western \
         war battle treaty act bill law award prize cup games festival day week watch street airport station works mine mines partners capital media studios records industries airlines motors foods farms labs",
    ),
    inner: list("of de van von der den da di del della el al bin ibn la le dos du & ter ten"),
    demonyms: list(
        "german french dutch swiss greek turkish israeli iraqi pakistani saudi american european russian thai czech slovak danish welsh qatari emirati kuwaiti western eastern northern southern soviet nato-led christian muslim jewish \
         catholic orthodox islamic islamist nazi republican democratic arab arabic african asian latin english scottish irish polish swedish finnish spanish british portuguese chinese japanese",
    ),
    pronouns: Pronouns::new("he him his himself", "she her hers herself"),
    the: Word::of("the"),
});

pub(super) fn holds(list: &[Word], word: Word) -> bool {
    list.binary_search(&word).is_ok()
}

/// "Ukrainian", "Polish", "Lebanese": said of something rather than naming it.
pub(super) fn is_demonym(form: &str, word: Word) -> bool {
    let ends = |e: &[&str]| form.len() > 5 && e.iter().any(|e| form.ends_with(e));
    ends(&["ian", "ish", "ese", "ean", "ovan", "ians"]) || holds(&LISTS.demonyms, word)
}

/// A run of capitalised words.
pub(super) struct Run {
    /// Tokens of the name, without titles.
    pub(super) tokens: Range<usize>,
    pub(super) span: Span,
    pub(super) sentence: usize,
    /// What stands before the name: demonym and titles.
    pub(super) role: Option<(Option<Word>, Word)>,
    pub(super) titled: bool,
    pub(super) article: bool,
    pub(super) opens: bool,
    pub(super) prose: bool,
}

/// A capitalised word that may be part of a name: whole, or the capitalised tail of two words run together ("postsBelarus").
fn capital_part(document: &Document<'_>, words: &Words, token: usize) -> Option<Span> {
    let this = &document.tokens[token];
    if this.kind != Kind::Word || matches!(this.case, Case::Lower | Case::None) {
        return None;
    }
    let form = document.form(token);
    if form.chars().count() < 2 {
        return None;
    }
    let cut = match this.case {
        Case::Capital | Case::Upper => 0,
        // "CommodoreHaaland": a title run together with a name; "McCain" stays whole.
        Case::Mixed if form.starts_with(char::is_uppercase) => inner_capital(form)
            .filter(|&at| holds(&LISTS.titles, Word::of(&form[..at])))
            .unwrap_or(0),
        Case::Mixed => form.find(char::is_uppercase)?,
        _ => return None,
    };
    let tail = &form[cut..];
    if tail.chars().count() < 2
        || tail.rsplit_once('-').is_some_and(|(_, last)| last.starts_with(char::is_lowercase))
    {
        return None;
    }
    let word = if cut == 0 { this.word } else { Word::of(tail) };
    let known = holds(&LISTS.function, word) || holds(&LISTS.days, word);
    (!known || words.is_name(token)).then(|| Span::new(this.span.from() + cut, this.span.to()))
}

/// The first capital behind a small letter.
fn inner_capital(form: &str) -> Option<usize> {
    let next = form.char_indices().skip(1);
    form.chars()
        .zip(next)
        .find(|(before, (_, c))| before.is_lowercase() && c.is_uppercase())
        .map(|(_, (at, _))| at)
}

/// Headlines in title case, and lines in capitals: capitals say nothing there.
pub(super) fn in_title_case(document: &Document<'_>, sentence: &Sentence) -> bool {
    let long =
        |t: &usize| document.tokens[*t].kind == Kind::Word && document.tokens[*t].span.len() >= 4;
    let heading = !document.blocks[sentence.block as usize].is_prose();
    let closed = sentence
        .tokens()
        .next_back()
        .is_some_and(|t| matches!(document.form(t), "." | "”" | "\"" | ";" | "…"));
    if closed && !heading {
        return false;
    }
    let (mut words, mut capital) = (0, 0);
    for token in sentence.tokens().filter(long) {
        words += 1;
        capital += usize::from(document.tokens[token].case != Case::Lower);
    }
    words >= 3 && capital * 10 > words * 6
}

pub(super) fn runs(document: &Document<'_>, words: &Words) -> Vec<Run> {
    let mut out = Vec::new();
    for (index, sentence) in document.sentences.iter().enumerate() {
        let block = &document.blocks[sentence.block as usize];
        let headline = block.kind == BlockKind::Headline;
        if !(block.is_prose() || headline) || in_title_case(document, sentence) {
            continue;
        }
        let range = sentence.tokens();
        let mut at = range.start;
        while at < range.end {
            let Some(first) = capital_part(document, words, at) else {
                at += 1;
                continue;
            };
            let mut last = at + 1;
            let mut end = last;
            while last < range.end {
                let inner = holds(&LISTS.inner, document.tokens[last].word);
                match capital_part(document, words, last) {
                    Some(_) => {
                        last += 1;
                        end = last;
                    }
                    // "Critics of the …": an opening word is tied to what follows only where it names an organisation.
                    None if inner
                        && last == end
                        && (at > range.start
                            || last > at + 1
                            || holds(&LISTS.organisations, document.tokens[at].word)) =>
                    {
                        last += 1;
                    }
                    None if document.tokens[last].word == LISTS.the && last > end => last += 1,
                    None => break,
                }
            }
            let cut = without_demonym(document, at..end, range.end);
            if let Some(run) =
                trimmed(document, words, at..cut, first, range.start).filter(|_| cut > at)
            {
                out.push(Run { sentence: index, prose: block.is_prose(), ..run });
            }
            at = end;
        }
    }
    out
}

/// End of a run without "of the Russian" before a lower-case noun.
fn without_demonym(document: &Document<'_>, run: Range<usize>, sentence_end: usize) -> usize {
    let tokens = &document.tokens;
    let noun = run.end < sentence_end
        && tokens[run.end].kind == Kind::Word
        && tokens[run.end].case == Case::Lower;
    if run.len() < 2 || !noun || !is_demonym(document.form(run.end - 1), tokens[run.end - 1].word) {
        return run.end;
    }
    let mut end = run.end - 1;
    while end > run.start
        && (holds(&LISTS.inner, tokens[end - 1].word) || tokens[end - 1].word == LISTS.the)
    {
        end -= 1;
    }
    end
}

/// Takes titles and demonyms off the front of a run, and remembers them as the role.
fn trimmed(
    document: &Document<'_>,
    words: &Words,
    run: Range<usize>,
    first: Span,
    sentence_start: usize,
) -> Option<Run> {
    let tokens = &document.tokens;
    let title = |t: usize| holds(&LISTS.titles, tokens[t].word);
    let mut start = run.start;
    if let Some(last_title) = run.clone().take(5).rev().find(|&t| title(t) && t + 1 < run.end) {
        start = last_title + 1;
    }
    let end = run.end;
    // "Sen. Marr": the full stop parts the title from the name.
    let dotted = start == run.start
        && start >= sentence_start + 2
        && document.form(start - 1) == "."
        && title(start - 2);
    let mut before = if dotted { start - 2 } else { start };
    let mut role = None;
    if dotted || (start > sentence_start && title(start - 1)) {
        if !dotted {
            before = start - 1;
        }
        let noun = tokens[before].word;
        while before > sentence_start && title(before - 1) {
            before -= 1;
        }
        let people = before
            .checked_sub(1)
            .filter(|&t| t >= sentence_start && is_demonym(document.form(t), tokens[t].word));
        role = Some((people.map(|t| tokens[t].word), noun));
        before = people.unwrap_or(before);
    }
    if start >= end {
        return None;
    }
    let single = end - start == 1;
    let word = tokens[start].word;
    let form = document.form(start);
    let lower_next = tokens.get(end).is_some_and(|t| t.kind == Kind::Word && t.case == Case::Lower);
    if single
        && (title(start)
            || role.is_none() && holds(&LISTS.months, word) && !words.is_name(start)
            || is_demonym(form, word) && (lower_next || form.ends_with("ians")))
    {
        return None;
    }
    let article = before > sentence_start && tokens[before - 1].word == LISTS.the;
    let head = if start == run.start { first } else { capital_part(document, words, start)? };
    let span = if single { head } else { head.cover(tokens[end - 1].span) };
    let opener = |t: usize| {
        t == sentence_start
            || matches!(document.form(t - 1), "“" | "\"" | "‘" | ":" | "—" | "–" | "(" | "•" | "*")
    };
    let opens = opener(start) && span.start == tokens[start].span.start;
    Some(Run {
        tokens: start..end,
        span,
        sentence: 0,
        titled: role.is_some(),
        role,
        article,
        opens,
        prose: true,
    })
}
