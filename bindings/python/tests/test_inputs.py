"""Whatever is handed over: the same rows."""

import pathlib

import newsgauge
import pandas
import polars
import pyarrow
import pytest


def rows(result):
    """Results without where they stood."""
    return [{k: v for k, v in row.items() if k != "source"} for row in result]


@pytest.fixture
def expected(articles):
    return rows(newsgauge.score(articles, marks=True))


def test_a_text_gives_one_article(story):
    scored = newsgauge.score(story)
    assert scored["axes"]["tone"]["class"] in ("neutral", "mixed", "loaded")
    assert scored["unscored"] is None and scored["language"] == "en"
    assert isinstance(scored, dict) and scored.text == story


def test_fields_give_one_article(articles):
    scored = newsgauge.score(articles[0])
    assert (scored["id"], scored["outlet"], scored["date"]) == ("a0", "Harbour Post", "2024-03-01")


def test_a_list_of_texts_is_numbered(story):
    result = newsgauge.score([story, story])
    assert [row["id"] for row in result] == ["0", "1"] and result.row_numbers == [0, 1]


def test_pandas(articles, expected):
    frame = pandas.DataFrame(articles)
    assert rows(newsgauge.score(frame, marks=True)) == expected
    series = newsgauge.score(frame["text"])
    assert [r["axes"] for r in series] == [r["axes"] for r in newsgauge.score(articles)]


def test_pandas_of_mixed_columns_and_holes(articles):
    frame = pandas.DataFrame(articles)
    frame["note"] = [1, "a", None, 2.5, [1], {"b": 2}, float("nan")]
    frame.loc[2, "text"] = None
    frame.loc[3, "title"] = float("nan")
    with pytest.warns(newsgauge.RejectWarning, match="row 2"):
        result = newsgauge.score(frame)
    assert result.row_numbers == [0, 1, 3, 4, 5, 6] and result[2]["title"] is None


def test_polars(articles, expected):
    frame = polars.DataFrame(articles)
    assert rows(newsgauge.score(frame, marks=True)) == expected
    assert len(newsgauge.score(frame["text"])) == len(articles)
    lazy = frame.lazy().filter(polars.col("id") != "a0").collect()
    assert rows(newsgauge.score(lazy, marks=True)) == expected[1:]


def test_pyarrow(articles, expected):
    table = pyarrow.Table.from_pylist(articles)
    assert rows(newsgauge.score(table, marks=True)) == expected
    assert rows(newsgauge.score(table.to_batches()[0], marks=True)) == expected
    reader = pyarrow.RecordBatchReader.from_batches(table.schema, table.to_batches(2))
    assert rows(newsgauge.score(reader, marks=True)) == expected
    assert len(newsgauge.score(table["text"])) == len(articles)
    assert len(newsgauge.score(pyarrow.array([a["text"] for a in articles]))) == len(articles)


def test_kinds_of_arrow_strings(articles):
    texts = [a["text"] for a in articles]
    axes = [r["axes"] for r in newsgauge.score(texts)]
    for kind in (pyarrow.large_string(), pyarrow.string_view(), pyarrow.binary()):
        table = pyarrow.table({"Text": pyarrow.array(texts).cast(kind)})
        assert [r["axes"] for r in newsgauge.score(table)] == axes, kind
    table = pyarrow.table({"text": pyarrow.array(texts).dictionary_encode()})
    assert [r["axes"] for r in newsgauge.score(table)] == axes


def test_columns_of_other_kinds_are_no_trouble(articles):
    table = pyarrow.Table.from_pylist(articles)
    table = table.append_column("vector", pyarrow.array([[1.0, 2.0]] * len(articles)))
    spans = [[{"start": 0, "end": 3}]] * len(articles)
    table = table.append_column(
        "length", pyarrow.array([None] * len(articles), pyarrow.duration("s"))
    )
    assert len(newsgauge.score(table)) == len(articles)
    table = table.append_column("targets", pyarrow.array(spans))
    result = newsgauge.score(table, marks=True)
    assert result[0]["marks"]["targets"][0]["text"] == "The"


