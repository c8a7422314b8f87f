"""Reading the API page by page."""


def everything(get, address, **query):
    """The results of all pages."""
    page = get(address, **query)
    yield from page["results"]
    while page["next"]:
        page = get(page["next"].partition("/api/v1/")[2])
        yield from page["results"]
