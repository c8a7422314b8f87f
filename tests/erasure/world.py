"""A record with a canary wherever a person could have written something of it, and what surrounds it."""

import io

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from casetracker.review import services
from casetracker.review.content import build_content
from casetracker.review.evidence import check_results
from casetracker.review.models import Record
from tests.factories.captures import make_capture, make_fetched
from tests.factories.records import (
    bring_to,
    citation,
    edit_draft,
    fresh,
    make_editor,
    make_people,
    make_response,
    make_source,
    make_station,
    publish_next_version,
    retract,
)

CANARY = "Kanarievogel"
WORD = f"Jan {CANARY}"


def tweet(where: str) -> str:
    """A canary that says where it was put."""
    return f"{CANARY} {where}"


class World:
    """A station that was published twice and retracted, a response about it, and another station."""

    def __init__(self) -> None:
        people = self.people = make_people()
        self.asker, self.other_editor = people.editor, make_editor()
        self.source = make_source(
            by=people.author,
            title=tweet("title"),
            author=WORD,
            url=f"https://example.org/{CANARY}",
            notes=tweet("source notes"),
        )
        make_capture(self.source, content=_picture(), name=f"{CANARY}.png", note=tweet("capture note"))
        make_fetched(self.source, text=tweet("page text"), title=tweet("page title"))
        self.record = make_station(
            by=people.author,
            locality=tweet("town"),
            summary=tweet("first summary"),
            notes=tweet("notes"),
            names=[{"text": tweet("name"), "language": "nl", "role": "as_reported"}],
            replies=[{"asked": WORD, "asked_on": "2022-10-20", "answer": tweet("answer"), "language": "nl"}],
            citations=[citation(self.source, quote=tweet("quote"), quote_language="nl", notes=tweet("citation notes"))],
            private_terms=[{"kind": "address", "text": f"{CANARY}straat 1"}],
        )
        edit_draft(self.record, by=people.author, summary=tweet("second summary"))
        services.comment_on_record(self.record.pk, text=tweet("comment"), by=people.reviewer)
        self._return_with_words()
        self.record = bring_to(self.record, "live", **vars(people))
        self.response = bring_to(make_response(stations=[self.record], by=people.author), "live", **vars(people))
        publish_next_version(self.record, people, summary=tweet("third summary"))
        retract(self.record, by=people.editor, note="It named somebody.")
        self.neighbour = bring_to(make_station(by=people.author), "live", **vars(people))
        services.comment_on_record(self.neighbour.pk, text=f"As {WORD} says, it is near.", by=people.reviewer)
        self.release = services.create_release(title=f"About {WORD}", by=people.editor)

    def _return_with_words(self) -> None:
        """Let reviewers write: a suggestion, a verdict, a reason for sending it back."""
        people, record = self.people, self.record
        record = bring_to(record, "submitted", author=people.author)
        result = check_results(record, build_content(record))[0]
        seen = {"by": people.reviewer, "lock_version": fresh(record).lock_version}
        services.check_citation(
            record.pk,
            result.citation["id"],
            verdict="does_not",
            citation_digest=result.digest,
            comment=tweet("verdict"),
            **seen,
        )
        seen["lock_version"] = fresh(record).lock_version
        services.suggest_wording(record.pk, field="summary", text=tweet("suggestion"), **seen)
        seen["lock_version"] = fresh(record).lock_version
        services.return_to_author(record.pk, comment=tweet("returned"), **seen)

    def ask(self, version: int, **values):
        record = fresh(self.record)
        values = {"ground": "data_protection", "note": "A right to erasure was exercised.", "words": WORD, **values}
        return services.ask_for_erasure(
            record.pk, version=version, by=self.asker, lock_version=record.lock_version, **values
        )

    def erase(self, version: int, **values):
        request = self.ask(version, **values)
        lock_version = fresh(self.record).lock_version
        return services.erase_version(request.pk, by=self.other_editor, lock_version=lock_version)

    def reload(self) -> Record:
        self.record = fresh(self.record)
        return self.record


def _picture() -> bytes:
    """A picture with a canary among its hidden data."""
    hidden, file = PngInfo(), io.BytesIO()
    hidden.add_text("Author", tweet("picture"))
    Image.new("RGB", (40, 30)).save(file, "PNG", pnginfo=hidden)
    return file.getvalue()
