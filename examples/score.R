# Scores articles from R over the command line's JSON lines; needs jsonlite and `newsgauge` on the PATH (or in $NEWSGAUGE).
#
#   Rscript examples/score.R corpus.csv scores.csv
#
# corpus.csv has the columns id and text, and outlet, date, title where known. scores.csv is what quanteda takes:
# readtext-like, `doc_id`, `text`, and a document variable for each score.
library(jsonlite)

newsgauge <- function(arguments, lines) {
  program <- Sys.getenv("NEWSGAUGE", "newsgauge")
  input <- tempfile(fileext = ".jsonl")
  output <- tempfile(fileext = ".jsonl")
  on.exit(unlink(c(input, output)))
  connection <- file(input, open = "w", encoding = "UTF-8")
  stream_out(lines, connection, verbose = FALSE, na = "null")
  close(connection)
  status <- system2(program, c(arguments, "--quiet", "--offsets", "chars", "--output", output, input))
  # 3: some rows were rejected, the rest is scored.
  if (!status %in% c(0, 3)) stop("newsgauge ended with status ", status)
  connection <- file(output, open = "r", encoding = "UTF-8")
  on.exit(close(connection), add = TRUE)
  stream_in(connection, verbose = FALSE)
}

# A row an article; nested columns become `axes.tone.class`, `axes.tone.value` …
score <- function(articles) flatten(newsgauge(c("score", "--format", "jsonl"), articles))

# A row a statement; `text` of its content, joined where it is in pieces.
quotes <- function(articles) {
  told <- newsgauge(c("quotes", "--format", "jsonl"), articles)
  words <- function(pieces) vapply(pieces, function(p) paste(p$text, collapse = " … "), "")
  data.frame(
    doc_id = told$article,
    speakers = vapply(told$speakers, paste, "", collapse = "; "),
    class = told$class, kind = told$kind, act = told$act, confidence = told$confidence,
    cue = words(told$cue), content = words(told$content)
  )
}

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) == 2) {
  articles <- read.csv(arguments[1], encoding = "UTF-8", colClasses = "character")
  scores <- score(articles)
  axes <- grep("^axes\\.[a-z]+\\.(class|value|measure)$", names(scores), value = TRUE)
  variables <- scores[c("words", "unscored", axes)]
  names(variables) <- gsub("\\.", "_", sub("^axes\\.", "", names(variables)))
  # Rejected rows have no scores: rows are joined by id, never by place.
  at <- match(articles$id, scores$id)
  frame <- data.frame(doc_id = articles$id, text = articles$text, variables[at, ], row.names = NULL)
  others <- setdiff(names(articles), c("id", "text"))
  write.csv(cbind(frame, articles[others]), arguments[2], row.names = FALSE, fileEncoding = "UTF-8")
  said <- quotes(articles)
  cat(nrow(frame), "articles,", nrow(said), "statements;", sum(is.na(at)), "without scores\n")
  print(head(sort(table(said$speakers), decreasing = TRUE), 3))
}
