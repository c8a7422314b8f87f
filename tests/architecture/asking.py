"""Every address with something to ask for, by every kind of person."""

import time
from dataclasses import dataclass, field
from typing import Any

from allauth.account.internal.flows import login
from allauth.usersessions.models import UserSession
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from casetracker.accounts.models import FactorRecovery, User
from casetracker.accounts.roles import Role
from casetracker.operations.permissions import Of, Person
from casetracker.public.packages import shelf
from casetracker.review import services
from casetracker.review.admin.acts import ACTS
from casetracker.review.choices import ErasureGround, NoticeKind
from casetracker.review.kinds import all_kinds
from casetracker.review.models import Notice, Record
from tests.accounts.signing import give_app, signed_in
from tests.architecture.routes import Route
from tests.browser.desk_pages import ARGUMENTS, World, build
from tests.core.files.making.pdfs import simple
from tests.factories.captures import make_capture
from tests.factories.confidential import make_cleared
from tests.factories.imports import SHEETS, make_import
from tests.factories.records import MAKERS, bring_to, fresh, make_researcher
from tests.factories.users import UserFactory

ROLES = {
    Person.NO_ROLE: [],
    Person.OBSERVER: [Role.OBSERVER],
    Person.RESEARCHER: [Role.RESEARCHER],
    Person.EDITOR: [Role.EDITOR],
    Person.ADMINISTRATOR: [Role.ADMINISTRATOR],
}
IMPORTERS = (Person.RESEARCHER, Person.EDITOR, Person.CLEARED)


@dataclass
class Asked:
    """Something to ask for at every address, and a browser for every kind of person."""

    world: World
    people: dict[Person, User]
    clients: dict[Person, Client]
    owned: dict[Person, dict[str, Any]] = field(default_factory=dict)  # what is nobody's own stands with ANYONE
    acted_on: dict[str, Record] = field(default_factory=dict)
    withdrawn: dict[str, Record] = field(default_factory=dict)

    def address(self, route: Route, of: Of, person: Person) -> str:
        own = self.owned.get(person, {}) if of is Of.OWN else {}
        arguments = _arguments(route, self.world, self.owned[Person.ANYONE] | own)
        if route.name is None or _is_caught(route):
            return "/" + _filled(route.path, arguments)
        model, act = _act_of(route)
        if act:
            arguments["record_id"] = self.record_of(model, act).pk
        space = "admin:" if route.path.startswith("desk/") else ""
        return reverse(f"{space}{route.name}", kwargs=arguments) + _QUERIES.get(route.name, "")

    def record_of(self, model: str, act: str) -> Record:
        """A record to act on."""
        return (self.withdrawn if "eras" in act else self.acted_on)[model]

    def body(self, route: Route) -> dict[str, Any]:
        """What a form holds that is posted there: enough that the rules are asked, whoever sends it."""
        model, act = _act_of(route)
        return act_values(self.record_of(model, act), act) if act else _bodies(self.world).get(str(route.name), {})


_QUERIES = {"autocomplete": "?app_label=review&model_name=citation&field_name=source&term=a"}


def prepare() -> Asked:
    people = {person: UserFactory(roles=roles) for person, roles in ROLES.items()}
    people |= {Person.CLEARED: make_cleared(), Person.SUPERUSER: UserFactory(is_superuser=True)}
    clients = {person: _with_factor(account) for person, account in people.items()}
    half, without = UserFactory(roles=[Role.EDITOR]), UserFactory(roles=[Role.EDITOR])
    give_app(half)
    clients |= {Person.ANYONE: Client(), Person.HALF: signed_in(half), Person.NO_FACTOR: Client()}
    clients[Person.NO_FACTOR].force_login(without)
    for client in clients.values():
        client.raise_request_exception = False
    asked = Asked(build(), people, clients)
    source = asked.world.objects["sources_source"][0]
    asked.world.captures.insert(0, make_capture(source, content=simple(), name="page.pdf"))
    other = UserFactory(roles=[Role.EDITOR])
    FactorRecovery.objects.create(person=other, reason="Lost at sea.", proposed_by=UserFactory())
    for name in ("response", "agreement", "claim"):
        bring_to(MAKERS[name](), "live")
    for kind in all_kinds():
        model = f"{kind.model._meta.app_label}_{kind.name}"
        asked.acted_on[model], asked.withdrawn[model] = _discussed(kind.name), _withdrawn(kind.name)
    asked.owned = {person: _belongings(account, asked.world, person) for person, account in people.items()}
    asked.owned[Person.ANYONE] = _belongings(other, asked.world, Person.EDITOR)
    call_command("build_package", verbosity=0)
    return asked


def _with_factor(person: User) -> Client:
    """A browser in which somebody has signed in with a second factor."""
    give_app(person)
    client = Client()
    client.force_login(person)
    session = client.session
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session.save()
    return client


def _belongings(account: User, world: World, person: Person) -> dict[str, Any]:
    """What is one person's own."""
    session = UserSession.objects.create(user=account, session_key=f"elsewhere-{account.pk}", ip="127.0.0.1")
    found = {"session_id": session.pk}
    notice = Notice.objects.create(
        person=account, record=world.live, kind=NoticeKind.PUBLISHED, actor=world.people["editor"]
    )
    found["notice_id"] = notice.pk
    if person in IMPORTERS:
        found["import_id"] = make_import(SHEETS["planned"], by=account).pk
    if person in (*IMPORTERS, Person.OBSERVER):
        found["export_id"] = services.note_file_export(
            world.live.pk, digest="0" * 64, with_private_terms=False, by=account, at=world.live.changed_at
        ).pk
    return found


def _is_caught(route: Route) -> bool:
    return route.name in ("api-unknown",)


