"""Scores Parquet files with Ray Data: batches of Arrow, rejected rows in a table of their own, a summary that adds up.

    pip install 'ray[data]' ./bindings/python
    python examples/ray_score.py --input news/ --output scores

Writes ``scores/results`` and ``scores/rejects`` (Parquet). A worker that dies is replaced, and its block is scored again.
"""

import argparse
import json
import warnings

import newsgauge
import pyarrow as pa
import ray

SCHEMA = pa.schema(
    [("id", pa.string()), ("source", pa.string()), ("result", pa.string()), ("reason", pa.string())]
)


class Score:
    """An actor that holds the models; one core each."""

    def __init__(self):
        self.gauge = newsgauge.Scorer(jobs=1)

    def __call__(self, table):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", newsgauge.RejectWarning)
            scored = self.gauge.score(table)
        lines = scored.to_jsonl().splitlines()
        made = [
            {"id": article["id"], "source": article["source"], "result": line.decode()}
            for article, line in zip(scored, lines)
        ]
        made += [{"id": r.id, "source": r.source, "reason": r.reason} for r in scored.rejects]
        return pa.Table.from_pylist(made, schema=SCHEMA)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--input", required=True, help="a Parquet file or a folder of them")
    parser.add_argument("--output", required=True)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    ray.init(include_dashboard=False)
    told = (
        ray.data.read_parquet(args.input)
        .map_batches(
            Score,
            batch_format="pyarrow",
            batch_size=500,
            compute=ray.data.ActorPoolStrategy(size=args.workers),
            num_cpus=1,
        )
        .materialize()
    )

    def part(rejected):
        def keep(table):
            mask = table["reason"].is_valid() if rejected else table["reason"].is_null()
            return table.filter(mask)

        return told.map_batches(keep, batch_format="pyarrow")

    results, rejects = part(False).materialize(), part(True).materialize()
    results.drop_columns(["reason"]).write_parquet(f"{args.output}/results")
    rejects.select_columns(["id", "source", "reason"]).write_parquet(f"{args.output}/rejects")
    counts = {"rows": told.count(), "results": results.count(), "rejected": rejects.count()}
    print(json.dumps(counts))
    ray.shutdown()


if __name__ == "__main__":
    main()
