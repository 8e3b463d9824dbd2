#!/usr/bin/env bash
# Makes a first corpus for each target from the project's own articles.
set -euo pipefail
cd "$(dirname "$0")"
for target in sources jsonl csv html warc parquet score; do mkdir -p "corpus/$target"; done
for id in 0001 0007 0036 0050; do
  text=$(head -c 1200 "../corpus/$id.txt")
  printf '%s' "$text" > "corpus/score/$id"
  printf '%s' "$text" > "corpus/sources/$id"
  json=$(printf '%s' "$text" | python3 -c 'import json,sys; print(json.dumps({"id": 1, "text": sys.stdin.read(), "targets": ["Marr", {"start": 0, "end": 4}]}))')
  printf '%s\n%s\n' "$json" '{"text": 5}' > "corpus/jsonl/$id"
  printf 'id,text,title\n1,"%s",T\n2,b\n' "${text//\"/\"\"}" > "corpus/csv/$id"
  printf '<html lang=en><title>T | P</title><body><nav><a href=/>Home</a></nav><h1>T</h1><p>%s</p></html>' "$text" > "corpus/html/$id"
  body=$(printf 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n%s' "$text")
  length=$(printf '%s' "$body" | wc -c)
  for n in 1 2; do
    printf 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%s>\r\nContent-Length: %s\r\n\r\n%s\r\n\r\n' "$n" "$length" "$body"
  done > "corpus/warc/$id"
  for kind in jsonl csv html warc; do
    cp "corpus/$kind/$id" "corpus/sources/$kind-$id"
    gzip -c "corpus/$kind/$id" > "corpus/sources/$kind-$id.gz"
  done
  if "../target/release/newsgauge" score "corpus/jsonl/$id" --format parquet --text --output "corpus/parquet/$id" --quiet; then :; fi
done
