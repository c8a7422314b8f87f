"""The description of the API for people. The visitor checks that it needs no inline script and no other host."""


def test_the_description_is_shown_and_a_request_can_be_tried(visitor):
    page = visitor()
    page.goto("/api/v1/docs/")
    page.get_by_text("List governments and their response status").click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    page.get_by_text('"results": []').first.wait_for()
