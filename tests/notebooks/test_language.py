"""The texts are spelt rightly, read easily, and can be heard: headings in order, links with names.

The words that no general dictionary has stand in `words.txt`, one a line.
"""

import itertools
from pathlib import Path
import re

import lesson_text
import pytest
from spellchecker import SpellChecker

ROOT = Path(__file__).parents[2]
OWN_WORDS = set((Path(__file__).parent / "words.txt").read_text().split())
# A letter case inside, digits, dots and underscores make a name of code, which is not spelt here.
SPELT = re.compile(r"(?<![\w@#./_-])[A-Za-z]+(?:['\u2019][a-z]+)?(?![\w(_/])")
ENDING = re.compile(r"['\u2019][a-z]*$")
MOST_WORDS = 30  # of a sentence
LONGER = {
    "00-start-here:ways": "names three headings as they are",
    "04-labels:explain": "a list in a marking scheme, for teachers",
    "00-quiz-points": "its words are drawn, and shorter when they are shown",
}
HARDEST = 30  # LIX; up to here a text counts as very easy
SAYS_NOTHING = {"here", "this", "link", "click here", "more", "page", "lesson"}
PATHS = lesson_text.notebooks()


def all_texts():
    """Return every text that learners and teachers read, by the place where it stands."""
    texts = {
        f"{name}:{cell_id}": text
        for name, path in PATHS.items()
        for cell_id, text in lesson_text.markdown(path).items()
    }
    guides = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    return {
        **texts,
        **lesson_text.questions(),
        **{path.name: path.read_text() for path in guides},
    }


def spelt_words(text):
    """Return the words of a text that are to be spelt rightly."""
    for word in SPELT.findall(lesson_text.prose(text)):
        plain = ENDING.sub("", word)
        if len(plain) > 2 and not re.search(r"[a-z][A-Z]", plain):
            yield plain


def test_every_word_is_in_the_dictionary_or_among_our_own():
    known = SpellChecker(language="en")
    unknown = {
        (word, place)
        for place, text in all_texts().items()
        for word in spelt_words(text)
        if word.lower() not in known and word.lower() not in OWN_WORDS
    }
    assert sorted(unknown) == []


def test_our_own_words_are_in_order_used_and_in_no_dictionary():
    known = SpellChecker(language="en")
    lines = (Path(__file__).parent / "words.txt").read_text().split()
    assert lines == sorted(set(lines))
    used = {word.lower() for text in all_texts().values() for word in spelt_words(text)}
    assert sorted(OWN_WORDS - used) == []
    assert [word for word in lines if word in known] == []


def test_no_sentence_is_long_without_a_reason():
    lessons = {place: text for place, text in all_texts().items() if not place.endswith(".md")}
    long = {
        place
        for place, text in lessons.items()
        for sentence in lesson_text.sentences(text)
        if len(lesson_text.words(sentence)) > MOST_WORDS
    }
    assert long == set(LONGER)


@pytest.mark.parametrize("name", [name for name in PATHS if name[0].isdigit()])
def test_a_lesson_reads_very_easily(name):
    assert lesson_text.reading(lesson_text.markdown(PATHS[name]).values()).lix < HARDEST


@pytest.mark.parametrize("name", PATHS)
def test_headings_go_down_one_level_at_a_time(name):
    levels = [
        len(marks)
        for text in lesson_text.markdown(PATHS[name]).values()
        for marks in re.findall(r"(?m)^(#{1,6}) ", lesson_text.FENCED.sub("", text))
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in itertools.pairwise(levels)), levels


@pytest.mark.parametrize("name", PATHS)
def test_a_link_says_where_it_leads(name):
    for text in lesson_text.markdown(PATHS[name]).values():
        for words in re.findall(r"(?<!!)\[([^\]]*)\]\(", lesson_text.FENCED.sub("", text)):
            assert words.strip(), text
            assert words.strip().lower() not in SAYS_NOTHING
            assert not words.startswith("http")
