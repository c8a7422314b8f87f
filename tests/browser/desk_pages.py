"""Every page of the desk, from the resolver. A page that takes arguments must be given some here, or a test fails."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from casetracker.accounts.models import User
from casetracker.accounts.roles import Role
from casetracker.desk.queues import boxes_for
from casetracker.review import services
from casetracker.review.admin.acts import ACTS
from casetracker.review.admin.exporting import EXPORT_PAGE
from casetracker.review.admin.selecting import PLAN_PAGE
from casetracker.review.kinds import all_kinds, kind_named
from casetracker.review.models import ConfidentialCitation, Import, LegalRequest, Record, Release
from casetracker.sources.models import Capture, Publisher, Source
from tests.architecture.routes import STAFF, Route, classify, routes
from tests.factories.captures import make_capture, make_fetched
from tests.factories.confidential import cite_in_confidence, make_cleared
from tests.factories.imports import make_imports
from tests.factories.legal import make_legal_request
from tests.factories.records import (
    MAKERS,
    People,
    bring_to,
    citation,
    edit_draft,
    fresh,
    make_people,
    make_source,
    make_station,
)
from tests.factories.releases import make_release
from tests.factories.users import UserFactory

# What is there, but is no page of its own: it answers programs, sends on, or downloads.
NO_PAGES = {
    "login": "sends on to the sign-in",
    "logout": "takes a post alone",
    "autocomplete": "answers a script",
    "jsi18n": "is a script",
    "view_on_site": "sends on to the public page",
    **dict.fromkeys(("record_file_download", "list_export_file", "queue_export_file", "sheet_template"), "is a file"),
    "read_date": "answers a script",
    "import_act": "takes a post alone",
    **dict.fromkeys(("import_file", "capture_picture"), "is a file"),
    **dict.fromkeys(("fetch_source", "fetch_record", "capture_original", "capture_copy"), "takes a post alone"),
    **dict.fromkeys(("language", "notices_read", "notices_mail", "notice_open", "release_act"), "takes a post alone"),
    **dict.fromkeys(("confidential_open", "confidential_change", "confidential_act"), "takes a post alone"),
    **dict.fromkeys(("tell_apart", "forget_distinction", "carry_out"), "takes a post alone"),
    **dict.fromkeys(("mark_copy", "tell_sources_apart", "forget_source_distinction"), "takes a post alone"),
    "sources_publisher_link": "takes a post alone",
    "review_legalrequest_forget": "takes a post alone",
    "review_legalrequest_history": "leads to the page of the request, which has it",
    **dict.fromkeys(("account_end_session", "account_end_others"), "takes a post alone"),
    **dict.fromkeys(("account_act", "recovery_act"), "takes a post alone"),
    "password_change": "sends on to the page where a password is changed",
    **dict.fromkeys(("mfa_authenticate", "mfa_login_webauthn"), "is between the password and the second factor"),
    # Of somebody who has a second factor: tests/browser/test_second_factor.py looks at these.
    **dict.fromkeys(("mfa_deactivate_totp", "mfa_remove_webauthn"), "takes a second factor"),
    **dict.fromkeys(("mfa_view_recovery_codes", "mfa_generate_recovery_codes"), "takes a second factor"),
    "mfa_download_recovery_codes": "is a file",
    None: "sends on to the page of the object, or is the end of all addresses",
}
# No role opens these: nothing is deleted at the desk, and groups are fixed.
CLOSED = re.compile(r".*_delete|auth_group_add")


@dataclass
class World:
    """Something to show on every page, and somebody of each role to look at it. None is a stranger."""

    objects: dict[str, list[Any]]
    people: dict[str, User | None]
    live: Record
    to_erase: Record
    release: Release
    imports: dict[str, Import]
    captures: list[Capture]
    cited: ConfidentialCitation


def build() -> World:
    people = make_people(editor=UserFactory(username="edith", roles=[Role.EDITOR]))
    objects: dict[str, list[Any]] = {}
    for kind in all_kinds():
        draft = MAKERS[kind.name](by=people.editor)
        review = bring_to(MAKERS[kind.name](by=people.author), "submitted")
        objects[_admin_name(kind.model)] = [draft, review]
    publisher = _publisher(people.author)
    live = make_station(
        by=people.author,
        summary="A red door.",
        citations=[citation(make_source(publisher=publisher.name), quote="Een deur", quote_language="nl")],
        private_terms=[{"kind": "host", "text": "A society"}],
    )
    live = bring_to(live, "live", **vars(people))
    services.comment_on_record(live.pk, text="Look again.", by=people.editor)
    services.revise_record(live.pk, by=people.author, lock_version=live.lock_version)
    live = edit_draft(fresh(live), by=people.author, summary="A green door.")
    objects["stations_station"].append(live)
    objects["sources_source"] = [Source.objects.earliest("created_at"), *_copies(people.author)]
    objects["sources_publisher"] = [publisher]
    release = make_release(bring_to(make_station(by=people.author), "approved", **vars(people)), by=people.editor)
    administrator = UserFactory(username="adam", roles=[Role.ADMINISTRATOR])
    objects["accounts_user"] = objects["auth_user"] = [people.author]
    objects["auth_group"] = [administrator.groups.get()]
    objects["review_legalrequest"] = _legal_requests(people.editor)
    to_erase = _waiting_for_erasure(people, UserFactory(username="egon", roles=[Role.EDITOR]))
    objects["stations_station"].append(to_erase)
    cleared = make_cleared(username="cleo")
    cited = cite_in_confidence(make_station(by=cleared), by=cleared)
    by_role = {"editor": people.editor, "administrator": administrator, "stranger": None, "cleared": cleared}
    source = objects["sources_source"][0]
    captures = [make_capture(source, note="From the archive."), make_fetched(source, text="A door.\n" * 200)]
    return World(objects, by_role, live, to_erase, release, make_imports(people.editor), captures, cited)


def _legal_requests(by: User) -> list[LegalRequest]:
    """One that is late, and one that was answered, whose sender can be forgotten."""
    late, answered = make_legal_request(by=by), make_legal_request(by=by, kind="erasure")
    fields = {"answered_on": answered.received_on, "outcome": "granted", "reasons": "We sent it."}
    services.change_request(answered.pk, fields=fields, by=by, lock_version=answered.lock_version)
    return [late, answered]


def _waiting_for_erasure(people: People, asker: User) -> Record:
    """A retracted record with a version that another editor asks to erase."""
    record = bring_to(make_station(by=people.author), "retracted", **vars(people))
    services.ask_for_erasure(
        record.pk,
        version=1,
        ground="data_protection",
        note="A right to erasure was exercised.",
        words="Jan Jansen",
        by=asker,
        lock_version=record.lock_version,
    )
    return fresh(record)


def _copies(by: User | None) -> list[Source]:
    """Two sources that look alike."""
    return [make_source(by=by, title="Two offices are found above a shop", reliability="B") for _ in range(2)]


def _publisher(by: User) -> Publisher:
    """A publisher with a source, and another source that may be its."""
    unlinked = make_source(by=by, publisher="Global Times")
    fields = {"name": "Global Times", "country": "CN", "control": "state_controlled"}
    publisher = services.log_publisher(fields=fields, by=by)
    make_source(by=by, publisher=unlinked.publisher)  # It finds the publisher by itself.
    return publisher


def _admin_name(model: Any) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}"


def _in_review(world: World) -> list[dict[str, Any]]:
    keys = [world.objects[_admin_name(kind.model)][1].pk for kind in all_kinds()]
    return [{"record_id": key} for key in (*keys, world.live.pk, world.to_erase.pk)]


# The arguments of each page that takes some, but for those that the admin makes for every model.
ARGUMENTS: dict[str, Callable[[World], list[dict[str, Any]]]] = {
    "queue": lambda world: [{"name": box.name} for box in boxes_for(world.people["editor"])],
    "queue_export": lambda world: [{"name": box.name} for box in boxes_for(world.people["editor"])],
    EXPORT_PAGE: lambda _world: [{"name": name} for name in ("station", "response", "claim", "agreement", "source")],
    "record_review": _in_review,
    PLAN_PAGE: lambda _world: [{"name": name} for name in ("submit", "assign", "publish")],
    "merge": lambda world: [{"duplicate": world.objects["stations_station"][0].pk, "target": world.live.pk}],
    "import": lambda world: [{"import_id": upload.pk} for upload in world.imports.values()],
    "release": lambda world: [{"release_id": world.release.pk}],
    "captures": lambda world: [{"source_id": source.pk} for source in world.objects["sources_source"]],
    "capture": lambda world: [{"capture_id": capture.pk} for capture in world.captures],
    "record_file": lambda world: [{"record_id": world.live.pk}],
    "confidential_source": lambda world: [{"source_id": world.cited.source_id}],
    "confidential_citation": lambda world: [{"citation_id": world.cited.pk}],
    "record_confidential": lambda world: [{"record_id": world.cited.record_id}],
    "account_reset_password_from_key": lambda _world: [{"uidb36": "1", "key": "x"}],
    "app_list": lambda _world: [{"app_label": label} for label in ("accounts", "stations", "responses", "sources")],
    "account_sign_ins": lambda world: [{"account_id": world.people["editor"].pk}],
}
# Pages that look otherwise with a query.
QUERIES = {
    "sources_source_add": ("", "_popup=1"),
    "stations_station_changelist": ("", "q=nothing+at+all"),
    EXPORT_PAGE: ("", "q=nothing+at+all"),
    "import": ("", "show=all"),
    "stations_station_history": ("", "sort=decisions&order=oldest"),
}


def desk_routes() -> list[Route]:
    """The routes for staff that are pages."""
    acts = {
        f"{_admin_name(kind_named(kind.name).model)}_{act.replace('-', '_')}" for kind in all_kinds() for act in ACTS
    }
    return [
        route
        for route in routes()
        if classify(route) == STAFF and route.name not in NO_PAGES and route.name not in acts
    ]


def is_closed(route: Route) -> bool:
    return CLOSED.fullmatch(str(route.name)) is not None


def addresses(route: Route, world: World) -> list[str]:
    """Return the addresses of a page. Raises `KeyError` if nobody has said here what it takes."""
    space = "admin:" if route.path.startswith("desk/") else ""
    paths = [reverse(f"{space}{route.name}", kwargs=arguments) for arguments in _arguments(route, world)]
    return [f"{path}?{query}".rstrip("?") for path in paths for query in QUERIES.get(str(route.name), ("",))]


def _arguments(route: Route, world: World) -> list[dict[str, Any]]:
    if not route.parameters:
        return [{}]
    if route.name in ARGUMENTS:
        return ARGUMENTS[str(route.name)](world)
    model = str(route.name).rpartition("_")[0]
    return [{"object_id": found.pk} for found in world.objects[model]]


def opens(path: str, person: User | None) -> bool:
    """Tell whether a person gets this page."""
    client = Client()
    if person:
        client.force_login(person)
    return client.get(path).status_code == 200
