"""Articles that the tests read; invented."""

import json
import os
import pathlib
import shutil

import pytest

STORY = (
    "The council of Norby voted on Monday to close the old harbour bridge. “We have no choice,” said the mayor, Ivo Marr, after "
    "the vote. The bridge was built in 1931 and carries six thousand cars a day. Engineers found cracks in two of its piers in "
    "March, according to a report that the council published. Residents of the east bank may have to drive for forty minutes to "
    "reach the hospital. “It’s a naïve plan,” said Ana Ott, who runs a café near the quay. The council expects the repairs to "
    "take two years and to cost nine million crowns. A ferry will run from June, and it will be free of charge for pupils and "
    "for nurses of the hospital."
)
FRENCH = (
    "Le conseil municipal a voté lundi la fermeture du vieux pont du port. « Nous n'avons pas le choix », a déclaré le maire "
    "après le vote. Le pont, construit en 1931, est emprunté chaque jour par six mille voitures. Des ingénieurs ont découvert "
    "des fissures dans deux de ses piles au mois de mars, selon un rapport publié par le conseil. Les habitants de la rive "
    "droite devront rouler quarante minutes pour atteindre l'hôpital. Les travaux dureront deux ans et coûteront neuf millions. "
    "Un bac gratuit circulera à partir du mois de juin pour les élèves et pour les infirmières de l'hôpital, mais les "
    "commerçants du quai craignent de perdre leurs clients pendant les travaux."
)


@pytest.fixture
def story():
    return STORY


@pytest.fixture
def french():
    return FRENCH


@pytest.fixture
def articles():
    """Fields of seven articles."""
    names = ["Norby", "Oster", "Velm", "Harrow Bay", "Sund", "Ketting", "Lyse"]
    return [
        {
            "id": f"a{n}",
            "title": f"{name} closes its bridge",
            "outlet": "The Norby Echo" if n % 2 else "Harbour Post",
            "date": f"2024-03-0{n + 1}",
            "text": STORY.replace("Norby", name),
        }
        for n, name in enumerate(names)
    ]


@pytest.fixture
def jsonl(tmp_path, articles):
    path = tmp_path / "news.jsonl"
    path.write_text("".join(json.dumps(a) + "\n" for a in articles), encoding="utf-8")
    return path


@pytest.fixture
def program():
    """The command line, built from the same sources: $NEWSGAUGE, or the one of the checkout."""
    root = pathlib.Path(__file__).parents[3]
    given = os.environ.get("NEWSGAUGE") or shutil.which("newsgauge")
    places = [given, root / "target/release/newsgauge", root / "target/debug/newsgauge"]
    found = next((str(place) for place in places if place and os.path.exists(place)), None)
    if not found:
        pytest.skip("the command line is not built")
    return found


CLASSES = ["sparse", "moderate", "dense"]


@pytest.fixture
def folders(tmp_path):
    """A corpus of 36 articles, two a story, with the axis attribution labelled."""
    labels, corpus = tmp_path / "labels", tmp_path / "corpus"
    labels.mkdir()
    corpus.mkdir()
    manifest, rows = ["id,outlet,story"], ["article,axis,label"]
    for n in range(36):
        wanted = n % 3
        lines = ["Town council meets again"]
        for line in range(9):
            if line % 4 < wanted + (line % 5 == n % 5):
                said = f"“We have waited for the bridge number {line} since that spring,” Mayor Ida Roth said."
            else:
                said = (
                    f"The council met near the river and went through item {line} of the long list."
                )
            lines.append(said)
        (corpus / f"{n:04}.txt").write_text("\n\n".join(lines), encoding="utf-8")
        manifest.append(f"{n:04},Outlet {n % 5},story {n // 2}")
        rows.append(f"{n:04},attribution,{CLASSES[wanted]}")
    (corpus / "MANIFEST.csv").write_text("\n".join(manifest) + "\n")
    (labels / "articles.csv").write_text("\n".join(rows) + "\n")
    return labels, corpus
