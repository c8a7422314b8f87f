"""The desk: records and all that belongs to them."""

from casetracker.operations.permissions.model import (
    AT_THE_DESK,
    KEEPERS_OF_ACCOUNTS,
    KEEPERS_OF_REGISTER,
    NOBODY,
    READERS,
    WRITERS,
    Answer,
    Of,
    Person,
    Rule,
    each,
)
from casetracker.review.admin.acts import ACTS

_RECORDS = ("stations_station", "stations_claim", "responses_response", "responses_agreement")
_LISTS = (*_RECORDS, "sources_source", "sources_publisher")
_ADMIN_PAGES = (*_LISTS, "accounts_user", "auth_group")


def _sent_on(*models: str) -> tuple[str, ...]:
    return tuple(f"desk/{model.replace('_', '/')}/<path:object_id>/" for model in models)


_ACTS = tuple(act.replace("-", "_") for act in ACTS)
_ACTS_OF_EDITORS = (
    *("approve", "approve_and_publish", "publish", "retract", "mark_publishable"),
    *("ask_for_erasure", "erase", "withdraw_erasure"),
)
_REGISTER = ("review_legalrequest",)

RULES = (
    Rule(
        "The desk's front page, its words and dates",
        "GET",
        ("index", "password_change", "password_change_done", "jsi18n", "read_date"),
        AT_THE_DESK,
    ),
    Rule(
        "The desk's own sign-in: sends on",
        "GET",
        ("login",),
        AT_THE_DESK | {Person.NO_FACTOR},
    ),
    Rule("Choose a language", "POST", ("language",), AT_THE_DESK | {Person.NO_FACTOR}),
    Rule("Sign out", "POST", ("logout",), AT_THE_DESK | {Person.NO_ROLE}),
    Rule("Nothing there", "GET", ("view_on_site", "desk/(?P<url>.*)$"), NOBODY, otherwise=Answer.NOT_FOUND),
    Rule("Address of an object: sends on to its page", "GET", _sent_on(*_ADMIN_PAGES, *_REGISTER), AT_THE_DESK),
    Rule("Delete", "GET", each((*_ADMIN_PAGES, *_REGISTER), "delete"), NOBODY),
    Rule("Delete", "POST", each((*_ADMIN_PAGES, *_REGISTER), "delete"), NOBODY),
    Rule(
        "Read the register of requests by law",
        "GET",
        each(_REGISTER, "changelist", "add", "change", "history"),
        KEEPERS_OF_REGISTER,
    ),
    Rule(
        "Enter a request by law, answer it, forget who asked",
        "POST",
        each(_REGISTER, "add", "change", "forget"),
        KEEPERS_OF_REGISTER,
    ),
    Rule(
        "Read records, sources, publishers, their histories and copies",
        "GET",
        (
            *each(_LISTS, "changelist", "history", "change"),
            *("record_review", "captures", "capture", "capture_picture"),
        ),
        READERS,
    ),
    Rule(
        "Read releases, duplicates, copies, notices; take lists and files out without what is private",
        "GET",
        (
            *("releases", "release", "duplicates", "merge", "copies", "notices", "record_file"),
            *("list_export", "sheet_template", "autocomplete"),
        ),
        READERS,
    ),
    Rule("Take a list out", "POST", ("list_export_file",), READERS),
    Rule("Take a copy without hidden data out", "POST", ("capture_copy",), READERS),
    Rule("A file that one took out oneself", "GET", ("record_file_download",), READERS, of=Of.OWN),
    Rule(
        "A file that one took out oneself",
        "GET",
        ("record_file_download",),
        NOBODY,
        otherwise=Answer.NOT_FOUND,
        but=dict.fromkeys(KEEPERS_OF_ACCOUNTS, Answer.REFUSED),
        of=Of.OTHER,
    ),
    Rule(
        "The queue of a role, and its list",
        "GET",
        ("queue", "queue_export"),
        WRITERS,
        but={Person.OBSERVER: Answer.NOT_FOUND},
    ),
    Rule("Take a queue out", "POST", ("queue_export_file",), WRITERS, but={Person.OBSERVER: Answer.NOT_FOUND}),
    Rule("Mark notices as read, choose their mail", "POST", ("notices_read", "notices_mail"), READERS),
    Rule("Open a notice", "POST", ("notice_open",), READERS, of=Of.OWN),
    Rule(
        "Open a notice",
        "POST",
        ("notice_open",),
        NOBODY,
        otherwise=Answer.NOT_FOUND,
        but=dict.fromkeys(KEEPERS_OF_ACCOUNTS, Answer.REFUSED),
        of=Of.OTHER,
    ),
    Rule(
        "Log records, sources and publishers, import, act on a selection",
        "GET",
        (*each(_LISTS, "add"), "imports", "source_from_address", "selection", "carry_out"),
        WRITERS,
    ),
    Rule(
        "Log and edit records, sources and publishers, act on a selection",
        "POST",
        (*each(_LISTS, "add"), *each(("sources_source", "sources_publisher", *_RECORDS), "change"), "carry_out"),
        WRITERS,
    ),
    Rule(
        "Take in a file for a source, or have it fetched", "POST", ("captures", "fetch_source", "fetch_record"), WRITERS
    ),
    Rule("Take out an original, which may betray who made it", "POST", ("capture_original",), WRITERS),
    Rule("Link a source to a publisher", "POST", ("sources_publisher_link",), WRITERS),
    Rule(
        "Say what is the same and what is not",
        "POST",
        ("tell_apart", "forget_distinction", "mark_copy", "tell_sources_apart", "forget_source_distinction", "merge"),
        WRITERS,
    ),
    Rule("Look at an import", "GET", ("import", "import_file"), WRITERS, of=Of.OWN),
    Rule("Go on with an import", "POST", ("import_act",), WRITERS, of=Of.OWN),
    Rule(
        "Look at an import",
        "GET",
        ("import", "import_file"),
        NOBODY,
        otherwise=Answer.NOT_FOUND,
        but=dict.fromkeys({Person.OBSERVER, *KEEPERS_OF_ACCOUNTS}, Answer.REFUSED),
        of=Of.OTHER,
    ),
    Rule(
        "Go on with an import",
        "POST",
        ("import_act",),
        NOBODY,
        otherwise=Answer.NOT_FOUND,
        but=dict.fromkeys({Person.OBSERVER, *KEEPERS_OF_ACCOUNTS}, Answer.REFUSED),
        of=Of.OTHER,
    ),
    Rule(
        "Put a release together, schedule and publish it",
        "POST",
        ("releases", "release_act"),
        frozenset({Person.EDITOR}),
    ),
    Rule(
        "Act on a record: in which state, and by whom, the second table says",
        "POST",
        each(_RECORDS, *(act for act in _ACTS if act not in _ACTS_OF_EDITORS)),
        WRITERS,
    ),
    Rule("Act on a record: the same", "POST", each(_RECORDS, *_ACTS_OF_EDITORS), frozenset({Person.EDITOR})),
)
