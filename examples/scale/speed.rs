//! What a megabyte costs.

use crate::inputs;
use crate::machine::{children, load};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// Runs of which the best counts, for inputs up to so many MB.
const RUNS: usize = 5;
const SMALL: u64 = 20;
/// Articles that NELA is given.
const ARTICLES: usize = 20;
/// MB for each CPU second of nela-features 3.0.1, where it is not there to be run: measured once on 373 articles, its chunker left out.
const NELA: f64 = 0.026;

/// Seconds of a run.
#[derive(Clone, Copy)]
struct Cost {
    wall: f64,
    cpu: f64,
}

pub(crate) fn tell(
    program: &Path,
    work: &Path,
    texts: &[String],
    sizes: &[u64],
    nela: Option<&Path>,
) {
    let score = |path: &Path, jobs: &str| {
        let mut command = Command::new(program);
        command.arg("score").arg(path).args(["--quiet", "--format", "jsonl", "--jobs", jobs]);
        run(&mut command)
    };
    let empty = work.join("one.jsonl");
    inputs::jsonl_of(&empty, texts, 1);
    let start = best(RUNS, || score(&empty, "1"));
    println!(
        "load {}; start and one article: {:.0} ms, {:.0} ms of CPU",
        load(),
        start.wall * 1000.0,
        start.cpu * 1000.0
    );
    println!(
        "{:>10}  {:>10}  {:>8}  {:>16}  {:>10}  {:>9}",
        "MB", "CPU s", "MB/CPU s", "without start-up", "wc -w CPU s", "wc faster"
    );
    for &size in sizes {
        let path = work.join(format!("speed-{size}.jsonl"));
        inputs::jsonl_of(&path, texts, size * 1_000_000);
        let mb = fs::metadata(&path).map_or(0.0, |m| m.len() as f64 / 1e6);
        let runs = if size <= SMALL { RUNS } else { 1 };
        let cost = best(runs, || score(&path, "1"));
        let words = best(RUNS.min(runs + 1), || run(Command::new("wc").arg("-w").arg(&path)));
        let net = (cost.cpu - start.cpu).max(0.01);
        let ratio =
            if words.cpu > 0.0 { format!("{:.0}", cost.cpu / words.cpu) } else { "-".to_owned() };
        println!(
            "{mb:>10.1}  {:>10.2}  {:>8.2}  {:>16.2}  {:>11.2}  {ratio:>9}",
            cost.cpu,
            mb / cost.cpu,
            mb / net,
            words.cpu
        );
        if size <= SMALL && size * 2 > SMALL / 2 {
            // In turn, so that both meet the same neighbours.
            let (mut one, mut two) = (f64::INFINITY, f64::INFINITY);
            for _ in 0..RUNS {
                one = one.min(score(&path, "1").wall);
                two = two.min(score(&path, "2").wall);
            }
            println!(
                "{mb:>10.1}  wall, best of {RUNS}: {one:.2} s with --jobs 1, {two:.2} s with --jobs 2: {:.2} times; load {}",
                one / two,
                load()
            );
        }
        if size != sizes[0] {
            fs::remove_file(&path).expect("removed");
        }
    }
    let Some(path) = sizes.first().map(|size| work.join(format!("speed-{size}.jsonl"))) else {
        return;
    };
    let ours = best(RUNS, || score(&path, "1"));
    let ours = fs::metadata(&path).map_or(0.0, |m| m.len() as f64 / 1e6) / ours.cpu;
    match nela.and_then(|python| nela_features(python, &path)) {
        Some(theirs) => println!(
            "NELA, {ARTICLES} of the same articles: {theirs:.4} MB for each CPU second; {:.0} times",
            ours / theirs
        ),
        None => println!(
            "NELA is not here to be run; as measured elsewhere {NELA} MB for each CPU second: {:.0} times",
            ours / NELA
        ),
    }
}

fn best(runs: usize, mut run: impl FnMut() -> Cost) -> Cost {
    let mut best = Cost { wall: f64::INFINITY, cpu: f64::INFINITY };
    for _ in 0..runs {
        let cost = run();
        best = Cost { wall: best.wall.min(cost.wall), cpu: best.cpu.min(cost.cpu) };
    }
    best
}

fn run(command: &mut Command) -> Cost {
    let (started, before) = (Instant::now(), children());
    let status = command.stdout(Stdio::null()).status().expect("the program runs");
    assert!(status.success(), "{command:?}: {status}");
    Cost { wall: started.elapsed().as_secs_f64(), cpu: children() - before }
}

/// MB for each CPU second, imports left out; `None` when it does not run.
fn nela_features(python: &Path, path: &Path) -> Option<f64> {
    const SCRIPT: &str = "import json, sys, time
from nela_features.nela_features import NELAFeatureExtractor
nela = NELAFeatureExtractor()
texts = [json.loads(line)['text'] for _, line in zip(range(int(sys.argv[2])), open(sys.argv[1]))]
nela.extract_all(texts[0])
began = time.process_time()
for text in texts: nela.extract_all(text)
print(sum(len(text.encode()) for text in texts) / 1e6 / (time.process_time() - began))";
    let out = Command::new(python)
        .args(["-c", SCRIPT])
        .arg(path)
        .arg(ARTICLES.to_string())
        .stderr(Stdio::inherit())
        .output()
        .ok()?;
    String::from_utf8_lossy(&out.stdout).lines().last()?.trim().parse().ok()
}
