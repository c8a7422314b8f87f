"""Finding a term however it is typed."""

import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetracker.core.terms import contains_term
from casetracker.core.text import fold

letters = st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("He lives at Damrak 12-B, they say.", "damrak 12b"),
        ("https://x.example/Damrak%2012", "Damrak 12"),
        ("https://x.example/?go=https%3A%2F%2Fy.example%2FDamrak%252012", "Damrak 12"),
        ("https://x.example/damrak-12/", "Damrak 12"),
        ("https://x.example/damrak12", "Damrak 12"),
        ("DAMRAK\n12", "Damrak 12"),
        ("ＤＡＭＲＡＫ１２", "Damrak 12"),
        ("𝐃𝐀𝐌𝐑𝐀𝐊 12", "Damrak 12"),
        ("d.a.m.r.a.k 12", "Damrak 12"),
        ("Dam\u00adrak 12", "Damrak 12"),
        ("Rue des Écoles", "rue des ecoles"),
        ("rue des ecoles", "Rue des Écoles"),
        ("Café", "cafe"),
        ("据报道，青田同乡会在此", "青田同乡会"),
        ("青 田 同 乡 会", "青田同乡会"),
        ("王五", "王五"),
        ("%E7%8E%8B%E4%BA%94", "王五"),
        ("Mr Li, shopkeeper", "Li"),
        ("by Li.", "li"),
        ("L\u200bi", "Li"),
        ("Dam-1", "Dam 1"),
        ("https://x.example/koenigstrasse-12", "Königstraße 12"),
        ("KO\u0308NIGSTRASSE 12", "Koenigstraße 12"),
        ("Aalesund street", "Ålesund street"),
        ("http://xn--knigstrae-n1a9v.example", "königstraße"),
        ("https://xn--xhq7fqivp97rny9cu6xc.example", "东京青田同乡会"),
        ("https://xn--golden-dragon.example/", "golden"),
        ("https://x.example/caf%E9-dragon/", "Café Dragon"),
        ("https://x.example/?q=%C7%E0%CC%EF%CD%AC%CF%E7%BB%E1", "青田同乡会"),
        ("GOLDEN&#32;DRAGON&nbsp;Travel", "Golden Dragon Travel"),
        ("Rue de l&amp;#39;%26Eacute;glise 12", "Rue de l'Église 12"),
        ("https://x.example/?a=1&paradise-host", "paradise host"),
        ("Golden\u3164Dragon Travel", "Golden Dragon Travel"),
        ("Mr\u3164Li", "Li"),
        ("L\u1160i", "Li"),
        ("在華人聯誼會", "华人联谊会"),
        ("在华人联谊会", "華人聯誼會"),
    ],
)
def test_a_term_is_found(text, term):
    assert contains_term(text, term)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Limerick", "Li"),
        ("polite", "Li"),
        ("the Amsterdam 1st", "Dam 1"),
        ("Damrak 2", "Damrak 12"),
        ("anything", ""),
        ("anything", " -- "),
        ("", "Damrak"),
        ("люди", "Лю"),
        ("Blue Moon", "Blu Mon"),
        ("&#" + "9" * 5000, "Damrak"),
    ],
)
def test_a_term_is_not_found(text, term):
    assert not contains_term(text, term)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("asked Li Wei", "Li Wei"),
        ("asked Wei Li", "Li Wei"),
        ("LI, Wei", "Wei Li"),
        ("asked LiWei", "Li Wei"),
        ("see @liwei88", "Li Wei"),
        ("https://x.example/weili", "Li Wei"),
        ("asked LiWu", "Li Wu"),
        ("see @liwu", "Li Wu"),
        ("https://x.example/wuli/1", "Li Wu"),
        ("WuLi%20said", "Li Wu"),
        ("asked Weiming Li", "Li Weiming"),
        ("visitliweiming2022", "Li Weiming"),
        ("Wei Ming Li", "Li Wei Ming"),
        ("García López, María", "Maria Garcia Lopez"),
        ("Mueller Jörg", "Jörg Müller"),
        ("Вэй Ли", "Ли Вэй"),
        ("王五", "王五"),
    ],
)
def test_a_name_is_found(text, name):
    assert contains_term(text, name, is_name=True)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Stations in Mali and Peru, and in Lima", "Ma Li"),
        ("MALI", "Li Ma"),
        ("Carolina met Alina", "Li Na"),
        ("Wei Ming Lin", "Li Weiming"),
        ("asked Liweiler", "Li Wei"),
        ("Li met Wei", "Li Wei"),
        ("YouTube", "You"),
        ("Oliver Weill", "Li Wei"),
        ("anything", " "),
    ],
)
def test_a_name_is_not_found(text, name):
    assert not contains_term(text, name, is_name=True)


def test_only_names_are_turned_around():
    assert not contains_term("12 Damrak", "Damrak 12")


@given(st.text(max_size=20), letters, st.text(max_size=20))
def test_a_term_among_other_words_is_found_in_any_case_and_in_a_url(before, term, after):
    if not fold(term):
        return
    for form in (term, term.upper(), unicodedata.normalize("NFD", term), quote(term)):
        if fold(form) == fold(term):  # Some letters have no way back from upper case.
            assert contains_term(f"{before} {form} {after}", term)
