//! What the README shows is what the program prints.

use std::path::Path;
use std::process::Command;

/// The lines of the block of code behind some words of the README.
fn block_behind(words: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("a README");
    let behind = readme.split_once(words).expect("the README has these words").1;
    let mut lines = behind.lines().skip_while(|line| !line.starts_with("```")).skip(1);
    lines.by_ref().take_while(|line| !line.starts_with("```")).map(str::to_owned).collect()
}

fn newsgauge(args: &[&str]) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_newsgauge"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(args)
        .output()
        .expect("it runs");
    String::from_utf8(done.stdout).expect("UTF-8")
}

fn folded(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_first_command_prints_what_the_readme_shows() {
    let command = &block_behind("## Two commands")[0];
    let (_, args) = command.split_once(" -- ").expect("arguments behind --");
    let args = args.split_once('#').map_or(args, |(args, _)| args);
    let mut args: Vec<&str> = args.split_whitespace().collect();
    args.extend(["--format", "table"]);
    let printed = newsgauge(&args);
    let shown = block_behind("The first prints");
    assert_eq!(shown.len(), 4);
    for line in shown {
        let there = printed.lines().any(|full| folded(full).starts_with(&folded(&line)));
        assert!(there, "the README shows {line:?}; it prints\n{printed}");
    }
}

#[test]
fn commands_of_the_readme_have_these_flags() {
    let examples = block_behind("## Examples");
    assert!(examples[0].starts_with("newsgauge quotes"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("a README");
    let commands = readme.lines().filter_map(|line| line.strip_prefix("newsgauge "));
    let mut looked_at = 0;
    for command in commands.filter(|c| c.contains(' ') && !c.contains("reads")) {
        let mut words = command.split_whitespace();
        let name = words.next().expect("a command");
        let help = newsgauge(&[name, "--help"]);
        for flag in words.filter(|word| word.starts_with("--")) {
            assert!(help.contains(flag), "{name} knows no {flag}");
            looked_at += 1;
        }
    }
    assert!(looked_at >= 5);
}
