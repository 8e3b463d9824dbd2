//! Megabytes for each second of one core, and the share of each step of scoring, over the corpus in the repository; what
//! reading pages costs; and what hostile text costs at one size and at twice that.
#![allow(clippy::print_stdout)] // A benchmark tells what it measured.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use newsgauge::article::Article;
use newsgauge::report::{Show, json};
use newsgauge::score::{STEPS, Scorer};
use newsgauge::text::Document;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

#[path = "../tests/hostile.rs"]
mod made;

fn corpus() -> Vec<Article> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut paths: Vec<_> = std::fs::read_dir(dir)
        .expect("the corpus is in the repository")
        .map(|e| e.expect("readable").path())
        .collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    let read = |p: &std::path::PathBuf| {
        Article::from_text(p.display().to_string(), std::fs::read_to_string(p).expect("UTF-8"))
    };
    paths.iter().map(read).collect()
}

/// Runs over the corpus for each figure; the fastest counts, as others may use the machine.
const RUNS: usize = 15;

/// Prints what each step adds: milliseconds for a megabyte, and its share.
fn shares(articles: &[Article], scorer: &Scorer) {
    let megabytes = articles.iter().map(|a| a.text.len() as f64).sum::<f64>() / 1e6;
    let writing =
        |a: &Article| json::article(&scorer.score(a), Show::default()).expect("serialises").len();
    let mut fastest = vec![f64::INFINITY; STEPS.len() + 1];
    for _ in 0..RUNS {
        for (at, best) in fastest.iter_mut().enumerate() {
            let start = Instant::now();
            for article in articles {
                black_box(match STEPS.get(at) {
                    Some((step, _)) => scorer.run_to(article, Document::new(&article.text), *step),
                    None => writing(article),
                });
            }
            *best = best.min(start.elapsed().as_secs_f64());
        }
    }
    let all = fastest[STEPS.len()];
    println!("{:<24} {:>9} {:>7}", "step", "ms/MB", "share");
    let names = STEPS.iter().map(|(_, name)| *name).chain(["writing"]);
    let mut before = 0.0;
    for (name, time) in names.zip(&fastest) {
        let own = (time - before).max(0.0);
        println!("{name:<24} {:>9.1} {:>6.1}%", own * 1e3 / megabytes, 100.0 * own / all);
        before = *time;
    }
    println!("{:<24} {:>9.1} {:>7}  {:.1} MB/s", "all", all * 1e3 / megabytes, "", megabytes / all);
}

fn stages(c: &mut Criterion) {
    let articles = corpus();
    let scorer = Scorer::builtin().expect("built-in models fit");
    shares(&articles, &scorer);
    let bytes: u64 = articles.iter().map(|a| a.text.len() as u64).sum();
    let mut group = c.benchmark_group("up to");
    group.throughput(Throughput::Bytes(bytes)).sample_size(20);
    for (number, (step, name)) in STEPS.iter().enumerate() {
        group.bench_function(format!("{} {name}", number + 1), |b| {
            b.iter(|| {
                articles
                    .iter()
                    .map(|a| black_box(scorer.run_to(a, Document::new(&a.text), *step)))
                    .sum::<usize>()
            });
        });
    }
    group.finish();
}

/// Pages: real ones where the data are (`NEWSGAUGE_DATA`, or `../shared/data`), else one made from the corpus. The time is
/// for all of them; the name says how many.
fn pages(c: &mut Criterion) {
    let near = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data").into();
    let dir =
        std::env::var_os("NEWSGAUGE_DATA").map_or(near, std::path::PathBuf::from).join("html/dev");
    let mut pages: Vec<Vec<u8>> = Vec::new();
    for entry in std::fs::read_dir(dir).into_iter().flatten() {
        let file = std::fs::File::open(entry.expect("readable").path()).expect("readable");
        let mut page = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(file), &mut page)
            .expect("gzip");
        pages.push(page);
    }
    if pages.is_empty() {
        let menu = "<li class='menu-item'><a href='https://courier.example/section/harbour'>Harbour</a></li>".repeat(500);
        let body: String = corpus()
            .iter()
            .take(20)
            .map(|a| a.text.replace("\n\n", "</p>\n<p class='text'>"))
            .collect();
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

fn hostile(c: &mut Criterion) {
    let scorer = Scorer::builtin().expect("built-in models fit");
    let mut group = c.benchmark_group("hostile");
    group.sample_size(10);
    for (name, make) in made::HOSTILE {
        for size in [100_000, 200_000] {
            let article = Article::from_text("hostile", make(size));
            group.throughput(Throughput::Bytes(article.text.len() as u64));
            group.bench_function(BenchmarkId::new(*name, size), |b| {
                b.iter(|| black_box(scorer.score(&article).scores.len()))
            });
        }
    }
    group.finish();
}

criterion_group!(benches, stages, pages, hostile);
criterion_main!(benches);
