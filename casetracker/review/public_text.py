"""Whether the public text of a record says what must stay private. What that takes is looked up for many at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from casetracker.review.confidential_evidence import Told, confidential_sources_of, names_in
from casetracker.review.kinds import Content
from casetracker.review.models import Record
from casetracker.review.references import Known, known_of, linked_records, preview_snapshot
from casetracker.review.secrecy import Kept, kept_private, private_terms_in, texts_of


@dataclass(frozen=True)
class Surroundings:
    """What some records point to, and what must stay private of them and of the records that they link to."""

    known: Known
    kept: Kept
    told: Told


def surroundings_of(contents: Collection[Content], *, going_out: Mapping[UUID, Content]) -> Surroundings:
    """Look up all that the public text of these contents is examined with. Ten queries, however many they are.

    `going_out` has what is approved or published right now, these contents too.
    """
    keys = dict.fromkeys(UUID(key) for content in contents for key in (content["record"], *linked_records(content)))
    return Surroundings(known_of(contents), kept_private(keys, going_out), confidential_sources_of(keys))


def what_stays_private(record: Record, content: Content, around: Surroundings, note: str = "") -> list[str]:
    """Return the private terms of the record, or of records it links to, that its public text contains.

    Names of their confidential sources are among them; a message does not say which, because anybody may read it.
    `note` is the public note that is to go with it.
    """
    snapshot, linked = preview_snapshot(record, content, around.known)
    texts = [*texts_of(snapshot), (_("public note"), note)]
    ids: list[UUID | str] = [record.pk, *linked]
    return [*private_terms_in(texts, ids, around.kept), *names_in(texts, ids, around.told)]
