"""The contents of many records at once."""

from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from casetracker.core.batches import in_batches
from casetracker.core.canonical import canonical_json, salted_hash
from casetracker.review.content import build_contents, parse_content
from casetracker.review.kinds import Content
from casetracker.review.models import Record


class Contents(Mapping[UUID, Content]):
    """Contents by the keys of their records, kept as the canonical texts that digests are of.

    A text takes a fraction of the room of a content. It is parsed each time that it is asked for.
    """

    def __init__(self, texts: Mapping[UUID, bytes]) -> None:
        """Take the canonical texts."""
        self._texts = texts

    def __getitem__(self, key: UUID) -> Content:
        return parse_content(self.text(key))

    def __iter__(self) -> Iterator[UUID]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, key: object) -> bool:
        return key in self._texts

    def text(self, key: UUID) -> str:
        """Return the canonical text of a content."""
        return self._texts[key].decode()

    def digest(self, record: Record) -> str:
        """Return the digest of a record's content, as `content_digest` does."""
        return salted_hash(record.digest_salt, self._texts[record.pk])

    def without(self, keys: Container[UUID]) -> "Contents":
        """Return the contents of the other records."""
        return Contents({key: text for key, text in self._texts.items() if key not in keys})


def collect_contents(records: Iterable[Record]) -> Contents:
    """Collect the contents of records as they stand now in the database, some at a time."""
    texts: dict[UUID, bytes] = {}
    for _kind, alike in groupby(sorted(records, key=attrgetter("kind")), key=attrgetter("kind")):
        for some in in_batches(alike):
            texts |= {key: canonical_json(content) for key, content in build_contents(some).items()}
    return Contents(texts)
