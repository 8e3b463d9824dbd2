"""Every example of the guide runs."""

import pathlib
import re
import shutil

import newsgauge
import pandas
import polars
import pyarrow
import pyarrow.parquet
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

GUIDE = pathlib.Path(__file__).parents[3] / "docs/python.md"


@pytest.mark.skipif(not GUIDE.exists(), reason="not in a checkout")
def test_the_guide_runs(monkeypatch, tmp_path, articles, jsonl, folders, story):
    (tmp_path / "my").mkdir()
    for folder in folders:
        shutil.move(folder, tmp_path / "my")
    (tmp_path / "crawl").mkdir()
    shutil.copy(jsonl, tmp_path / "crawl")
    monkeypatch.chdir(tmp_path)
    texts = [article["text"] for article in articles]
    names = {
        "newsgauge": newsgauge,
        "pathlib": pathlib,
        "polars": polars,
        "pyarrow": pyarrow,
        "make_pipeline": make_pipeline,
        "StandardScaler": StandardScaler,
        "LogisticRegression": LogisticRegression,
        "text": story,
        "texts": texts,
        "labels": [n % 2 for n in range(len(texts))],
        "frame": pandas.DataFrame(articles),
    }
    blocks = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) > 4
    for block in blocks:
        exec(compile(block, "docs/python.md", "exec"), names)
    assert names["report"].figures["attribution"]["macro_f1"] > 0.8
    assert pyarrow.parquet.read_table("scores.parquet").num_rows == len(articles)
