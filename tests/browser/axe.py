"""What axe, the checker of accessibility, finds on a page."""

from axe_playwright_python.base import AXE_SCRIPT

# Without preloading: for a shadow tree axe would write styles into the page, which the policy forbids.
# Only what is wrong: telling all that is right takes longer than finding it.
OPTIONS = {"preload": False, "resultTypes": ["violations"]}
CONTRAST = {"runOnly": ["color-contrast"]}
# What colours and widths can change: all that a page must be asked for once more in another look.
LOOKS = {"runOnly": ["color-contrast", "scrollable-region-focusable"]}


def found_by_axe(page, **options):
    """Return what axe finds: the name of the rule, and the element."""
    # The links of Django's pages fade from one colour to the other.
    # Some never end, such as a bar that shows that something goes on: nobody waits longer than a second.
    page.evaluate(
        "Promise.race([Promise.all(document.getAnimations().map(animation => animation.finished)),"
        " new Promise(resolve => setTimeout(resolve, 1000))])"
    )
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(
        "options => axe.run(options).then(results => results.violations.map("
        "rule => rule.nodes.map(node => [rule.id, node.html, String(node.target)])))",
        OPTIONS | options,
    )
    return [tuple(element) for elements in found for element in elements]


def assert_readable_by_all(page, *widths, **options):
    """Assert that axe finds nothing on a page in light and dark, and that nothing is wider than the window."""
    page.emulate_media(color_scheme="light")
    for number, width in enumerate(widths):
        page.set_viewport_size({"width": width, "height": 900})
        found = [] if number else found_by_axe(page, **options)
        page.emulate_media(color_scheme="dark")
        found += found_by_axe(page, **options, **LOOKS)
        assert found == [], f"{page.url} at {width}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} at {width}"


def no_width_is_too_small(page, *widths):
    """Assert that nothing on a page is wider than the window."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} at {width}"


def nobody_is_shut_out(page, paths):
    """Assert that public pages can be read on every width and by everybody, with all unfolded that they fold."""
    for path in paths:
        page.goto(path)
        no_width_is_too_small(page, 320, 390, 1280)
        for folded in page.locator("summary").all():
            folded.click()
        assert_readable_by_all(page, 390, preload=True)
