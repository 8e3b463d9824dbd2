#!/usr/bin/env bash
# Makes a first corpus for each target from the project's own articles.
set -euo pipefail
cd "$(dirname "$0")"
for target in sources jsonl csv html warc parquet documents exports score feed wxr nitf newsml iptc7901 json; do
  mkdir -p "corpus/$target"
done
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
  xml=$(printf '%s' "$text" | sed 's/&/\&amp;/g; s/</\&lt;/g')
  printf '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>N</title><item><title>T</title><pubDate>Tue, 05 Mar 2019 06:00:00 GMT</pubDate><content:encoded><![CDATA[<p>%s</p>]]></content:encoded></item></channel></rss>' "$text" > "corpus/feed/$id"
  printf '<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><entry><id>1</id><title>T</title><content type="html">%s</content></entry></feed>' "$xml" > "corpus/feed/atom-$id"
  printf '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>N</title><item><title>T</title><content:encoded><![CDATA[[caption]x[/caption]%s]]></content:encoded><wp:status>draft</wp:status></item></channel></rss>' "$text" > "corpus/wxr/$id"
  printf '<?xml version="1.0"?><nitf><head><docdata><date.issue norm="20190305T060000Z"/></docdata></head><body><body.head><hedline><hl1>T</hl1></hedline><byline>By N</byline></body.head><body.content><p>%s</p></body.content></body></nitf>' "$xml" > "corpus/nitf/$id"
  printf '<newsItem guid="1"><itemMeta><versionCreated>2019-03-05</versionCreated></itemMeta><contentSet><inlineXML><html><body><p>%s</p></body></html></inlineXML></contentSet></newsItem>' "$xml" > "corpus/newsml/$id"
  printf '\001nwa0062 4 i 211  nwi 061\r\n\nN/\r\n\002T =\r\n\n   %s\r\n\003131137 GMT Nov 13\r\n\004' "$text" > "corpus/iptc7901/$id"
  printf '{"status": "ok",\n "articles": [{"source": {"name": "N"}, "content": %s}]}' "$(printf '%s' "$text" | python3 -c 'import json,sys; print(json.dumps(sys.stdin.read()))')" > "corpus/json/$id"
  for kind in feed wxr nitf newsml iptc7901 json; do
    cp "corpus/$kind/$id" "corpus/sources/$kind-$id"
  done
  for kind in jsonl csv html warc; do
    cp "corpus/$kind/$id" "corpus/sources/$kind-$id"
    gzip -c "corpus/$kind/$id" > "corpus/sources/$kind-$id.gz"
  done
  # The first byte chooses the format.
  printf '\001{\\rtf1\\ansi \\ldblquote Yes,\\rdblquote  said %s\\par}' "${text//[\\\{\}]/}" > "corpus/documents/rtf-$id"
  printf '\002From: a@b.example\nSubject: T\nMIME-Version: 1.0\n\n%s' "$text" > "corpus/documents/eml-$id"
  printf '%s of 1 DOCUMENTS\n\nPaper\n\nMarch 5, 2031\n\nT\n\nLENGTH: 9 words\n\n%s\n\nLANGUAGE: ENGLISH\n' 1 "$text" | sed '1s/^/\x00/' > "corpus/exports/nexis-$id"
  printf '\000HD\nT\nPD\n5 March 2031\nSN\nPaper\nLP\n%s\nAN\nDocument PAPER0000020310305ef350000a\n' "$text" > "corpus/exports/factiva-$id"
  printf '\001<div class="article enArticle"><div id="hd"><span class="enHeadline">T</span></div><div>9 words</div><div>5 March 2031</div><div>Paper</div><p class="articleParagraph">%s</p></div>' "$text" > "corpus/exports/page-$id"
  if "../target/release/newsgauge" score "corpus/jsonl/$id" --format parquet --text --output "corpus/parquet/$id" --quiet; then :; fi
done
