"""What colleagues are told: exactly those whom it concerns, never the one who acted; and where they read it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casetracker.accounts.roles import Role
from casetracker.desk.notices import ON_A_PAGE, WHAT_HAPPENED
from casetracker.review import services
from casetracker.review.choices import NoticeKind
from casetracker.review.kinds import label_of
from casetracker.review.models import Notice
from tests.desk.browser import Browser
from tests.factories.records import bring_to, fresh, make_station
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.long, pytest.mark.slow]

PAGE = "/desk/notices/"


@pytest.fixture
def draft(team):
    return make_station(by=team.author, summary="A door.", private_terms=[{"kind": "host", "text": "A society"}])


@pytest.fixture
def bystander(db):
    """Somebody at the desk who has nothing to do with it."""
    return UserFactory(username="bea", name="Bea Bystander", roles=[Role.RESEARCHER])


def told(since=0):
    """Who was told what, since some notice."""
    notices = Notice.objects.filter(pk__gt=since).select_related("person")
    return sorted((notice.person.username, notice.kind) for notice in notices)


def newest():
    return Notice.objects.order_by("pk").values_list("pk", flat=True).last() or 0


def unread(browser):
    """What the head of a page says."""
    page = browser.open("/desk/")
    assert PAGE in page.links
    return page.text.partition("Notices ")[2].partition(" unread")[0] if " unread" in page.text else ""


# --- who is told ----------------------------------------------------------------

MOVES = [
    # from, who, act, what is typed, who is told of it
    ("draft", "author", "submit", {}, []),
    ("submitted", "editor", "return", {"comment": "Name it."}, [("ana", "returned")]),
    ("verified", "editor", "return", {"comment": "Name it."}, [("ana", "returned")]),
    ("submitted", "author", "withdraw", {}, []),
    ("submitted", "reviewer", "suggest", {"field": "summary", "text": "Two doors."}, [("ana", "suggested")]),
    ("verified", "editor", "approve", {}, []),
    ("verified", "editor", "approve-and-publish", {}, [("ana", "published"), ("rosa", "published")]),
    ("approved", "editor", "publish", {}, [("ana", "published"), ("rosa", "published")]),
    ("live", "reviewer", "revise", {}, []),
    ("revision", "author", "abandon", {}, []),
    ("revision", "editor", "abandon", {}, [("ana", "abandoned")]),
    ("draft", "author", "discard", {}, []),
    ("draft", "editor", "discard", {}, [("ana", "discarded")]),
    ("live", "editor", "retract", {"reason": "harm", "note": "A home."}, [("ana", "retracted"), ("rosa", "retracted")]),
    ("revision", "editor", "retract", {"reason": "error", "note": "x"}, [("ana", "retracted"), ("rosa", "retracted")]),
    ("draft", "editor", "comment", {"text": "Look."}, [("ana", "commented")]),
    ("draft", "author", "comment", {"text": "Look."}, []),
    ("verified", "author", "comment", {"text": "Look."}, [("rosa", "commented")]),
]


@pytest.mark.parametrize(("start", "who", "act", "typed", "expected"), MOVES)
def test_an_act_tells_those_whom_it_concerns(request, team, draft, bystander, start, who, act, typed, expected):
    bring_to(draft, start, **vars(team))
    before = newest()
    request.getfixturevalue(who).act(draft, act, **typed)
    assert told(before) == expected


def test_one_click_assigns_a_record_to_oneself_and_tells_nobody(reviewer, team, draft):
    page = reviewer.act(draft, "assign-to-me")
    assert fresh(draft).assigned_to == team.reviewer
    assert "assign-to-me" not in page.acts
    assert told() == []


def test_an_assignment_tells_the_one_who_has_it_now_once(editor, author, team, draft):
    editor.act(draft, "assign", to=team.reviewer.pk)
    editor.act(draft, "assign", to=team.reviewer.pk)
    assert told() == [("rosa", "assigned")]
    author.act(draft, "assign-to-me")
    assert told() == [("rosa", "assigned")]
    editor.act(draft, "assign", to="")
    assert told() == [("rosa", "assigned")]


def test_whoever_has_it_is_told_when_it_is_their_turn(author, reviewer, team, draft):
    author.act(draft, "assign", to=team.editor.pk)
    bring_to(draft, "verified", **vars(team))
    assert told() == [("edith", "assigned"), ("edith", "submitted"), ("edith", "verified")]


def test_whoever_returned_it_is_told_when_it_comes_back(author, reviewer, team, draft):
    bring_to(draft, "submitted")
    reviewer.act(draft, "return", comment="Name it.")
    author.act(draft, "submit")
    assert told() == [("ana", "returned"), ("rosa", "submitted")]
    author.act(draft, "withdraw")
    author.act(draft, "submit")
    assert told() == [("ana", "returned"), ("rosa", "submitted")]


@pytest.mark.parametrize("answer", ["accepted", "declined"])
def test_whoever_suggested_words_learns_what_became_of_them(author, reviewer, team, draft, answer):
    bring_to(draft, "submitted")
    reviewer.act(draft, "suggest", field="summary", text="A red door.")
    before = newest()
    author.act(draft, {"accepted": "accept-suggestion", "declined": "decline-suggestion"}[answer])
    assert told(before) == [("rosa", answer)]


def test_those_who_speak_about_a_record_hear_the_answer(author, reviewer, editor, team, draft):
    reviewer.act(draft, "comment", text="Is it a door?")
    before = newest()
    author.act(draft, "comment", text="It is.")
    assert told(before) == [("rosa", "commented")]
    bring_to(draft, "live", **vars(team))
    author.act(draft, "revise")
    before = newest()
    author.act(draft, "comment", text="A new round, a new talk.")
    assert told(before) == []


def test_a_mention_tells_whoever_is_named_instead_of_a_comment(author, team, draft, bystander, observer):
    author.act(draft, "assign", to=team.editor.pk)
    before = newest()
    author.act(draft, "comment", text="@BEA, @edith and @observer: look. Then @ana.")
    assert told(before) == [("bea", "mentioned"), ("edith", "mentioned"), ("observer", "mentioned")]


def test_people_without_a_way_to_the_desk_are_told_nothing(editor, team, draft):
    team.author.groups.clear()
    editor.act(draft, "comment", text="Look.")
    assert told() == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("@rose, look.", "“@rose”. Did you mean @rosa (Rosa Reviewer)?"),
        ("@editor", "“@editor”. Did you mean @edith (Edith Editor)"),
        ("@xyzzy: look.", "“@xyzzy”. If nobody is meant, write it without the @."),
        ("@outsider", "“@outsider”"),
        ("@administrator", "“@administrator”"),
    ],
)
def test_a_mention_of_nobody_known_is_refused_at_its_field(author, team, draft, outsider, administrator, text, says):
    page = author.act(draft, "comment", text=text)
    assert not draft.comments.exists()
    assert not Notice.objects.exists()
    assert says in page.errors["comment-text"]
    assert page.act("comment")["text"] == text


@pytest.mark.parametrize(
    "text",
    [
        "Write to rosa@example.org, or josé@example.org.",
        "See https://social.example/@rosa and www.social.example/@rosa",
        "At 5 @ the door; @ nobody; @... @",
    ],
)
def test_what_only_looks_like_a_mention_is_none(author, team, draft, text):
    page = author.act(draft, "comment", text=text)
    assert told() == []
    assert text in page.text
    assert not page.all("b", class_="mention")


@pytest.mark.parametrize(
    "text", ["@rosa.", "(@rosa)", "请@rosa看", "请＠rosa看", "@Rosa's", "@rosa/@rosa", "x\n@rosa\ny"]
)
def test_a_mention_stands_wherever_people_write_it(author, team, draft, text):
    page = author.act(draft, "comment", text=text)
    assert told() == [("rosa", "mentioned")]
    assert page.all("b", class_="mention")


def test_a_comment_is_escaped_where_mentions_are_marked(author, team, draft):
    page = author.act(draft, "comment", text="<i id=x>@rosa</i> & <script>")
    assert "<i id=x>@rosa</i> & <script>" in page.text
    assert not page.all("i", id="x")


# --- comments on a field --------------------------------------------------------


def test_a_comment_on_a_fact_is_made_on_the_review_page_and_stands_beside_it(reviewer, team, draft):
    record = bring_to(draft, "submitted")
    place = f"/desk/review/{record.pk}/"
    (form,) = [form for form in reviewer.open(place).acts_named("comment") if form["field"] == "locality"]
    page = reviewer.submit(form.fill(text="Which part of town?"))
    comment = record.comments.get()
    assert (comment.field, comment.text) == ("locality", "Which part of town?")
    assert page.was_redirected
    assert page.text.count("Which part of town?") == 2
    assert f"on “{label_of('station', 'locality')}”" in page.text


def test_a_comment_names_any_field_of_the_record(author, draft):
    form = author.open_record(draft).act("comment")
    assert {"", "summary", "notes", "names"} <= form.choices["field"]
    author.submit(form.fill(field="notes", text="Private."))
    assert draft.comments.get().field == "notes"


# --- the page -------------------------------------------------------------------


def test_each_sort_of_notice_has_its_words():
    assert WHAT_HAPPENED.keys() == set(NoticeKind)


def test_a_notice_is_counted_in_the_head_until_it_is_opened(author, reviewer, team, draft):
    assert unread(reviewer) == ""
    author.act(draft, "comment", text="@rosa, is it a door?")
    author.act(draft, "assign", to=team.reviewer.pk)
    assert unread(reviewer) == "2"
    page = reviewer.open(PAGE)
    assert "Ana Author mentioned you in a comment" in page.text
    assert "Ana Author assigned it to you" in page.text
    assert "is it a door?" in page.text
    assert unread(reviewer) == "2", "looking changes nothing"
    mention = Notice.objects.get(kind="mentioned")
    page = reviewer.submit(page.form(f"/{mention.pk}/open/"))
    assert page.response.request["PATH_INFO"] == f"/desk/review/{draft.pk}/"
    assert page.all("p", id=f"comment-{mention.comment_id}")
    assert unread(reviewer) == "1"
    page = reviewer.open(PAGE)
    assert page.text.index("assigned it to you") < page.text.index("mentioned you")
    assert f"/desk/review/{draft.pk}/#comment-{mention.comment_id}" in page.links


def test_all_are_marked_as_read_but_what_came_after_the_page(author, reviewer, team, draft):
    for text in ("@rosa, one", "@rosa, two"):
        author.act(draft, "comment", text=text)
    form = reviewer.open(PAGE).form("/notices/read/")
    author.act(draft, "comment", text="@rosa, three")
    page = reviewer.submit(form)
    assert [message.strip() for message in page.messages] == ["2 notices marked as read."]
    assert unread(reviewer) == "1"


@pytest.mark.parametrize("until", ["", "x", "-1", str(10**30)])
def test_marking_with_nonsense_changes_nothing(author, reviewer, draft, until):
    author.act(draft, "comment", text="@rosa")
    assert reviewer.send(f"{PAGE}read/", {"until": until}).status_code == 302
    assert unread(reviewer) == "1"


def test_nobody_reads_or_marks_the_notices_of_others(author, reviewer, editor, team, draft):
    author.act(draft, "comment", text="@rosa, a secret of ours")
    notice = Notice.objects.get()
    assert "a secret of ours" not in editor.open(PAGE).text
    assert editor.send(f"{PAGE}{notice.pk}/open/").status_code == 404
    editor.send(f"{PAGE}read/", {"until": notice.pk})
    assert unread(reviewer) == "1"
    assert reviewer.get(f"{PAGE}{notice.pk}/open/").status_code == 405
    assert reviewer.send(f"{PAGE}{10**30}/open/").status_code == 404


def test_an_administrator_has_no_notices(administrator):
    browser = Browser(administrator)
    assert PAGE not in browser.open("/desk/").links
    assert browser.get(PAGE).status_code == 403
    for path in ("1/open/", "read/", "mail/"):
        assert browser.send(PAGE + path, {"until": 1}).status_code == 403


def test_the_page_costs_the_same_however_many_there_are_and_has_pages(author, reviewer, team, draft):
    def tell(count):
        for _ in range(count):
            services.comment_on_record(draft.pk, text="@rosa", by=team.author)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            reviewer.open(PAGE)
        return len(captured)

    tell(2)
    reviewer.open(PAGE)
    few = cost()
    tell(ON_A_PAGE)
    assert cost() == few
    first, second = reviewer.open(PAGE), reviewer.open(PAGE, {"page": 2})
    assert "Page 1 of 2" in first.text
    assert len([form for form in first.posts if form.action.endswith("/open/")]) == ON_A_PAGE
    assert len([form for form in second.posts if form.action.endswith("/open/")]) == 2


def test_the_count_in_the_head_takes_one_query(author, reviewer, draft):
    author.act(draft, "comment", text="@rosa")
    reviewer.open("/desk/")
    with CaptureQueriesContext(connection) as captured:
        reviewer.open("/desk/")
    assert len([query for query in captured if "review_notice" in query["sql"]]) == 1
