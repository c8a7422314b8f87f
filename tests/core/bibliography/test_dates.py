"""Dates as programs and people write them in bibliographies."""

import pytest

from casetracker.core.bibliography import dates

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        (("", "2022", "oct", ""), "2022-10"),
        (("", "2022", "October", "26"), "2022-10-26"),
        (("", "2022", "10", ""), "2022-10"),
        (("", "2022", "26 oct", ""), "2022-10-26"),
        (("", "2022", "Oct. 26", ""), "2022 Oct. 26"),
        (("", "2022", "October 26", ""), "2022-10-26"),
        (("", "c. 2022", "oct", ""), "c. 2022"),
        (("2022-10-26T09:00:00Z", "2021", "", ""), "2022-10-26"),
        (("2022-10/", "", "", ""), "2022-10/.."),
        (("/2022", "", "", ""), "../2022"),
        (("2022~", "", "", ""), "2022~"),
        (("", "", "oct", ""), ""),
    ],
)
def test_bibtex(fields, text):
    assert dates.from_bibtex(*fields) == text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("2022/10/26/", "2022-10-26"),
        ("2022/10//", "2022-10"),
        ("2022///", "2022"),
        ("2022//26/", "2022"),
        ("2022", "2022"),
        ("2022-10-26", "2022-10-26"),
        ("2022-10/2023-01", "2022-10/2023-01"),
        ("2022/10//Fall", "2022-10"),
        ("///Spring", "Spring"),
        ("2022/1/2", "2022-01-02"),
        ("Spring 2022", "Spring 2022"),
    ],
)
def test_ris(written, text):
    assert dates.from_ris(written) == text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ({"date-parts": [["2022", 10, 26]]}, "2022-10-26"),
        ({"date-parts": [[2022, 0, 0]]}, "2022"),
        ({"date-parts": [[2022], [2023, 1]]}, "2022/2023-01"),
        ({"date-parts": [[2022], [0]]}, "2022/.."),
        ({"date-parts": [[2022]], "circa": True}, "2022~"),
        ({"raw": "2022-10?"}, "2022-10?"),
        ({"raw": "2022-10-26T09:00:00+01:00"}, "2022-10-26"),
        ({"literal": "Spring 2022", "date-parts": []}, "Spring 2022"),
        ({"date-parts": "2022"}, ""),
        ({"date-parts": [[None, {}]]}, ""),
        ("2022-10-26", "2022-10-26"),
        (["2022"], ""),
        (None, ""),
    ],
)
def test_csl(written, text):
    assert dates.from_csl(written) == text
