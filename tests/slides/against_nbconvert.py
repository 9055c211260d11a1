"""Compares a deck of `workbook slides` with the slides that nbconvert makes of the same notebook: slides, slides below them, fragments, notes, headings
and captions, in order. Ends with 1 where they differ.

    python3 -m nbconvert --to slides --no-input --output-dir /tmp out/notebooks/05-global-optimum.ipynb
    python3 tests/slides/against_nbconvert.py /tmp/05-global-optimum.slides.html out/slides/05-global-optimum.html

Text, notes and metadata of a deck are those of the notebook as it is now: run the notebook after its last change.
"""

import re
import sys
from html.parser import HTMLParser

ALONE = {"img", "br", "hr", "input", "meta", "link", "source", "wbr", "col", "area", "base", "embed", "track"}


def letters(text):
    """What both have in common: no formulae, which nbconvert leaves in dollars, no marks, no anchors."""
    return re.sub(r"[^a-z0-9]", "", re.sub(r"\$\$.*?\$\$|\$[^$]*\$", "", text, flags=re.DOTALL).lower())


class Deck(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.columns, self.seen, self.text = [], [], False, ""

    def inside(self, kind):
        return any(k == kind for _, k in self.open)

    def slide(self):
        column = self.columns[-1]
        return column[-1] if len(column) > 1 else column[0]

    def handle_starttag(self, tag, attributes):
        names = (dict(attributes).get("class") or "").split()
        if tag in ALONE or not self.seen and not (tag == "div" and "slides" in names):
            return
        kind = ""
        if not self.seen:
            self.seen, kind = True, "root"
        elif tag == "section":
            kind, new = "section", {"fragments": 0, "notes": "", "headings": [], "captions": []}
            if self.inside("section"):
                self.columns[-1].append(new)
            else:
                self.columns.append([new])
        elif tag == "aside" and "notes" in names:
            kind = "notes"
        elif tag == "div" and "fragment" in names:
            kind = "fragment"
            self.slide()["fragments"] += 1
        elif tag in ("script", "style", "svg") or "math" in names:
            kind = "skip"
        elif tag in ("h1", "h2", "h3", "h4") and not self.inside("notes"):
            kind, self.text = "headings", ""
        elif tag == "figcaption":
            kind, self.text = "captions", ""
        self.open.append((tag, kind))

    def handle_endtag(self, tag):
        if not any(t == tag for t, _ in self.open):
            return
        while True:
            name, kind = self.open.pop()
            if kind in ("headings", "captions"):
                self.slide()[kind].append(letters(self.text))
            if kind == "root":
                self.seen = False
            if name == tag:
                return

    def handle_data(self, data):
        if not self.columns or self.inside("skip"):
            return
        if self.inside("notes"):
            self.slide()["notes"] += data
        elif self.inside("headings") or self.inside("captions"):
            self.text += data


def columns(path):
    deck = Deck()
    with open(path, encoding="utf-8") as file:
        deck.feed(file.read())
    # A column with slides below one another has a section around them, which is none itself.
    return [column[1:] or column for column in deck.columns]


def main(theirs, ours):
    theirs, ours = columns(theirs), columns(ours)
    shapes = [[len(column) for column in deck] for deck in (theirs, ours)]
    differences = [] if shapes[0] == shapes[1] else [f"slides of each column: nbconvert {shapes[0]}, workbook {shapes[1]}"]
    for x, (left, right) in enumerate(zip(theirs, ours)):
        for y, (a, b) in enumerate(zip(left, right)):
            for name in ("fragments", "notes", "headings", "captions"):
                if name == "headings" and x + y == 0:
                    continue  # the title slide has a heading of its own
                values = [letters(v[name]) if name == "notes" else v[name] for v in (a, b)]
                if values[0] != values[1]:
                    differences.append(f"slide {x + 1}.{y + 1}, {name}: nbconvert {values[0]}, workbook {values[1]}")
    print("\n".join(differences) or f"alike: {sum(shapes[0])} slides in {len(theirs)} columns")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
