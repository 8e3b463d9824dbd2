//! A small corpus with labels for tests, written to a folder: the share of quoted words tells the attribution class.

use super::train::TrainOptions;
use crate::axis::Axis;
use std::fmt::Write;
use std::path::Path;

/// Articles of the fixture; two tell each story.
pub(crate) const ARTICLES: usize = 36;

/// Writes corpus and labels under a folder and gives the options that train the attribution axis on them.
pub(crate) fn write(dir: &Path) -> TrainOptions {
    let (corpus, labels) = (dir.join("corpus"), dir.join("labels"));
    std::fs::create_dir_all(&corpus).unwrap();
    std::fs::create_dir_all(&labels).unwrap();
    let mut manifest = "id,outlet,story\n".to_owned();
    let mut csv = "article,axis,label\n".to_owned();
    for i in 0..ARTICLES {
        let class = i % 3;
        let mut text = "Town council meets again\n\n".to_owned();
        for line in 0..9 {
            if line % 4 < class + usize::from(line % 5 == i % 5) {
                write!(text, "“We have waited for the bridge number {line} since the spring of that year,” Mayor Ida Roth said.\n\n").unwrap();
            } else {
                write!(text, "The council met in the hall near the river and went through item {line} of the long list.\n\n").unwrap();
            }
        }
        std::fs::write(corpus.join(format!("{i:04}.txt")), text).unwrap();
        writeln!(manifest, "{i:04},Outlet {},story {}", i % 5, i / 2).unwrap();
        writeln!(csv, "{i:04},attribution,{}", ["sparse", "moderate", "dense"][class]).unwrap();
    }
    std::fs::write(corpus.join("MANIFEST.csv"), manifest).unwrap();
    std::fs::write(labels.join("articles.csv"), csv).unwrap();
    let axes = vec![Axis::named("attribution").unwrap()];
    TrainOptions { axes, labels, corpus, output: dir.join("models"), data: None, seed: 1 }
}
