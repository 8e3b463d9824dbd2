"""Fitting and measuring on labels of one's own."""

import newsgauge
import pytest

CLASSES = ["sparse", "moderate", "dense"]


@pytest.fixture
def folders(tmp_path):
    """A corpus of 36 articles, two a story, with the axis attribution labelled."""
    labels, corpus = tmp_path / "labels", tmp_path / "corpus"
    labels.mkdir()
    corpus.mkdir()
    manifest, rows = ["id,outlet,story"], ["article,axis,label"]
    for n in range(36):
        wanted = n % 3
        lines = ["Town council meets again"]
        for line in range(9):
            if line % 4 < wanted + (line % 5 == n % 5):
                said = f"“We have waited for the bridge number {line} since that spring,” Mayor Ida Roth said."
            else:
                said = (
                    f"The council met near the river and went through item {line} of the long list."
                )
            lines.append(said)
        (corpus / f"{n:04}.txt").write_text("\n\n".join(lines), encoding="utf-8")
        manifest.append(f"{n:04},Outlet {n % 5},story {n // 2}")
        rows.append(f"{n:04},attribution,{CLASSES[wanted]}")
    (corpus / "MANIFEST.csv").write_text("\n".join(manifest) + "\n")
    (labels / "articles.csv").write_text("\n".join(rows) + "\n")
    return labels, corpus


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
    assert scored["axes"]["attribution"]["class"] in CLASSES
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