def test_paths_folders_and_patterns(jsonl, expected, tmp_path):
    assert rows(newsgauge.score(jsonl, marks=True)) == expected
    assert rows(newsgauge.score(tmp_path, marks=True)) == expected
    assert rows(newsgauge.score(tmp_path / "*.jsonl", marks=True)) == expected
    assert rows(newsgauge.score([jsonl], marks=True)) == expected
    with pytest.raises(FileNotFoundError):
        newsgauge.score(tmp_path / "no.jsonl")
    with pytest.raises(FileNotFoundError):
        newsgauge.score(pathlib.Path(str(tmp_path / "*.warc")))


def test_a_text_that_is_a_path_is_told(jsonl):
    with pytest.warns(UserWarning, match="pathlib"):
        newsgauge.score(str(jsonl))


def test_nothing_gives_nothing(articles):
    for empty in ([], pandas.DataFrame({"text": []}), polars.DataFrame({"text": []}), iter([])):
        result = newsgauge.score(empty)
        assert len(result) == 0 and result.to_arrow().num_rows == 0 and result.to_jsonl() == b""
    assert newsgauge.score("")["unscored"]
    with pytest.raises(TypeError, match="int"):
        newsgauge.score(3)


def test_rejected_rows_do_not_stop_the_others(story):
    with pytest.warns(newsgauge.RejectWarning, match="2 rows rejected, the first one row 1"):
        result = newsgauge.score([story, None, {"text": 7}, story])
    assert result.row_numbers == [0, 3] and result.rows_read == 4
    assert [reject.row for reject in result.rejects] == [1, 2]
    assert "not a string" in result.rejects[1].reason
    with pytest.raises(newsgauge.RejectError) as error:
        newsgauge.score([story, None], errors="raise")
    assert error.value.row == 1 and "text" in error.value.reason
    with pytest.raises(newsgauge.RejectError):
        newsgauge.score({"title": "no text"})


def test_other_languages_have_marks_and_no_scores(french, story):
    scored = newsgauge.score(french, marks=True)
    assert "not in English" in scored["unscored"] and scored["axes"] == {}
    both = newsgauge.score([french, story])
    assert [bool(row["unscored"]) for row in both] == [True, False]


def test_lone_surrogates_keep_places_right(story):
    text = "\ud800 \udfff" + story + "\udc00"
    scored = newsgauge.score(text, marks=True)
    for one in scored["marks"]["attributions"]:
        for piece in one["content"]:
            assert text[piece["start"] : piece["end"]] == piece["text"]
    assert newsgauge.score([text])[0]["words"] == scored["words"]


def test_places_count_code_points(story):
    text = "😀😀 " + story
    scored = newsgauge.score(text, marks=True)
    pieces = [p for a in scored["marks"]["attributions"] for p in a["content"] + a["source"]]
    assert pieces and all(text[p["start"] : p["end"]] == p["text"] for p in pieces)
    told = newsgauge.score(text, marks=True, offsets="bytes")
    pieces = [p for a in told["marks"]["attributions"] for p in a["content"]]
    raw = text.encode()
    assert all(raw[p["start"] : p["end"]].decode() == p["text"] for p in pieces)


def test_a_text_of_ten_megabytes(story):
    text = (story + "\n\n") * (10_000_000 // len(story.encode()) + 1)
    with pytest.raises(newsgauge.RejectError, match="more than 524288"):
        newsgauge.score(text)
    scored = newsgauge.score(text, max_bytes=16 << 20)
    assert scored["words"] > 1_000_000


def test_wrong_arguments_are_told(story):
    for flags in (
        {"offsets": "words"},
        {"columns": {"body": "text"}},
        {"input_format": "x"},
        {"errors": "ignore"},
    ):
        with pytest.raises(ValueError):
            newsgauge.score([story, None], **flags)
    with pytest.raises(newsgauge.ModelError):
        newsgauge.score(story, model="no/such/folder")


def test_columns_by_name(story):
    frame = pandas.DataFrame({"nr": ["x"], "wording": [story]})
    result = newsgauge.score(frame, columns={"text": "wording", "id": "nr"})
    assert result[0]["id"] == "x"
    assert newsgauge.score(frame, columns="wording")[0]["words"] == result[0]["words"]


def test_a_stream_that_breaks_is_told(story):
    schema = pyarrow.schema([("text", pyarrow.string())])

    def batches():
        yield pyarrow.record_batch([[story]], schema=schema)
        raise OSError("the disk has gone")

    reader = pyarrow.RecordBatchReader.from_batches(schema, batches())
    with pytest.raises(newsgauge.NewsgaugeError, match="broke off behind row 1"):
        newsgauge.score(reader)
