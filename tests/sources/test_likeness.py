"""How alike titles and texts are."""

import random

import pytest

from casetracker.sources.likeness import bare_title, sketch, sketch_likeness, title_likeness, words_of

WORDS = [
    "police",
    "station",
    "service",
    "overseas",
    "city",
    "report",
    "minister",
    "closed",
    "question",
    "embassy",
    "answer",
    "office",
    "shop",
]


def text(seed, length=400):
    chooser = random.Random(seed)  # noqa: S311 - no secret
    return " ".join(f"{chooser.choice(WORDS)}{chooser.randrange(40)}" for _ in range(length))


def titles(one, other):
    return title_likeness(words_of(one), words_of(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("China opens police stations abroad", "CHINA OPENS POLICE STATIONS ABROAD!"),
        ("Señales de comisarías chinas en España", "Senales de comisarias chinas en Espana"),
        ("中國在海外設立警察服務站", "中国在海外设立警察服务站"),
    ],
)
def test_spelling_makes_no_difference_to_a_title(one, other):
    assert titles(one, other) == 1


def test_a_word_more_or_less_is_nearly_the_same_title():
    one = "Dutch government orders the immediate closure of two Chinese police stations"
    assert 0.85 <= titles(one, one.replace("immediate ", "")) < 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("China has 54 police stations abroad", "China has 102 police stations abroad"),
        ("China abroad", "China abroad"),
        ("Minister answers questions on stations", "Embassy calls the report on centres false"),
        ("", ""),
    ],
)
def test_other_numbers_other_words_and_too_few_words_are_not_alike(one, other):
    assert titles(one, other) < 0.85


def test_the_publisher_behind_a_title_is_no_part_of_it():
    assert bare_title("Stations found in Delft - NRC", "NRC") == "Stations found in Delft"
    assert bare_title("Stations found in Delft | BBC News", "BBC") == "Stations found in Delft"
    assert bare_title("Stations found in Delft - again", "NRC") == "Stations found in Delft - again"


def likeness_of_texts(one, other):
    return sketch_likeness(sketch(one), sketch(other))


def test_a_text_is_like_itself_however_it_is_set():
    page = text(1)
    assert likeness_of_texts(page, page.upper().replace(" ", ",\n ")) == 1


def test_what_a_site_puts_around_a_text_matters_little():
    page = text(1)
    assert likeness_of_texts(page, f"Home Menu Login {page} Share this article with your friends") > 0.9


def test_half_of_a_text_is_half_of_it():
    page = text(1, 1000)
    assert 0.35 < likeness_of_texts(page, " ".join(page.split()[:500])) < 0.65


def test_other_texts_of_the_same_words_are_not_alike():
    assert likeness_of_texts(text(1), text(2)) < 0.05


@pytest.mark.parametrize(("one", "other"), [("", ""), ("too short", "too short"), (" ", text(1)), ("\ud800", "x")])
def test_what_says_too_little_is_like_nothing(one, other):
    assert likeness_of_texts(one, other) == 0
