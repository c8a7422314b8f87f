"""A document as a bibliography describes it, whatever the format."""

from dataclasses import dataclass, fields, replace
from typing import Self


@dataclass(frozen=True)
class Name:
    """Somebody’s name. `given` is empty for an organisation, and where the file does not tell the parts apart."""

    family: str
    given: str = ""

    def __str__(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the name that `str` wrote. An organisation with one comma in its name is taken for a person."""
        family, comma, given = text.partition(", ")
        return cls(family, given) if comma and "," not in given else cls(text)


@dataclass(frozen=True)
class Reference:
    """One entry. All is text as it should be read: no markup, no escapes, one line (the note may have several).

    `id` is the citation key. `type` is one of `types.TYPES`. `published` is EDTF where the file allows that, else what
    the file says. `container` is what it appeared in, such as a newspaper or a site. `genre` says more exactly than the
    type what it is, in free words.
    """

    id: str = ""
    type: str = "document"
    title: str = ""
    authors: tuple[Name, ...] = ()
    publisher: str = ""
    container: str = ""
    published: str = ""
    url: str = ""
    language: str = ""
    genre: str = ""
    version: str = ""
    note: str = ""


FIELDS = tuple(field.name for field in fields(Reference))


def tidied(reference: Reference) -> Reference:
    """Return it without needless blanks, as every format can hold it."""
    texts = {name: one_line(getattr(reference, name)) for name in FIELDS if name not in ("authors", "note")}
    names = (Name(one_line(name.family).rstrip(", "), one_line(name.given)) for name in reference.authors)
    return replace(
        reference, **texts, authors=tuple(name for name in names if name.family), note=some_lines(reference.note)
    )


def one_line(text: str) -> str:
    """Return the text on one line, with single blanks."""
    return " ".join(text.split())


def some_lines(text: str) -> str:
    """Return the lines of a text that say something, each with single blanks."""
    return "\n".join(filter(None, map(one_line, text.splitlines())))


# --- As the cells of a row -------------------------------------------------------


def cells_of(reference: Reference) -> list[str]:
    """Return the values in the order of `FIELDS`, with authors on a line each."""
    return [_cell(getattr(reference, name)) for name in FIELDS]


def _cell(value: str | tuple[Name, ...]) -> str:
    return value if isinstance(value, str) else "\n".join(f"{name.family}\t{name.given}" for name in value)


def reference_of(cells: list[str] | tuple[str, ...]) -> Reference:
    """Return what `cells_of` wrote."""
    values = dict(zip(FIELDS, cells, strict=True))
    lines = (line.partition("\t") for line in values.pop("authors").splitlines())
    return Reference(**values, authors=tuple(Name(family, given) for family, _tab, given in lines))
