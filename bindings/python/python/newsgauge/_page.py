"""The article with its marks, as HTML. To be replaced by the page of ``newsgauge explain --format html`` when there is one."""

from html import escape

_STYLE = """
.ng{font:15px/1.55 Georgia,serif;max-width:46em;color:#1a1a1a;background:#fff;padding:.6em 1em}
.ng table{border-collapse:collapse;font:13px system-ui,sans-serif;margin:.5em 0}
.ng td,.ng th{padding:.15em .8em .15em 0;text-align:left}
.ng p{white-space:pre-wrap}.ng .skipped{color:#888}
.ng .content{background:#e5effa}.ng .source{border-bottom:2px solid #2563a8}.ng .cue{font-style:italic}
.ng .hedge{background:#fff0b8}.ng .loaded{background:#fbd5d5}.ng .target{text-decoration:underline dotted}
.ng .key{font:12px system-ui,sans-serif}.ng .key span{padding:0 .3em;margin-right:.6em}
"""
_KEY = [
    ("content", "what somebody said"),
    ("source", "who"),
    ("cue", "the word that says so"),
    ("hedge", "hedge"),
    ("loaded", "loaded, own voice"),
    ("target", "judged for stance"),
]


def _spans(marks):
    for one in marks["attributions"]:
        if one["confidence"] < 0.5:
            continue
        who = ", ".join(one["speakers"]) or one["source_class"]
        for part in ("content", "source", "cue"):
            title = f"{who} ({one['kind']}, {one['confidence']:.2f})"
            yield from ((span["start"], span["end"], part, title) for span in one[part])
    yield from ((m["start"], m["end"], "hedge", m["class"]) for m in marks["hedges"])
    yield from (
        (m["start"], m["end"], "loaded", m["class"]) for m in marks["loaded"] if m["own_voice"]
    )
    yield from (
        (m["start"], m["end"], "target", f"{m['target']}: {m['stance']}") for m in marks["targets"]
    )
    yield from ((m["start"], m["end"], "skipped", m["reason"]) for m in marks["skipped"])


def _marked(text, marks):
    """The text in pieces, each under the marks that cover it. Places are code points."""
    spans = sorted(_spans(marks))
    cuts = sorted({0, len(text), *(s for s, *_ in spans), *(e for _, e, *_ in spans)})
    out, open_, at = [], [], 0
    for start, end in zip(cuts, cuts[1:]):
        open_ = [span for span in open_ if span[1] > start]
        while at < len(spans) and spans[at][0] <= start:
            if spans[at][1] > start:
                open_.append(spans[at])
            at += 1
        piece = escape(text[start:end])
        if open_:
            names = " ".join(dict.fromkeys(span[2] for span in open_))
            title = escape("; ".join(dict.fromkeys(span[3] for span in open_)))
            piece = f'<span class="{names}" title="{title}">{piece}</span>'
        out.append(piece)
    return "".join(out)


def _scores(article):
    rows = []
    for name, axis in article["axes"].items():
        value = "" if axis["value"] is None else f"{axis['value']:.2f}"
        told = next((a for a in article.get("explanation", []) if a["axis"] == name), None)
        why = ""
        if told:
            strongest = sorted(told["up"] + told["down"], key=lambda e: -abs(e["contribution"]))[:3]
            why = "; ".join(f"{e['contribution']:+.2f} {e['feature']}" for e in strongest)
        rows.append(
            f"<tr><td>{escape(name)}</td><td>{escape(axis['class'])}</td><td>{value}</td>"
            f"<td>{escape(why)}</td></tr>"
        )
    head = "<tr><th>axis</th><th>class</th><th>value</th><th>what pushed it most</th></tr>"
    return f"<table>{head}{''.join(rows)}</table>"


def fragment(article):
    """The part of a page that shows an explained article (JSON object with text and marks)."""
    title = escape(article["title"] or article["id"])
    told = article["unscored"]
    scores = f"<p>not scored: {escape(told)}</p>" if told else _scores(article)
    notes = "".join(f"<p>{escape(warning)}</p>" for warning in article["warnings"])
    key = "".join(f'<span class="{name}">{doc}</span>' for name, doc in _KEY)
    text = _marked(article["text"], article["marks"])
    return (
        f'<style>{_STYLE}</style><div class="ng"><h3>{title}</h3>{scores}{notes}'
        f'<div class="key">{key}</div><p>{text}</p></div>'
    )


def page(article):
    """A whole page that shows an explained article."""
    title = escape(article["title"] or article["id"])
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body>{fragment(article)}</body></html>\n"
    )
