"""What the plan says of a row that would become something new."""

import re

import pytest

from tests.desk.imports.helpers import upload

pytestmark = pytest.mark.django_db


def test_a_new_row_shows_what_it_would_become(author):
    sheet = (
        "kind,country code,city,first reported,lat,lon,operator,summary,name,name_1_language,private_host\n"
        "Service Centre,Holland,Delft,Oct 2022,52,4.4,Fuzhou,A shop.,福州站,zh-Hans,A club; A bar\n"
    )
    html = upload(author, sheet).response.content.decode()
    values = dict(re.findall(r"<dt>([^<]*)</dt>\s*<dd>\s*(.*?)\s*</dd>", html, re.DOTALL))
    expected = {
        "Kind": "service centre",
        "Country": "NL",
        "City or place": "Delft",
        "First reported": "2022-10",
        "Summary": "A shop.",
        "Names": "福州站 (zh-Hans)",
        "Private term: host organisation": "A club; A bar",
    }
    assert values | expected == values
    assert "Operating status" not in values, "no column says it"
    in_sight, rest = html.split('<details class="more-values">')
    assert "<dt>Latitude</dt>" in in_sight
    assert "<dt>Summary</dt>" in rest
    assert "4 more values" in html
