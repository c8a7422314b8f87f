"""The trap snaps: without that, silence about the pages would prove nothing."""

from tests.browser.axe import CONTRAST, found_by_axe

WRONG = """
<html lang="en"><head><title>Wrong</title></head>
<body><main><h1>Wrong</h1><img src="data:,"><p style="color: #bbb">Pale</p></main></body></html>
"""


def test_what_is_wrong_is_found(visitor):
    page = visitor()
    page.set_content(WRONG)
    assert {rule for rule, _html, _target in found_by_axe(page)} == {"image-alt", "color-contrast"}
    assert found_by_axe(page, **CONTRAST) == [("color-contrast", '<p style="color: #bbb">Pale</p>', "p")]
