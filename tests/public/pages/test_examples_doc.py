"""The examples in the documentation of the status rule are those of the page on method."""

from django.conf import settings

from casetracker.public.pages.examples import EXAMPLES


def test_the_documented_examples_are_those_of_the_page_on_method():
    text = (settings.BASE_DIR / "docs" / "status.md").read_text()
    rows = [line for line in text.split("## Examples")[1].splitlines() if line.startswith("| ")][1:]
    assert rows == [f"| {example.code} | {example.day} | {example.label} | {example.lesson} |" for example in EXAMPLES]
