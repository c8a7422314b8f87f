"""What tests ask of a page, whichever side it is on."""

from html.parser import HTMLParser


class ReadPage(HTMLParser):
    """The elements of a page in order, each with its attributes, and the pieces of its text."""

    def __init__(self):
        super().__init__()
        self.elements, self.pieces = [], []

    @property
    def text(self):
        return " ".join("".join(self.pieces).split())

    def all(self, tag, **wanted):
        """The attributes of the elements with this tag and these attributes; underscores stand for hyphens."""
        pairs = {(name.strip("_").replace("_", "-"), value) for name, value in wanted.items()}
        return [attrs for found, attrs in self.elements if found == tag and pairs <= set(attrs.items())]

    @property
    def links(self):
        return [attrs["href"] for attrs in self.all("a") if "href" in attrs]
