"""Who may choose records and where, and what becomes of selections and plans that are none."""

import re

import pytest

from casetracker.accounts.roles import Role
from tests.desk.browser import Browser, address
from tests.desk.selecting import carry_out, going, keys, left_out, plan, said
from tests.desk.state import everything
from tests.factories.records import bring_to, fresh, make_claim, make_response, make_source, make_station
from tests.factories.users import UserFactory

ACTS = ("submit", "assign", "publish")
UNKNOWN = "2b1c2f0e-0000-4000-8000-000000000000"


# --- Who may --------------------------------------------------------------------


def test_a_researcher_is_offered_no_publication_and_an_observer_no_act(author, team):
    record = bring_to(make_station(by=team.author), "live", reviewer=team.reviewer, editor=team.editor)
    path = "/desk/queue/recent/"
    assert [button["formaction"] for button in author.open(path).all("button") if "formaction" in button] == [
        "/desk/selection/submit/",
        "/desk/selection/assign/",
        "/desk/queue/recent/export/",
    ]
    observer = Browser(UserFactory(roles=[Role.OBSERVER]))
    page = observer.open(path)
    assert str(record.pk) in page.records
    assert page.all("input", type="checkbox") == []
    lists = [form for form in observer.open("/desk/stations/station/").posts if "_selected_action" in form.names]
    assert [form.choices["action"] for form in lists] == [{"", "export_chosen"}]


def test_a_researcher_who_asks_for_a_publication_learns_why_not(reviewer, team):
    record = bring_to(make_station(by=team.author), "approved", reviewer=team.reviewer, editor=team.editor)
    page = plan(reviewer, "publish", [record])
    assert "“publish” needs the role Editor." in page.text
    forged = {"going": f"{record.pk}:{record.lock_version}"}
    before = everything()
    page = reviewer.read(reviewer.send("/desk/selection/publish/carry-out/", forged))
    assert everything() == before
    assert "“publish” needs the role Editor." in said(page)


@pytest.mark.parametrize("roles", [[], [Role.OBSERVER], [Role.ADMINISTRATOR]])
def test_others_see_no_plan(team, roles):
    record = make_station(by=team.author)
    browser = Browser(UserFactory(roles=roles, is_superuser=True))
    before = everything()
    for act in ACTS:
        for path in (f"/desk/selection/{act}/", f"/desk/selection/{act}/carry-out/"):
            assert browser.get(path).status_code == 403
            sent = {"record": record.pk, "going": f"{record.pk}:1"}
            assert browser.send(path, sent).status_code == 403
    assert everything() == before


# --- What is not a selection ----------------------------------------------------


@pytest.mark.parametrize("act", ACTS)
def test_looking_at_the_address_explains_it(editor, act):
    for path in (f"/desk/selection/{act}/", f"/desk/selection/{act}/carry-out/"):
        page = editor.open(path)
        assert "Tick up to 100 records" in page.text
        assert "Approving goes one by one on purpose" in page.text


def test_there_is_no_approval_of_a_selection(editor, team):
    record = bring_to(make_station(by=team.author), "verified", reviewer=team.reviewer)
    for path in ("/desk/selection/approve/", "/desk/selection/approve/carry-out/"):
        assert editor.send(path, {"record": record.pk, "going": f"{record.pk}:1"}).status_code == 404
    page = editor.open("/desk/queue/approve/")
    assert not [button for button in page.all("button") if "selection/approve" in button.get("formaction", "")]
    assert "Approving goes one by one on purpose" in page.text


def test_nothing_chosen_leads_back_with_a_word(editor):
    response = editor.send("/desk/selection/submit/", {"next": "/desk/queue/recent/"})
    assert response["Location"] == "/desk/queue/recent/"
    assert said(editor.open("/desk/")) == "Choose records first: tick the boxes before them."


def test_too_many_are_not_planned(editor):
    response = editor.send("/desk/selection/submit/", {"record": list(range(101)), "next": "/desk/queue/recent/"})
    assert response["Location"] == "/desk/queue/recent/"
    assert said(editor.open("/desk/")) == (
        "You chose 101 records. At most 100 go together, so that you can read the plan. Choose fewer."
    )


@pytest.mark.parametrize(
    "place", ["https://elsewhere.example/", "//elsewhere.example", "/en/", "\\\\x", "javascript:1"]
)
def test_one_comes_back_to_the_desk_only(editor, place):
    assert editor.send("/desk/selection/submit/", {"next": place})["Location"] == "/desk/"


@pytest.mark.parametrize("act", ACTS)
def test_forged_keys_are_named_and_left_out_of_the_plan(editor, team, act):
    record, source = make_station(by=team.editor), make_source()
    page = plan(editor, act, [UNKNOWN, "x", "a\x00b", "9" * 400, source, record, record, ""])
    assert "6 of what you chose are no records, and are left out." in page.text
    assert page.records == keys(record)


