"""The rows of the command line, in every form."""

import csv
import html
import io
import json
import pickle
import re
import subprocess
import sys

import newsgauge
import numpy
import pandas
import polars
import pyarrow
import pyarrow.parquet
import pytest


def run(program, *args):
    done = subprocess.run([program, *map(str, args)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_scores_are_the_bytes_of_the_command_line(program, jsonl):
    flags = ["--marks", "--features", "--text"]
    told = run(program, "score", jsonl, "--offsets", "chars", *flags)
    result = newsgauge.score(jsonl, marks=True, features=True, text=True)
    assert result.to_jsonl() == told
    assert newsgauge.score(jsonl, offsets="bytes").to_jsonl() == run(program, "score", jsonl)


def test_rows_of_a_frame_are_those_of_its_lines(program, jsonl, articles):
    told = [
        json.loads(line) for line in run(program, "score", jsonl, "--offsets", "chars").splitlines()
    ]
    for one in (articles, pandas.DataFrame(articles), pyarrow.Table.from_pylist(articles)):
        given = newsgauge.score(one).to_dicts()
        for row in given + told:
            row.pop("source", None)
        assert given == told


def test_quotes_are_the_bytes_of_the_command_line(program, jsonl):
    told = run(program, "quotes", jsonl, "--offsets", "chars", "--speaker", "Marr")
    assert newsgauge.quotes(jsonl, speakers="Marr").to_jsonl() == told and told


def test_features_are_those_of_the_command_line(program, jsonl):
    told = list(csv.DictReader(io.StringIO(run(program, "features", jsonl).decode())))
    result = newsgauge.features(jsonl)
    assert [list(row) for row in result][0] == ["id", *newsgauge.feature_names()]
    for row, line in zip(result, told):
        assert row["id"] == line["id"]
        assert all(row[name] == float(line[name]) for name in newsgauge.feature_names())


def test_comparison_is_that_of_the_command_line(program, jsonl):
    told = json.loads(run(program, "compare", jsonl, "--format", "json"))
    story = newsgauge.compare(jsonl)
    assert story == told and "<pre>" in story._repr_html_() and str(story)


def test_explanations_are_those_of_the_command_line(program, tmp_path, story):
    path = tmp_path / "a.txt"
    path.write_text(story, encoding="utf-8")
    assert newsgauge.explain(path) == run(program, "explain", path).decode()
    markdown = run(program, "explain", path, "--format", "markdown").decode()
    assert newsgauge.explain(path, format="markdown") == markdown
    told = json.loads(run(program, "explain", path, "--format", "json", "--offsets", "chars"))
    assert newsgauge.explain(path, format="dict") == told


def test_arrow_holds_all_that_the_objects_hold(articles):
    result = newsgauge.score(articles, marks=True, features=True, text=True)
    table = result.to_arrow()

    def held(told, column):
        """A JSON value stands in a column's value, where absent fields are null."""
        if isinstance(told, dict):
            return all(held(value, column[name]) for name, value in told.items())
        if isinstance(told, list):
            return len(told) == len(column) and all(map(held, told, column))
        return told == column

    for told, row in zip(result, table.to_pylist()):
        assert held(told, row)
    quotes = newsgauge.quotes(articles)
    for told, row in zip(quotes, quotes.to_arrow().to_pylist()):
        assert held(told, row) and told.keys() == row.keys()
    numbers = newsgauge.features(articles)
    assert numbers.to_arrow().to_pylist() == numbers.to_dicts()


def test_frames(articles):
    result = newsgauge.score(articles, marks=True)
    frame = result.to_pandas()
    assert list(frame.index) == list(range(7)) and frame["axes"][0]["tone"]["class"]
    flat = result.to_pandas(flat=True)
    assert flat["tone_class"][0] == result[0]["axes"]["tone"]["class"]
    assert abs(flat.filter(like="tone_p_").sum(axis=1) - 1).max() < 1e-5
    wide = polars.DataFrame(result).select(
        polars.col("axes").struct.field("tone").struct.field("value")
    )
    assert wide["value"][0] == result[0]["axes"]["tone"]["value"]
    assert result.to_polars().height == 7 and len(result[2:4]) == 2 and result[-1]["id"] == "a6"


def test_the_output_is_taken_again(articles):
    first = newsgauge.score(articles, text=True)
    again = newsgauge.score(first.to_arrow())
    assert [r["axes"] for r in again] == [r["axes"] for r in first]


def test_streams_give_the_same_rows(jsonl, articles, tmp_path):
    table = newsgauge.score(jsonl).to_arrow()
    stream = newsgauge.stream(jsonl)
    assert pyarrow.table(stream).equals(table) and stream.rows_read == 7
    with pytest.raises(newsgauge.NewsgaugeError, match="taken already"):
        pyarrow.table(stream)
    out = tmp_path / "scores.parquet"
    reader = newsgauge.stream([*articles, None], kind="quotes")
    with (
        reader.to_reader() as batches,
        pyarrow.parquet.ParquetWriter(out, batches.schema) as writer,
    ):
        for batch in batches:
            writer.write_batch(batch)
    assert pyarrow.parquet.read_table(out).num_rows == len(newsgauge.quotes(articles))
    assert reader.rejects[0].row == 7


def test_the_number_of_threads_changes_nothing(articles):
    one = newsgauge.score(articles * 20, marks=True, jobs=1).to_jsonl()
    assert newsgauge.score(articles * 20, marks=True, jobs=7).to_jsonl() == one


def test_pages_are_those_of_the_command_line(program, jsonl):
    page = run(program, "explain", jsonl, "--format", "html", "--id", "a0").decode()
    assert newsgauge.explain_html(jsonl) == page and "Ivo Marr" in page


def test_notebooks_show_the_page_in_a_frame(articles, story):
    scored = newsgauge.score(story)
    shown = scored._repr_html_()
    assert shown.startswith("<iframe") and 'sandbox="allow-scripts"' in shown
    page = html.unescape(re.search(r'srcdoc="([^"]*)"', shown).group(1))
    assert page == newsgauge.explain_html(story)
    whole = newsgauge.explain_html({"title": "<b>&", "text": story + " <img src=x> & more"})
    assert "<b>" not in whole and "<img" not in whole
    assert "<table>" in newsgauge.score(articles)._repr_html_()
    assert pickle.loads(pickle.dumps(scored)) == dict(scored)


def test_scikit_learn(articles, story):
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    texts = [a["text"] for a in articles] + [story.replace("said", "raged")] * 7
    numbers = newsgauge.NewsgaugeFeatures().fit_transform(texts)
    assert numbers.shape == (14, len(newsgauge.feature_names())) and numbers.dtype == numpy.float64
    assert list(numbers[0]) == list(newsgauge.features(texts)[0].values())[1:]
    columns = ["attribution.density", "tone.own_voice_loaded_rate"]
    some = newsgauge.NewsgaugeFeatures(columns)
    assert some.fit_transform(pandas.Series(texts)).shape == (14, 2)
    assert list(some.get_feature_names_out()) == columns
    model = make_pipeline(newsgauge.NewsgaugeFeatures(), StandardScaler(), LogisticRegression())
    labels = [0] * 7 + [1] * 7
    assert model.fit(texts, labels).score(texts, labels) > 0.9
    with pytest.raises(newsgauge.RejectError):
        newsgauge.NewsgaugeFeatures().fit_transform([story, None])
    with pytest.raises(ValueError, match="no.such"):
        newsgauge.NewsgaugeFeatures(["no.such"]).fit(texts)


def test_progress_and_interrupts(articles):
    seen = []
    newsgauge.score(articles * 400, progress=seen.append, jobs=1)
    assert seen == sorted(seen) and seen[-1] == 2800 and len(seen) > 1

    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        newsgauge.score(articles * 400, progress=stop, jobs=1)


def test_import_is_light():
    code = (
        "import sys, time; start = time.perf_counter(); import newsgauge;"
        "print(time.perf_counter() - start, 'numpy' in sys.modules, 'pandas' in sys.modules)"
    )
    told = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.split()
        for _ in range(3)
    ]
    assert min(float(seconds) for seconds, *_ in told) < 0.1
    assert told[0][1:] == [b"False", b"False"]