def _arguments(route: Route, world: World, owned: dict[str, Any]) -> dict[str, Any]:
    """What stands in the address of a route."""
    name = str(route.name)
    if name in ARGUMENTS and not route.parameters & owned.keys():
        return ARGUMENTS[name](world)[0]
    return {parameter: _value(parameter, name, route.path, world, owned) for parameter in route.parameters}


def _value(parameter: str, name: str, path: str, world: World, owned: dict[str, Any]) -> Any:
    if parameter in owned:
        return owned[parameter]
    if parameter in ("object_id", "record_id"):
        model = "_".join(path.split("/")[1:3])
        if model in world.objects:
            return world.objects[model][0].pk
    if name.startswith("confidential_") and parameter == "source_id":
        return world.cited.source_id
    if parameter == "reference":
        return next(f"{prefix}-1" for plural, prefix in _PREFIXES.items() if plural in path)
    if parameter == "name" and name in _NAMES:
        return _NAMES[name]
    if parameter == "name" and name in _OF_A_PACKAGE:
        return shelf.kept()[0].name
    return _values(world, name)[parameter]


_PREFIXES = {"stations": "S", "responses": "R", "agreements": "A", "claims": "C", "sources": "D"}
_NAMES = {
    "release_act": "publish",
    "import_act": "cancel",
    "confidential_act": "open",
    "carry_out": "submit",
    "account_act": "end-all",
    "recovery_act": "drop",
    "queue_export_file": "returned",
}

_OF_A_PACKAGE = ("package-cite", "api-package-file")


def _values(world: World, name: str) -> dict[str, Any]:
    source, publisher = world.objects["sources_source"][0], world.objects["sources_publisher"][0]
    return {
        "record_id": world.live.pk,
        "release_id": world.release.pk,
        "source_id": source.pk,
        "publisher_id": publisher.pk,
        # A PDF has a copy without hidden data, a picture one to look at.
        "capture_id": world.captures[1 if name == "capture_picture" else 0].pk,
        "citation_id": world.cited.pk,
        "account_id": world.objects["accounts_user"][0].pk,
        "recovery_id": FactorRecovery.objects.get().pk,
        "name": "station",
        "file_format": "csv",
        "purpose": "preview",
        "content_type_id": 1,
        "object_id": 1,
        "url": "nonsense",
        "section": "stations",
        "version": 1,
        "code": "NL",
        "sequence": 1,
        "ending": "json",
        "file": "readme.md",
        "request_id": world.objects["review_legalrequest"][0].pk,
        "pk": 1,
        "uidb36": "1",
        "key": "x",
    }


def _filled(path: str, arguments: dict[str, Any]) -> str:
    for name, value in arguments.items():
        path = path.replace(f"<path:{name}>", str(value))
    return "api/v1/nothing/" if path == "api/v1/" else path.replace("(?P<url>.*)$", "nonsense")


def _discussed(kind: str) -> Record:
    """A record in review with all that is acted on: a citation, a private term, a suggestion."""
    record = bring_to(MAKERS[kind](private_terms=[{"kind": "host", "text": "A society"}]), "submitted")
    field_name = "text" if kind == "claim" else "summary"
    services.suggest_wording(
        record.pk, field=field_name, text="Better.", by=make_researcher(), lock_version=record.lock_version
    )
    return fresh(record)


def _withdrawn(kind: str) -> Record:
    """A retracted record of which somebody asked to erase the version."""
    record = bring_to(MAKERS[kind](private_terms=[{"kind": "host", "text": "A society"}]), "retracted")
    asked = {"version": 1, "ground": ErasureGround.COURT, "note": "A court ordered it."}
    services.ask_for_erasure(record.pk, **asked, by=UserFactory(roles=[Role.EDITOR]), lock_version=record.lock_version)
    return fresh(record)


def _act_of(route: Route) -> tuple[str, str]:
    """Return the model and the act of an address where a record is acted on."""
    model = "_".join(route.path.split("/")[1:3])
    act = str(route.name).removeprefix(f"{model}_").replace("_", "-")
    return model, act if act in ACTS and route.path.startswith("desk/") else ""


def act_values(record: Record, act: str) -> dict[str, Any]:
    """What the form of an act holds, as far as the rules are asked."""
    suggestion, erasure = record.suggestions.first(), record.erasure_requests.first()
    return {
        "lock_version": fresh(record).lock_version,
        **{"comment": "Why.", "note": "Why.", "text": "Other.", "verdict": "supports"},
        "field": suggestion.field if suggestion else "summary",
        **{"citation": record.citations.get().pk, "digest": "0" * 64, "credibility": "2"},
        "reason": "A court named it." if act == "mark-publishable" else "error",
        "term": record.private_terms.get().pk,
        **({"suggestion": suggestion.pk} if suggestion else {}),
        **({"request": erasure.pk, "version": 1, "ground": "court"} if erasure else {}),
    }


def _bodies(world: World) -> dict[str, dict[str, Any]]:
    one, other = world.objects["stations_station"][:2]
    source, copy = world.objects["sources_source"][:2]
    pair = {"one": one.pk, "other": other.pk}
    return {
        "tell_apart": pair,
        "forget_distinction": pair,
        "merge": {"lock_version": one.lock_version, "target_version": world.live.lock_version, "comment": "Same."},
        "mark_copy": {"copy": copy.pk, "original": source.pk, "lock_version": copy.lock_version},
        "tell_sources_apart": {"one": source.pk, "other": copy.pk},
        "forget_source_distinction": {"one": source.pk, "other": copy.pk},
        "sources_publisher_link": {"source": f"{source.pk} {source.lock_version}"},
        "notices_read": {"until": "2022-10-26T00:00:00Z"},
        "release_act": {"lock_version": world.release.lock_version},
        "releases": {"title": "Together"},
    }
