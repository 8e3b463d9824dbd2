"""What the package costs: one thread and two, the command line beside it, memory while 100,000 rows stream.

    python benchmarks/scale.py [--megabytes 5] [--rows 100000] [--program target/release/newsgauge] [FILE.jsonl]

Without a file the articles are put together from those of ``corpus/``.
"""

import argparse
import json
import pathlib
import resource
import subprocess
import tempfile
import time

import newsgauge

ROOT = pathlib.Path(__file__).parents[3]


def texts():
    return [p.read_text(encoding="utf-8") for p in sorted((ROOT / "corpus").glob("[0-9]*.txt"))]


def peak():
    """Most memory so far, MB (Linux counts KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=pathlib.Path)
    parser.add_argument("--megabytes", type=float, default=5)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--program", default=str(ROOT / "target/release/newsgauge"))
    parser.add_argument("--repeat", type=int, default=3)
    args = parser.parse_args()
    if args.file:
        articles = [json.loads(line)["text"] for line in args.file.open(encoding="utf-8")]
    else:
        articles = texts()
    some, size = [], 0
    while size < args.megabytes * 1e6:
        some.append(articles[len(some) % len(articles)])
        size += len(some[-1].encode())
    print(f"{len(some)} articles, {size / 1e6:.1f} MB")

    gauge = newsgauge.Scorer()
    gauge.score(some[:50])
    best = {}
    for _ in range(args.repeat):
        for jobs in (1, 2):
            seconds = timed(lambda jobs=jobs: gauge.score(some, jobs=jobs))
            best[jobs] = min(seconds, best.get(jobs, seconds))
    print(f"one thread {best[1]:.2f} s, two {best[2]:.2f} s: {best[1] / best[2]:.2f} times")

    if pathlib.Path(args.program).exists():
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "news.jsonl"
            path.write_text("".join(json.dumps({"text": t}) + "\n" for t in some), encoding="utf-8")
            command = [args.program, "score", "--jobs", "1", "--quiet", str(path)]
            alone = min(
                timed(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True))
                for _ in range(args.repeat)
            )
        import pyarrow

        whole = min(
            timed(lambda: pyarrow.table(gauge.score(some, jobs=1))) for _ in range(args.repeat)
        )
        print(
            f"command line, one thread, {alone:.2f} s; here {best[1]:.2f} s, with Arrow out {whole:.2f} s: "
            f"{100 * (best[1] / alone - 1):+.0f} %, {100 * (whole / alone - 1):+.0f} %"
        )

    if args.rows:
        import pyarrow

        schema = pyarrow.schema([("id", pyarrow.int64()), ("text", pyarrow.string())])
        short = [text[:1500] for text in articles]

        def batches():
            for start in range(0, args.rows, 500):
                ids = range(start, min(args.rows, start + 500))
                yield pyarrow.record_batch(
                    [ids, [short[i % len(short)] for i in ids]], schema=schema
                )

        stream = gauge.stream(pyarrow.RecordBatchReader.from_batches(schema, batches()))
        done, start, marks = 0, time.perf_counter(), {}
        for batch in stream.to_reader():
            done += batch.num_rows
            marks[done * 10 // args.rows] = peak()
        seconds = time.perf_counter() - start
        told = ", ".join(f"{10 * tenth} %: {mb:.0f} MB" for tenth, mb in marks.items())
        print(f"{done} rows streamed in {seconds:.0f} s; most memory after {told}")


if __name__ == "__main__":
    main()
