"""All public pages about the reference data in a browser, in light and dark, wide and narrow: nobody is shut out.

Takes a quarter of an hour; `./run test --all` runs it. One page of each kind is in test_public_pages.py.
"""

import re

import pytest
from django.core.management import call_command

from casetracker.demo.loader import load_reference_data
from tests.browser.axe import LOOKS, found_by_axe

pytestmark = pytest.mark.long
PLACE = re.compile("<loc>(?:http://[^/]+)?(/.*?)</loc>")
FURTHER = ("/en/search/?q=police", "/en/search/?q=roterdam", "/en/map/?region=europe&as_of=2022-11-30", "/zh-hans/map/")


def test_axe_finds_nothing_on_any_page_of_the_demonstration(visitor, settings, tmp_path, client):
    settings.DEMO, settings.PACKAGES_DIR = True, tmp_path / "packages"
    load_reference_data()
    call_command("build_package", verbosity=0)
    sections = PLACE.findall(client.get("/sitemap.xml").text)
    places = [place for section in sections for place in PLACE.findall(client.get(section).text)]
    english = [place for place in places if place.startswith("/en/")]
    assert len(english) > 400
    page, found = visitor(), []
    for path in (*english, *FURTHER):
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(path)
        for folded in page.locator("summary").all():
            folded.click()
        violations = found_by_axe(page)
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": 375, "height": 900})
        violations += found_by_axe(page, **LOOKS)
        if page.evaluate("document.documentElement.scrollWidth") > 375:
            violations.append("wider than a phone")
        found += [(path, violation) for violation in violations]
    assert found == []
    assert page.context.cookies() == []
