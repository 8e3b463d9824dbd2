//! EPUB: the chapters in the order in which they are read, each an article read as a page is.

use super::super::html::{Sheet, read_page};
use super::super::row::Raw;
use super::super::xml::{Step, walk};
use super::super::{Format, Options, Place, Reject, Row, Rows, Source, one};
use super::add_targets;
use super::zip::Archive;
use crate::article::Article;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// EPUB.
pub(in crate::read) const FORMAT: Format = Format {
    name: "epub",
    doc: "an EPUB: each of its chapters is an article",
    endings: &[".epub"],
    matches: |_, head| {
        head.starts_with(b"PK\x03\x04")
            && head.get(30..58) == Some(b"mimetypeapplication/epub+zip".as_slice())
    },
    read: |mut source, options| {
        let place = source.place(None, None);
        let bytes = match source.whole(options.longest()) {
            Ok(bytes) => bytes,
            Err(reject) => return one(Row::none(reject, place)),
        };
        match Archive::open(bytes) {
            Ok(archive) => chapters(archive, source, options),
            Err(reason) => one(Row::rejected(place, reason)),
        }
    },
};

/// Chapters that are read.
const MOST: usize = 10_000;

/// What an EPUB says of itself.
#[derive(Default)]
struct Package {
    /// Chapters in their order: paths within the archive.
    spine: Vec<String>,
    publisher: Option<String>,
    creator: Option<String>,
    date: Option<String>,
}

/// The rows of an EPUB.
pub(super) fn chapters(mut archive: Archive, source: Source, options: Arc<Options>) -> Rows {
    let package = match package(&mut archive, options.longest() as u64) {
        Ok(package) => Arc::new(package),
        Err(reason) => return one(Row::rejected(source.place(None, None), reason)),
    };
    let numbers = 1_u64..;
    let paths: Vec<String> = package.spine.clone();
    let rows = numbers.zip(paths).filter_map(move |(number, path)| {
        let place = source.place(Some(number), None);
        match archive.bytes(&path, options.longest() as u64) {
            Ok(None) => Some(Row::rejected(place, format!("a broken EPUB: it lacks {path}"))),
            Err(reason) => Some(Row::rejected(place, reason)),
            // Covers and title pages hold pictures.
            Ok(Some(page)) if Sheet::parse(&page).text().trim().is_empty() => None,
            Ok(Some(page)) => {
                let (package, options) = (Arc::clone(&package), Arc::clone(&options));
                Some(Row::new(place.clone(), Raw::of(&page), move || {
                    chapter(&page, &package, &place, &options)
                }))
            }
        }
    });
    Box::new(rows)
}

fn chapter(
    page: &[u8],
    package: &Package,
    place: &Place,
    options: &Options,
) -> Result<Article, Reject> {
    let mut article = read_page(page);
    let whole = Sheet::parse(page).text();
    let words = |text: &str| text.split_whitespace().count();
    // A chapter has no menus around it: where much was left out, all of it is text.
    if words(&article.text) * 2 < words(&whole) {
        article.text = whole;
        article.left_out.clear();
        article.warnings.clear();
    }
    if article.text.trim().is_empty() {
        return Err(place.reject(None, "a chapter without text"));
    }
    let named = place.article(None);
    article.id = named.id;
    article.source = named.source;
    article.outlet = article.outlet.or_else(|| package.publisher.clone());
    article.byline = article.byline.or_else(|| package.creator.clone());
    article.date = article.date.or_else(|| package.date.clone());
    add_targets(&mut article, options);
    Ok(article)
}

fn package(archive: &mut Archive, most: u64) -> Result<Package, String> {
    let broken = |what: &str| format!("a broken EPUB: {what}");
    let container = archive.bytes("META-INF/container.xml", most)?;
    let container = container.ok_or_else(|| broken("it lacks META-INF/container.xml"))?;
    let mut path = None;
    walk(container.as_slice(), |step| {
        if let Step::Open(element) = step
            && element.name == "rootfile"
        {
            path = path.take().or_else(|| element.attribute("full-path"));
        }
        Ok(())
    })?;
    let path = path.ok_or_else(|| broken("its container names no package"))?;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let opf = archive.bytes(&path, most)?.ok_or_else(|| broken("it lacks its package"))?;
    let mut package = Package::default();
    let mut items: BTreeMap<String, String> = BTreeMap::new();
    // A chapter is read once, however often the book names it.
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut field: Option<String> = None;
    walk(opf.as_slice(), |step| {
        match step {
            Step::Open(element) => match element.name {
                "item" if items.len() < MOST => {
                    let kind = element.attribute("media-type").unwrap_or_default();
                    let nav = element.attribute("properties").is_some_and(|p| p.contains("nav"));
                    let found = element.attribute("id").zip(element.attribute("href"));
                    if let Some((id, href)) = found.filter(|_| kind.contains("html") && !nav) {
                        items.insert(id, href);
                    }
                }
                "itemref" if package.spine.len() < MOST => {
                    let href = element.attribute("idref").and_then(|id| items.get(&id));
                    let path = href.map(|href| joined(&folder, href));
                    package.spine.extend(path.filter(|path| seen.insert(path.clone())));
                }
                name => field = Some(name.to_owned()),
            },
            Step::Text(text) if !text.trim().is_empty() => {
                let slot = match field.as_deref() {
                    Some("publisher") => &mut package.publisher,
                    Some("creator") => &mut package.creator,
                    Some("date") => &mut package.date,
                    _ => return Ok(()),
                };
                *slot = slot.take().or_else(|| Some(text.trim().to_owned()));
            }
            Step::Close(_) => field = None,
            Step::Text(_) => {}
        }
        Ok(())
    })?;
    if let Some(list) = archive.bytes("META-INF/encryption.xml", most)?
        && locks(&list, &package.spine)?
    {
        return Err("a locked (encrypted) EPUB: get it without copy protection".to_owned());
    }
    if package.spine.is_empty() { Err(broken("it names no chapters")) } else { Ok(package) }
}

/// Does the list of encrypted parts hold chapters? Fonts may be obfuscated in any EPUB.
fn locks(list: &[u8], spine: &[String]) -> Result<bool, String> {
    let mut locked = false;
    walk(list, |step| {
        if let Step::Open(element) = step
            && element.name == "CipherReference"
            && let Some(path) = element.attribute("URI")
        {
            locked |= spine.contains(&path);
        }
        Ok(())
    })?;
    Ok(locked)
}

/// A path beside the package, without its fragment, `%20` and `..` resolved.
fn joined(folder: &str, href: &str) -> String {
    let href = decoded(href.split('#').next().unwrap_or_default());
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(href.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, behind)) = rest.split_first() {
        let pair = behind.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(value) if *byte == b'%' => {
                out.push(value);
                rest = &behind[2..];
            }
            _ => {
                out.push(*byte);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests;
