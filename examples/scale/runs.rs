//! One undisturbed run, and one that is killed and resumed.

use crate::inputs::Made;
use crate::machine::{children, resident};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Runs the program over a file, tells what was found, and whether all of it holds.
pub(crate) fn check(
    program: &Path,
    input: &Path,
    made: &Made,
    format: &str,
    kills: usize,
    memory: u64,
) -> bool {
    let name = input.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let dir = input.parent().unwrap_or(Path::new("."));
    let out = |what: &str| dir.join(format!("{name}.{what}"));
    let (whole, broken) = (Paths::new(&out("whole")), Paths::new(&out("killed")));
    let (started, before) = (Instant::now(), children());
    let (status, peak) = wait(&mut start(program, input, format, &whole, false), None);
    let seconds = started.elapsed().as_secs_f64();
    let cpu = children() - before;
    let size = fs::metadata(input).map_or(0, |m| m.len()) as f64 / 1e6;
    println!(
        "{name}: {:.1} MB, {} rows in {seconds:.1} s, {cpu:.1} s of CPU ({:.2} MB for each), peak {peak} MB, status {status:?}",
        size,
        made.rows,
        size / cpu
    );
    let summary: Value =
        serde_json::from_slice(&fs::read(&whole.summary).unwrap_or_default()).unwrap_or_default();
    let count = |key: &str| summary[key].as_u64().unwrap_or(u64::MAX);
    let mut holds = true;
    let mut expect = |what: &str, yes: bool| {
        println!("  {} {what}", if yes { "ok  " } else { "FAIL" });
        holds &= yes;
    };
    expect(
        &format!(
            "rows {} scored {} unscored {} rejected {}",
            made.rows,
            count("scored"),
            count("unscored"),
            count("rejected")
        ),
        {
            count("rows") == made.rows
                && count("rejected") == made.rejected
                && count("scored") + count("unscored") + made.rejected == made.rows
        },
    );
    let lines =
        fs::read(&whole.rejects).unwrap_or_default().iter().filter(|b| **b == b'\n').count() as u64;
    expect("every rejected row is listed", lines == made.rejected);
    expect(&format!("peak memory under {memory} MB"), peak < memory);

    let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ made.rows);
    let mut killed = 0;
    let mut resumed = false;
    for _ in 0..kills {
        // Each run may go on for a part of the whole, so that the kills fall all over it.
        let most =
            Duration::from_secs_f64(seconds * (0.02 + 2.0 / (kills as f64 + 1.0) * random.next()));
        let mut child = start(program, input, format, &broken, resumed);
        resumed = true;
        if wait(&mut child, Some(most)).0.is_none() {
            killed += 1;
        }
    }
    let (status, again) = wait(&mut start(program, input, format, &broken, resumed), None);
    expect(
        &format!("killed {killed} times, then to the end with status {status:?}, peak {again} MB"),
        status == Some(if made.rejected > 0 { 3 } else { 0 }),
    );
    let same =
        |a: &PathBuf, b: &PathBuf| fs::read(a).is_ok_and(|a| fs::read(b).is_ok_and(|b| a == b));
    expect("the output is byte for byte the same", same(&whole.output, &broken.output));
    expect("so is the list of rejects", same(&whole.rejects, &broken.rejects));
    let again: Value =
        serde_json::from_slice(&fs::read(&broken.summary).unwrap_or_default()).unwrap_or_default();
    expect(
        "and the counts",
        ["rows", "scored", "unscored", "rejected", "rejected_reasons"]
            .iter()
            .all(|k| again[k] == summary[k]),
    );
    holds
}

struct Paths {
    output: PathBuf,
    rejects: PathBuf,
    summary: PathBuf,
}

impl Paths {
    fn new(base: &Path) -> Self {
        let with = |what: &str| PathBuf::from(format!("{}.{what}", base.display()));
        Paths { output: with("out"), rejects: with("rejects"), summary: with("summary") }
    }
}

fn start(program: &Path, input: &Path, format: &str, paths: &Paths, resume: bool) -> Child {
    let mut command = Command::new(program);
    command.arg("score").arg(input).args(["--quiet", "--format", format, "--row-group", "2000"]);
    command
        .arg("--output")
        .arg(&paths.output)
        .arg("--rejects")
        .arg(&paths.rejects)
        .arg("--summary")
        .arg(&paths.summary);
    if resume {
        command.arg("--resume");
    }
    command.stdout(Stdio::null()).stderr(Stdio::inherit()).spawn().expect("the program runs")
}

/// Waits until it ends, or kills it after `most`: its exit status, and the most memory seen in MB.
fn wait(child: &mut Child, most: Option<Duration>) -> (Option<i32>, u64) {
    let started = Instant::now();
    let mut peak = 0;
    loop {
        peak = peak.max(resident(child.id()));
        if let Some(status) = child.try_wait().expect("a child of ours") {
            return (status.code(), peak);
        }
        if most.is_some_and(|most| started.elapsed() >= most) {
            child.kill().expect("a child of ours");
            child.wait().expect("a child of ours");
            return (None, peak);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Xorshift: the same kills each time, as far as the machine lets them.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}
