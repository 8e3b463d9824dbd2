"""Fitting and measuring on labels of one's own."""

import newsgauge
import pytest


def test_a_model_is_fitted_and_used(folders, tmp_path, story):
    labels, corpus = folders
    said = []
    output = tmp_path / "models"
    report = newsgauge.train(
        "attribution", labels=labels, corpus=corpus, output=output, progress=said.append
    )
    assert report.figures["attribution"]["macro_f1"] > 0.8 and "attribution" in str(report)
    assert (output / "attribution.json").is_file() and said
    scored = newsgauge.score(story, model=output)
    assert scored["axes"]["attribution"]["class"] in ("sparse", "moderate", "dense")
    assert any(m.startswith("attribution-") for m in newsgauge.Scorer(output).models)


def test_faults_are_told_by_file(folders, tmp_path):
    labels, corpus = folders
    with (labels / "articles.csv").open("a") as file:
        file.write("0001,attribution,plenty\n")
    with pytest.raises(newsgauge.LearnError, match="articles.csv:38"):
        newsgauge.train(labels=labels, corpus=corpus, output=tmp_path / "models")
    with pytest.raises(ValueError, match="no axis is called"):
        newsgauge.train("loudness", labels=labels, corpus=corpus, output=tmp_path)
    with pytest.raises(newsgauge.LearnError):
        newsgauge.evaluate(labels=tmp_path / "no", corpus=corpus)
