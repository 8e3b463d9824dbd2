-- Scores in DuckDB: newsgauge score news.jsonl --format parquet --output scores.parquet
--                   newsgauge quotes news.jsonl --format jsonl > quotes.jsonl
--                   duckdb < examples/duckdb.sql
-- (Parquet needs a build with --features parquet; without it read scores.jsonl by read_json_auto.)

-- One article a row, with the axes as columns.
CREATE OR REPLACE VIEW scores AS
SELECT id, outlet, date, words, unscored,
       axes.tone.class AS tone, axes.tone.value AS tone_value,
       axes.attribution.measure AS attributed_share,
       axes.hedging.value AS hedging_value,
       axes.sourcing.class AS sourcing,
       speakers, stance
FROM 'scores.parquet';

-- How loaded each outlet writes, and how much of it is attributed.
SELECT outlet, count(*) AS articles, round(avg(tone_value), 3) AS tone,
       round(avg(attributed_share), 3) AS attributed
FROM scores WHERE unscored IS NULL
GROUP BY outlet ORDER BY tone DESC;

-- Who speaks most, over all articles.
SELECT speaker.name AS speaker, any_value(speaker.class) AS class,
       sum(speaker.attributions)::BIGINT AS statements, sum(speaker.words)::BIGINT AS words,
       count(*) AS articles
FROM (SELECT unnest(speakers) AS speaker FROM scores)
GROUP BY ALL ORDER BY words DESC, speaker LIMIT 20;

-- Which side articles take toward whom.
SELECT toward.target AS target, count(*) AS articles, round(avg(toward.value), 3) AS stance
FROM (SELECT unnest(stance) AS toward FROM scores)
GROUP BY ALL HAVING count(*) > 1 ORDER BY articles DESC, target LIMIT 20;

-- The surest direct statements, a row each.
SELECT article, array_to_string(speakers, '; ') AS speakers, confidence, content[1].text AS words
FROM read_json_auto('quotes.jsonl')
WHERE kind = 'direct' ORDER BY confidence DESC, article LIMIT 10;
