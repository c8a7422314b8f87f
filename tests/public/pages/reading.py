"""Reading pages as a browser does: their elements, and the text that people see."""

from tests.reading import ReadPage

# Elements without an end tag.
VOID = {"br", "hr", "img", "input", "link", "meta"}
# Elements inside a line; all others begin a new one.
INLINE = {"a", "cite", "q", "span", "strong", "time"}


class Reader(ReadPage):
    """The elements of a page in order, each with its attributes, and the text of its body."""

    def __init__(self, html):
        super().__init__()
        self.open = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.break_line(tag)
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        self.break_line(tag)
        opened = self.open.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"

    def break_line(self, tag):
        if tag not in INLINE:
            self.pieces.append(" ")

    def handle_data(self, data):
        if "body" in self.open:
            self.pieces.append(data)


def read(response):
    """The page of an answer. All that was opened must be closed."""
    page = Reader(response.content.decode())
    assert page.open == []
    return page
