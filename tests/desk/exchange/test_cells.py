"""What a cell may say: read as it is meant, or refused with the remedy; never guessed."""

import pytest

from stations.models import Station
from tests.desk.exchange.importing import refused, run

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

ROW = {"kind": "other", "country": "NL", "locality": "Delft"}


def a_sheet(**cells):
    row = ROW | cells
    quoted = ('"' + cell.replace('"', '""') + '"' for cell in row.values())
    return f"{','.join(row)}\n{','.join(quoted)}\n"


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("kind", "Service Centre", "service_centre"),
        ("kind", "politiebureau voor dienstverlening", None),
        ("country", "nld", "NL"),
        ("country", "荷兰", "NL"),
        ("country", "Nederland", "NL"),
        ("country", "UK", "GB"),
        ("first_reported", "26-10-2022", "2022-10-26"),
        ("first_reported", "october 2022", "2022-10"),
        ("first_reported", "2022", "2022"),
        ("first_reported", "2022-10/2023-01", "2022-10/2023-01"),
        ("summary", "e\u0301", "\u00e9"),
        ("summary", "two\r\nlines", "two\nlines"),
        ("counted_in", "110 Overseas; Patrol and Persuade;", ["110 Overseas", "Patrol and Persuade"]),
        ("notes", "'=SUM(A1)", "=SUM(A1)"),
    ],
)
def test_what_is_meant_is_read(sheet, researcher, column, cell, value):
    if value is None:
        assert f"row 2, {column} “{cell}”" in refused(sheet(a_sheet(**{column: cell})), "--yes")
        return
    run(sheet(a_sheet(**{column: cell})), "--yes")
    assert getattr(Station.objects.get(), column) == value


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"first_reported": "03/04/2022"}, "can be read in several ways: 2022-04-03, 2022-03-04"),
        ({"first_reported": "2022-02-30"}, "is no day, month or year"),
        ({"first_reported": "autumn 2022"}, "south of it"),
        ({"latitude": "4.35", "longitude": "52.01"}, "Latitude and longitude are swapped"),
        ({"latitude": "40.7", "longitude": "-74"}, "The point lies far outside of NL."),
        ({"latitude": "95", "longitude": "4"}, "It is outside of −90 to 90."),
        ({"latitude": "52°22'N", "longitude": "4"}, "Write decimal degrees such as 52.37"),
        ({"latitude": "north", "longitude": "4"}, "Write a number such as 52.37."),
        ({"locality": "Del\u200bft"}, "It has a character that cannot be seen: U+200B."),
        ({"locality": "Del\u202eft"}, "It has a character that cannot be seen: U+202E."),
        ({"locality": "Del\nft"}, "It has a line break."),
        ({"summary": "turned \u202e around"}, "It has a character that cannot be seen: U+202E."),
        ({"locality": "x" * 101}, "at most 100 characters"),
        ({"country": "Atlantis"}, "is not a country"),
        ({"country": ""}, "It is empty, and each new row needs it: country."),
        ({"name_1_text": "A name", "name_1_language": "klingon-x"}, "is not a language tag"),
        ({"name_1_text": "A name"}, "name_1_language"),
        ({"operating_status": "open"}, "It is not one of: reported_active"),
        ({"operating_status": "reported_active"}, "Say as of which day the operating status is known."),
    ],
)
def test_what_is_unclear_is_refused_by_name(sheet, researcher, cells, message):
    assert message in refused(sheet(a_sheet(**cells)), "--yes")
    assert not Station.objects.exists()


def test_a_decimal_comma_is_read_where_it_is_no_thousand(sheet, researcher):
    run(sheet(a_sheet(latitude="52,01", longitude="4,35")), "--yes")
    assert str(Station.objects.get().latitude) == "52.010000"


def test_a_number_is_digits_only(sheet, researcher):
    header = "topic,text,value,qualifier,unit,as_of,claimed_by,epistemic_status\n"
    row = 'returns,Many.,"230,000",about,people,2022-09,The ministry,claimed by the accused\n'
    said = refused(sheet(header + row), "--yes", kind="claim")
    assert "row 2, value “230,000”: Write a whole number in digits" in said