@pytest.mark.parametrize("act", ["submit", *(pytest.param(act, marks=pytest.mark.slow) for act in ACTS[1:])])
def test_forged_plans_do_nothing(editor, team, act):
    state = "approved" if act == "publish" else "draft"
    records = [bring_to(make_station(by=team.author), state, editor=team.editor) for _ in range(2)]
    if act == "submit":
        records = [make_station(by=team.editor) for _ in range(2)]
    good, other = (f"{record.pk}:{record.lock_version}" for record in records)
    key = good.partition(":")[0]
    forged = [
        {},
        {"going": ""},
        {"left_out": good},
        {"going": [good, good]},
        {"going": good, "left_out": good},
        {"going": [good, f"{UNKNOWN}:1"]},
        {"going": good, "left_out": f"{make_source().pk}:1"},
        *(
            {"going": [other, f"{key}{end}"]}
            for end in ("", ":", ":x", ":-1", ":0", ":1e3", ":²", ":" + "9" * 400, ":99")
        ),
        {"going": good, "to": "x", "corrects": "on", "note": ""},
    ]
    if act == "submit":
        forged.pop()  # It asks for nothing else.
    before = everything()
    for values in forged:
        before = everything() if "left_out" in values else before
        response = editor.send(f"/desk/selection/{act}/carry-out/", values)
        assert response.status_code in (200, 302), values
        assert everything() == before, values


@pytest.mark.parametrize("act", ["submit", "publish"])
def test_what_the_plan_refused_cannot_be_forced(editor, team, act):
    bare = make_station(by=team.editor, citations=[])
    good = make_station(by=team.editor) if act == "submit" else bring_to(make_station(by=team.author), "approved")
    before = everything()
    forced = {"going": [f"{record.pk}:{record.lock_version}" for record in (good, bare)]}
    page = editor.read(editor.send(f"/desk/selection/{act}/carry-out/", forced))
    assert everything() == before
    assert bare.label in said(page)
    assert (going(page), left_out(page)) == (keys(good), keys(bare))


def test_a_person_who_cannot_have_records_is_not_offered_and_not_taken(editor, team):
    record, observer = make_station(by=team.author), UserFactory(roles=[Role.OBSERVER])
    page = plan(editor, "assign", [record])
    assert str(observer.pk) not in page.form("/selection/assign/").choices["to"]
    before = everything()
    forged = {"going": f"{record.pk}:{record.lock_version}", "to": observer.pk}
    page = editor.read(editor.send("/desk/selection/assign/carry-out/", forged))
    assert everything() == before
    assert "to" in " ".join(page.errors)


# --- From the lists -------------------------------------------------------------


def test_a_queue_offers_its_records_of_all_kinds(author, team):
    records = [make_station(by=team.author), make_claim(by=team.author)]
    page = author.open("/desk/queue/drafts/")
    assert {box["value"] for box in page.all("input", name="record")} == set(keys(*records))
    (form,) = [form for form in page.posts if "record" in form.names]
    form.action = "/desk/selection/submit/"
    form.values["record"] = keys(*records)
    page = carry_out(author, author.submit(form))
    assert page.response.request["PATH_INFO"] == "/desk/queue/drafts/"
    assert {fresh(record).state for record in records} == {"submitted"}


@pytest.mark.parametrize("make", [make_station, make_claim, make_response])
def test_a_list_of_a_kind_leads_to_the_same_plan(author, team, make):
    records = [make(by=team.author) for _ in range(2)]
    path = re.sub(r"[^/]+/change/$", "?state=draft", address(records[0]))
    form = next(form for form in author.open(path).posts if "_selected_action" in form.names)
    assert form.choices["action"] == {"", "submit_chosen", "assign_chosen", "export_chosen"}
    form.action = path
    page = author.submit(form.fill(action="submit_chosen", _selected_action=keys(*records)))
    assert sorted(going(page)) == sorted(keys(*records))
    page = carry_out(author, page)
    assert {fresh(record).state for record in records} == {"submitted"}
    assert page.response.request["QUERY_STRING"] == "state=draft"


def test_junk_among_the_ticked_rows_of_a_list_is_ignored(author, team):
    record = make_station(by=team.author)
    values = {"action": "submit_chosen", "_selected_action": ["x", str(record.pk), UNKNOWN, "a\x00b"]}
    page = author.read(author.send("/desk/stations/station/", values))
    assert going(page) == keys(record)
    assert author.send("/desk/stations/station/", values | {"_selected_action": ["x"]}).status_code == 302
