"""Files as Zotero, JabRef and EndNote write them, with their habits."""

from pathlib import Path

import pytest

from casetracker.core.bibliography.formats import BIBTEX, CSL, RIS, format_of
from casetracker.core.bibliography.reference import Name, Reference
from tests.core.bibliography.reading_here import entries

pytestmark = pytest.mark.no_database

CORPUS = Path(__file__).parent / "corpus"

EXPECTED = {
    "zotero.bib": [
        (
            2,
            Reference(
                id="doe_chinas_2022",
                type="article-journal",
                title="China’s “police” stations: 54 & counting",
                authors=(
                    Name("Doe", "Jane"),
                    Name("Müller", "Jörg"),
                    Name("Safeguard Defenders"),
                    Name("van der Berg", "Jan"),
                ),
                container="Journal of Asian Studies",
                published="2022-10",
                url="https://www.example.org/a_b%20c?x=1&utm_source=feed",
                language="en-GB",
                note="original-date: 2021 tex.ids: doe2022",
            ),
        ),
        (
            21,
            Reference(
                id="noauthor_110_nodate",
                title="110 Overseas: Chinese transnational policing gone wild",
                url="https://safeguarddefenders.com/en/blog/110-overseas",
            ),
        ),
        (
            28,
            Reference(
                id="safeguard_defenders_patrol_2022",
                type="report",
                title="Patrol and Persuade",
                publisher="Safeguard Defenders",
                published="2022-12",
                genre="NGO report",
            ),
        ),
    ],
    "zotero-biblatex.bib": [
        (
            1,
            Reference(
                id="doe_chinas_2022",
                type="article-newspaper",
                title="China's overseas police",
                authors=(Name("Doe", "Jane"),),
                container="The Guardian",
                published="2022-10-26",
                url="https://www.theguardian.com/x",
                language="ngerman",
            ),
        ),
        (
            11,
            Reference(
                id="x2020",
                type="webpage",
                title="Page: with a subtitle",
                publisher="Ministry of the Interior",
                published="2020-03-01/..",
            ),
        ),
    ],
    "jabref.bib": [
        (
            3,
            Reference(
                id="Mueller2022",
                title="Polizei in Übersee — eine Spur",
                authors=(Name("Müller", "Jörg"), Name("Zola", "Émile"), Name("van Beethoven", "Ludwig")),
                container="Der Spiegel",
                published="2022-10",
                url="https://www.spiegel.de/a~b",
            ),
        )
    ],
    "endnote.bib": [
        (
            1,
            Reference(
                id="RN12",
                title='A title with "quotes", commas, and = signs',
                authors=(Name("Doe", "Jane"), Name("Roe", "R.")),
                container="The Times",
                published="2022",
                url="https://www.thetimes.example/x",
                genre="Newspaper Article",
                note="Read https://www.thetimes.example/x",
            ),
        ),
        (10, Reference(id="RN13", type="book", title="A book in parts", publisher="Some Press", published="1999")),
    ],
    "zotero.ris": [
        (
            1,
            Reference(
                type="article-newspaper",
                title="China’s overseas police",
                authors=(Name("Doe", "Jane"), Name("Safeguard Defenders")),
                container="The Guardian",
                published="2022-10-26",
                url="https://www.theguardian.com/x",
                language="en-GB",
                note="A note & more\nSecond",
            ),
        ),
        (21, Reference(type="webpage", title="A page", url="https://example.org/x")),
    ],
    "endnote.ris": [
        (
            4,
            Reference(
                id="42",
                type="report",
                title="A report",
                authors=(Name("Ministry of Justice, Department A"),),
                publisher="Ministry",
                published="2022-10",
                url="https://doi.org/10.1000/xyz",
            ),
        ),
        (13, Reference(type="legal_case", title="Somebody v. Somebody", publisher="High Court", published="2021")),
    ],
    "zotero.json": [
        (
            2,
            Reference(
                id="http://zotero.org/users/1/items/AAAA1111",
                type="article-newspaper",
                title="China’s overseas police",
                authors=(Name("Doe", "Jane"), Name("Safeguard Defenders"), Name("van der Berg", "Jan")),
                container="The Guardian",
                published="2022-10-26",
                url="https://www.theguardian.com/x",
                language="en-GB",
                note="original-date: 2021\nSeen by Bo.",
            ),
        ),
        (
            3,
            Reference(
                id="http://zotero.org/users/1/items/BBBB2222",
                type="legal_case",
                title="Somebody v. Somebody",
                publisher="High Court",
                published="2021",
            ),
        ),
        (
            4,
            Reference(
                id="3",
                type="webpage",
                title="Blog",
                authors=(Name("李", "明"),),
                published="Spring 2020",
                url="https://doi.org/10.1000/xyz",
            ),
        ),
        (5, Reference(id="x", type="article", title="Preprint", published="2020-03~/2020-05~")),
    ],
}


@pytest.mark.parametrize("path", sorted(CORPUS.iterdir()), ids=lambda path: path.name)
def test_a_file_says_what_it_says(path):
    content = path.read_bytes()
    found = entries(content, format_of(content, path.name))
    assert found == EXPECTED[path.name]


@pytest.mark.parametrize(
    ("content", "name", "file_format"),
    [
        (b"@misc{a,\n}", "x.txt", BIBTEX),
        (b"\xef\xbb\xbf\r\n  @Misc (a,)", "x", BIBTEX),
        (b"TY  - NEWS\n", "x.bib", RIS),
        ("TY  - NEWS\n".encode("utf-16"), "x.csv", RIS),
        (b"% Encoding: UTF-8\n\n@misc{a,}", "library.bib", BIBTEX),
        (b"Provider: x\nTY  - NEWS", "x.RIS", RIS),
        (b' [{"id": 1}]', "x", CSL),
        (b"title,url\nTY  - NEWS,@misc{a}", "x.csv", ""),
        (b"title,url\n@misc{a}", "x.csv", ""),
        (b"nothing", "x.bib", ""),
        (b"PK\x03\x04", "x.bib", ""),
        (b"", "x.ris", ""),
    ],
)
def test_a_format_is_known_by_what_a_file_begins_with(content, name, file_format):
    assert format_of(content, name) == file_format
