//! The command line as people and scripts use it.

mod checking;
mod choosing;
mod comparing;
mod explaining;
mod killed;
mod labelling;
mod learning;
mod models;
mod outlets;
mod pages;
mod quoting;
mod reading;
mod rejecting;
mod resuming;
mod showing;

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Output;
use tempfile::TempDir;

/// Eight sentences of prose: enough words to be scored.
pub(crate) const STORY: &str = "The council of Norby voted on Monday to close the old harbour bridge. “We have no choice,” said the \
mayor, Ivo Marr, after the vote. The bridge was built in 1931 and carries six thousand cars a day. Engineers found cracks in two of its \
piers in March, according to a report that the council published. Residents of the east bank may have to drive for forty minutes to reach \
the hospital. “It’s a naïve plan,” said Ana Ott, who runs a café near the quay. The council expects the repairs to take two years and to \
cost nine million crowns. A ferry will run from June, and it will be free of charge for pupils and for nurses of the hospital.";

const FRENCH: &str = "Le conseil municipal a voté lundi la fermeture du vieux pont du port. « Nous n'avons pas le choix », a déclaré le maire \
après le vote. Le pont, construit en 1931, est emprunté chaque jour par six mille voitures. Des ingénieurs ont découvert des fissures dans \
deux de ses piles au mois de mars, selon un rapport publié par le conseil. Les habitants de la rive droite devront rouler quarante minutes \
pour atteindre l'hôpital. Les travaux dureront deux ans et coûteront neuf millions. Un bac gratuit circulera à partir du mois de juin pour \
les élèves et pour les infirmières de l'hôpital, mais les commerçants du quai craignent de perdre leurs clients pendant les travaux.";

/// A folder with files to score.
pub(crate) struct Desk(TempDir);

impl Desk {
    pub(crate) fn new() -> Self {
        Desk(TempDir::new().expect("a folder for the test"))
    }

    pub(crate) fn dir(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir().join(name)
    }

    pub(crate) fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(&path, bytes).expect("a file");
        path
    }

    /// Runs the program in the folder.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        self.run_with(args, "")
    }

    /// Runs the program with something on its standard input.
    pub(crate) fn run_with(&self, args: &[&str], stdin: impl Into<Vec<u8>>) -> Run {
        let mut command = assert_cmd::Command::cargo_bin("newsgauge").expect("the program");
        Run(command
            .args(args)
            .current_dir(self.dir())
            .write_stdin(stdin)
            .output()
            .expect("it runs"))
    }
}

/// What a run gave.
pub(crate) struct Run(Output);

impl Run {
    pub(crate) fn status(&self) -> i32 {
        self.0.status.code().expect("no signal")
    }

    pub(crate) fn out(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).expect("UTF-8 on stdout")
    }

    pub(crate) fn err(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).expect("UTF-8 on stderr")
    }

    /// The objects, a line each; the run must have ended with `status`.
    pub(crate) fn objects(&self, status: i32) -> Vec<Value> {
        assert_eq!(self.status(), status, "{}", self.err());
        self.out()
            .lines()
            .map(|line| serde_json::from_str(line).expect("a JSON object a line"))
            .collect()
    }

    /// The only object of a run without rejections.
    pub(crate) fn object(&self) -> Value {
        let mut objects = self.objects(0);
        assert_eq!(objects.len(), 1);
        objects.remove(0)
    }
}

pub(crate) fn ids(objects: &[Value]) -> Vec<&str> {
    objects.iter().map(|o| o["id"].as_str().expect("ids are strings")).collect()
}

pub(crate) fn jsonl(rows: impl IntoIterator<Item = Value>) -> String {
    rows.into_iter().map(|row| format!("{row}\n")).collect()
}

#[test]
fn help_and_version_are_there_for_every_command() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["--version"]).status(), 0);
    for command in [
        "score",
        "explain",
        "quotes",
        "compare",
        "outlets",
        "features",
        "train",
        "evaluate",
        "model",
        "completions",
        "man",
    ] {
        let help = desk.run(&[command, "--help"]);
        assert_eq!(help.status(), 0, "{command}");
        assert!(help.out().contains("Examples:"), "{command} has no examples");
    }
}

#[test]
fn wrong_usage_ends_with_two() {
    let desk = Desk::new();
    desk.put("a.txt", STORY);
    for args in [
        &["score"][..],
        &["nonsense"],
        &["score", "a.txt", "--format", "nonsense"],
        &["score", "a.txt", "--min-confidence", "2"],
    ] {
        assert_eq!(desk.run(args).status(), 2, "{args:?}");
    }
}

#[test]
fn completions_and_man_pages_are_printed() {
    let desk = Desk::new();
    assert!(desk.run(&["completions", "bash"]).out().contains("newsgauge"));
    assert!(desk.run(&["man"]).out().contains(".TH newsgauge"));
    assert_eq!(desk.run(&["man", "pages"]).status(), 0);
    assert!(desk.path("pages/newsgauge-score.1").is_file());
}
