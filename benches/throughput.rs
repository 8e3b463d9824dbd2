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

criterion_group!(benches, stages);
criterion_main!(benches);
