//! Articles and megabytes for each second of one core, by stage: each line runs the stages up to and including its own,
//! so that a stage's cost is the difference to the line before. Input: the corpus in the repository.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use newsgauge::article::Article;
use newsgauge::family::FAMILIES;
use newsgauge::feature::FeatureVector;
use newsgauge::score::Scorer;
use newsgauge::text::Document;
use std::hint::black_box;
use std::path::Path;

fn corpus() -> Vec<Article> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut paths: Vec<_> = std::fs::read_dir(dir).expect("the corpus is in the repository").map(|e| e.expect("readable").path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    let read = |p: &std::path::PathBuf| Article::from_text(p.display().to_string(), std::fs::read_to_string(p).expect("UTF-8"));
    paths.iter().map(read).collect()
}

fn stages(c: &mut Criterion) {
    let articles = corpus();
    let scorer = Scorer::builtin().expect("built-in models fit");
    let bytes: u64 = articles.iter().map(|a| a.text.len() as u64).sum();
    let mut group = c.benchmark_group("stages");
    group.throughput(Throughput::Bytes(bytes)).sample_size(20);
    group.bench_function("1 document", |b| {
        b.iter(|| articles.iter().for_each(|a| drop(black_box(Document::new(&a.text)))));
    });
    for (index, family) in FAMILIES.iter().enumerate() {
        group.bench_function(BenchmarkId::new("2 and families to", format!("{} {}", index + 1, family.name)), |b| {
            b.iter(|| {
                for article in &articles {
                    let document = Document::new(&article.text);
                    drop(black_box(scorer.mark_with(article, &document, index + 1)));
                }
            });
        });
    }
    group.bench_function("3 and features", |b| {
        b.iter(|| {
            for article in &articles {
                let document = Document::new(&article.text);
                let marks = scorer.mark(article, &document);
                black_box(FeatureVector::measure(&document, &marks));
            }
        });
    });
    group.bench_function("4 full scoring", |b| {
        b.iter(|| articles.iter().for_each(|a| drop(black_box(scorer.score(a)))));
    });
    group.finish();
}

/// Pages: real ones where the data are (`NEWSGAUGE_DATA`, or `../shared/data`), else one made from the corpus. The time is
/// for all of them; the name says how many.
fn pages(c: &mut Criterion) {
    let near = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data").into();
    let dir = std::env::var_os("NEWSGAUGE_DATA").map_or(near, std::path::PathBuf::from).join("html/dev");
    let mut pages: Vec<Vec<u8>> = Vec::new();
    for entry in std::fs::read_dir(dir).into_iter().flatten() {
        let file = std::fs::File::open(entry.expect("readable").path()).expect("readable");
        let mut page = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(file), &mut page).expect("gzip");
        pages.push(page);
    }
    if pages.is_empty() {
        let menu = "<li class='menu-item'><a href='https://courier.example/section/harbour'>Harbour</a></li>".repeat(500);
        let body: String = corpus().iter().take(20).map(|a| a.text.replace("\n\n", "</p>\n<p class='text'>")).collect();
        pages.push(
            format!("<html><head><title>Pages</title></head><body><nav><ul>{menu}</ul></nav><div><p>{body}</p></div></body></html>").into_bytes(),
        );
    }
    let mut group = c.benchmark_group("html");
    group.throughput(Throughput::Bytes(pages.iter().map(|p| p.len() as u64).sum())).sample_size(10);
    group.bench_function(BenchmarkId::new("pages", pages.len()), |b| {
        b.iter(|| pages.iter().for_each(|p| drop(black_box(newsgauge::read::read_page(p)))))
    });
    group.finish();
}

criterion_group!(benches, stages, pages);
criterion_main!(benches);
