"""Scores Parquet or WARC files with Spark: a task a partition, rejected rows in a table of their own, a summary that adds up.

    pip install pyspark==4.* ./bindings/python
    spark-submit examples/spark_score.py --input 'news/*.parquet' --output scores
    spark-submit examples/spark_score.py --input 'crawl/*.warc.gz' --output scores --files

Writes ``scores/results``, ``scores/rejects`` (Parquet) and prints how many rows were read, scored and rejected. A task that is
killed is run again by Spark, and its output is committed once: nothing is lost or doubled.
"""

import argparse
import glob
import json

import newsgauge
import pyarrow as pa
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

# One row a result or reject: the two are told apart afterwards, so that every input row is in exactly one of them.
SCHEMA = "id string, source string, tone double, attribution double, hedging double, result string, reason string"
ARROW = pa.schema(
    [
        ("id", pa.string()),
        ("source", pa.string()),
        ("tone", pa.float64()),
        ("attribution", pa.float64()),
        ("hedging", pa.float64()),
        ("result", pa.string()),
        ("reason", pa.string()),
    ]
)


def rows(scored):
    """Results and rejects of one piece of the input as one batch."""
    made = []
    for line, article in zip(scored.to_jsonl().splitlines(), scored):
        values = {
            a: article["axes"].get(a, {}).get("value") for a in ("tone", "attribution", "hedging")
        }
        made.append(
            {"id": article["id"], "source": article["source"], **values, "result": line.decode()}
        )
    made += [{"id": r.id, "source": r.source, "reason": r.reason} for r in scored.rejects]
    return pa.RecordBatch.from_pylist(made, schema=ARROW)


def score_batches(batches):
    """For ``mapInArrow``: runs in a Python worker of its own, which has one core of Spark's."""
    gauge = newsgauge.Scorer(jobs=1)
    for batch in batches:
        yield rows(quietly(gauge, batch))


def score_files(batches):
    """For ``mapInArrow`` over names of files: reads each file's records as the command line does."""
    import pathlib

    gauge = newsgauge.Scorer(jobs=1)
    for batch in batches:
        for path in batch.column("path").to_pylist():
            yield rows(quietly(gauge, pathlib.Path(path)))


def quietly(gauge, data):
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", newsgauge.RejectWarning)
        return gauge.score(data)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--input", required=True, help="files, as a pattern")
    parser.add_argument("--output", required=True)
    parser.add_argument(
        "--files", action="store_true", help="a task a file, in any format (WARC, pages, JSONL …)"
    )
    args = parser.parse_args()
    spark = (
        SparkSession.builder.appName("newsgauge")
        # A batch is held in memory as it is scored.
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", 500)
        .getOrCreate()
    )
    if args.files:
        paths = sorted(glob.glob(args.input))
        frame = spark.createDataFrame([(p,) for p in paths], "path string")
        told = frame.repartition(len(paths)).mapInArrow(score_files, SCHEMA)
    else:
        told = spark.read.parquet(args.input).mapInArrow(score_batches, SCHEMA)
    told.write.mode("overwrite").parquet(f"{args.output}/all")
    told = spark.read.parquet(f"{args.output}/all")
    rejected = F.col("reason").isNotNull()
    told.where(~rejected).drop("reason").write.mode("overwrite").parquet(f"{args.output}/results")
    told.where(rejected).select("id", "source", "reason").write.mode("overwrite").parquet(
        f"{args.output}/rejects"
    )
    results = spark.read.parquet(f"{args.output}/results").count()
    rejects = spark.read.parquet(f"{args.output}/rejects").count()
    print(json.dumps({"rows": told.count(), "results": results, "rejected": rejects}))
    spark.stop()


if __name__ == "__main__":
    main()
