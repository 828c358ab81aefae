"""The words of the lessons, without their code: to spell them, and to measure how hard they read.

Run as a program, it prints the table of `docs/contributing.md`.
"""

from dataclasses import dataclass
import json
from pathlib import Path
import re

import yaml

ROOT = Path(__file__).parents[2]
FENCED = re.compile(r"```.*?```", re.DOTALL)
FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$\n]+\$", re.DOTALL)
CODE = re.compile(r"`[^`]*`")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
TAG = re.compile(r"<style>.*?</style>|<[^>]+>", re.DOTALL)
ADDRESS = re.compile(r"https?://\S+")
NEW_BLOCK = re.compile(r"\s*([-*] |\d+\. |#|\|)")
SENTENCE_ENDS = re.compile(r"(?<=[.!?…])[)\"”*_]*\s+(?=[(*_\"“]*[A-Z0-9])|(?<=:)\s+")
WORD = re.compile(r"[A-Za-zÀ-ÿ0-9][\w'\u2019.,%\u2212-]*")
LONG_WORD = 6  # letters, after Björnsson
QUESTION_TEXTS = ("prompt", "hint", "explanation", "worked")


@dataclass
class Reading:
    """How hard a text reads."""

    words: int
    sentences: int
    long_words: int

    @property
    def words_a_sentence(self) -> float:
        """Return the mean length of a sentence."""
        return self.words / self.sentences

    @property
    def lix(self) -> float:
        """Return the LIX (C. H. Björnsson, Läsbarhet, 1968).

        Below 30 is very easy, 40 is a newspaper, above 50 is hard.
        """
        return self.words_a_sentence + 100 * self.long_words / self.words


def notebooks():
    """Return the sources: lessons and pages, by name."""
    paths = sorted([*ROOT.glob("solutions/*/*.ipynb"), *ROOT.glob("solutions/*.ipynb")])
    return {path.stem: path for path in paths}


def markdown(path):
    """Return the text of each markdown cell of a notebook, by the cell's id."""
    cells = json.loads(path.read_text())["cells"]
    return {one["id"]: "".join(one["source"]) for one in cells if one["cell_type"] == "markdown"}


def questions():
    """Return the text of each question, by its id."""
    found = {}
    banks = [*ROOT.glob("data/questions/*.yaml"), *ROOT.glob("solutions/*.challenge.yaml")]
    for path in sorted(banks):
        for question in yaml.safe_load(path.read_text())["questions"]:
            texts = [str(question.get(field, "")) for field in QUESTION_TEXTS]
            for option in question.get("options", []):
                texts += [str(option.get("text", "")), str(option.get("why", ""))]
            found[question["id"]] = "\n\n".join(texts)
    return found


def prose(text):
    """Return a text without code, formulas, addresses and tags."""
    text = FENCED.sub(" ", text)
    text = CODE.sub("Code", FORMULA.sub("x", text))
    return ADDRESS.sub(" ", TAG.sub(" ", LINK.sub(r"\1", text)))


def sentences(text):
    """Return the sentences of a text in Markdown; headings and tables have none."""
    found = []
    for block in _blocks(prose(text)):
        found += [one for one in SENTENCE_ENDS.split(block.strip()) if WORD.search(one)]
    return found


def _blocks(text):
    for paragraph in re.split(r"\n\s*\n", text):
        block = ""
        for line in paragraph.splitlines():
            begins = NEW_BLOCK.match(line)
            if begins:
                yield block
                block = ""
                if begins[1] in "#|":
                    continue
                line = line[begins.end() :]
            block += f" {line.strip()}"
        yield block


def words(sentence):
    """Return the words of a sentence."""
    return WORD.findall(sentence)


def reading(texts):
    """Measure some texts together."""
    found = [words(one) for text in texts for one in sentences(text)]
    letters = [re.sub(r"\W", "", word) for one in found for word in one]
    return Reading(len(letters), len(found), sum(len(word) > LONG_WORD for word in letters))


if __name__ == "__main__":
    print("| text | words | words a sentence | LIX |\n|---|---|---|---|")
    rows = {name: markdown(path).values() for name, path in notebooks().items()}
    for name, texts in {**rows, "questions": questions().values()}.items():
        one = reading(texts)
        print(f"| {name} | {one.words} | {one.words_a_sentence:.1f} | {one.lix:.0f} |")
