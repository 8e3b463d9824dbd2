//! Runs the program over as many articles as asked for, in JSONL, Parquet and WARC made here from the texts of a data
//! folder, and checks what must hold at any size: every row is counted once, memory stays bounded, and a run that is killed
//! at random moments and resumed writes byte for byte what an undisturbed run writes.
//!
//! ```text
//! cargo build --release --features parquet
//! cargo run --release --features parquet --example scale -- --data ../shared/data --articles 200000 --pages 20000
//! ```
//! With `--speed` it tells instead what a megabyte costs: from small inputs to large ones, on one core and on two, and beside
//! `wc -w` and NELA on the same bytes.
//!
//! Nothing that it makes is kept, unless `--work DIR` names where. Peak memory is told on Linux.

// A program that reports.
#![allow(clippy::print_stdout)]

mod inputs;
mod machine;
mod runs;
mod speed;

use clap::Parser;
use inputs::Made;
use std::path::PathBuf;
use std::process::ExitCode;

/// Check the program at scale.
#[derive(Parser)]
struct Args {
    /// Folder with labelled data; its texts are used
    #[arg(long)]
    data: PathBuf,
    /// The program
    #[arg(long, default_value = "target/release/newsgauge")]
    program: PathBuf,
    /// Rows of JSONL and of Parquet
    #[arg(long, default_value_t = 2000)]
    articles: usize,
    /// Records of WARC
    #[arg(long, default_value_t = 500)]
    pages: usize,
    /// Bytes of a text, about
    #[arg(long, default_value_t = 1500)]
    bytes: usize,
    /// Kills of each run
    #[arg(long, default_value_t = 10)]
    kills: usize,
    /// Most memory, MB
    #[arg(long, default_value_t = 400)]
    memory: u64,
    /// Tell what a megabyte costs
    #[arg(long)]
    speed: bool,
    /// With --speed: sizes of inputs, MB
    #[arg(long, value_delimiter = ',', default_values_t = [1, 10, 100, 1000])]
    sizes: Vec<u64>,
    /// With --speed: a Python that has nela_features
    #[arg(long)]
    nela: Option<PathBuf>,
    /// Where files are made
    #[arg(long)]
    work: Option<PathBuf>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let kept;
    let work = match &args.work {
        Some(work) => work.clone(),
        None => {
            kept = tempfile::tempdir().expect("a folder for the files");
            kept.path().to_owned()
        }
    };
    std::fs::create_dir_all(&work).expect("a folder for the files");
    let program =
        args.program.canonicalize().expect("the program: cargo build --release --features parquet");
    let texts = inputs::texts(&args.data, args.bytes);
    println!("{} texts from {}", texts.len(), args.data.display());
    if args.speed {
        speed::tell(&program, &work, &texts, &args.sizes, args.nela.as_deref());
        return ExitCode::SUCCESS;
    }
    let mut failed = false;
    let makers: [(&str, &str, Maker); 3] = [
        ("jsonl", "jsonl", |path, texts, args| Some(inputs::jsonl(path, texts, args.articles))),
        ("parquet", "parquet", |path, texts, args| inputs::parquet(path, texts, args.articles)),
        ("warc.gz", "jsonl", |path, texts, args| Some(inputs::warc(path, texts, args.pages))),
    ];
    for (ending, format, make) in makers {
        let path = work.join(format!("in.{ending}"));
        let Some(made) = make(&path, &texts, &args) else {
            println!("{ending}: left out, built without the feature parquet");
            continue;
        };
        failed |= !runs::check(&program, &path, &made, format, args.kills, args.memory);
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Makes a file of a format.
type Maker = fn(&std::path::Path, &[String], &Args) -> Option<Made>;
