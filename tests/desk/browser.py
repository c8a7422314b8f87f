"""Somebody at the desk, with a browser. CSRF is enforced, as on a real site."""

from django.conf import settings
from django.test import Client
from django.urls import reverse

from casetracker.review.kinds import kind_named
from tests.desk.pages import Page

TOKEN = "a" * 32


def address(record, page="change"):
    """The address of a page of a record, or of one of its acts."""
    app = kind_named(record.kind).model._meta.app_label
    return reverse(f"admin:{app}_{record.kind}_{page.replace('-', '_')}", args=[record.pk])


def source_address(source, page="change"):
    return reverse(f"admin:sources_source_{page}", args=[source.pk])


class Browser:
    def __init__(self, person):
        self.person = person
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(person)

    def get(self, path, query=None):
        return self.client.get(path, query)

    def open(self, path, query=None):
        response = self.get(path, query)
        assert response.status_code == 200, f"{path}: {response.status_code}"
        return Page(response)

    def open_record(self, record):
        return self.open(address(record))

    def submit(self, form):
        """Press the first button of a form, and go where that leads."""
        pressed = {name: ["pressed"] for name in form.buttons[:1] if name}
        # Browsers end lines with CR LF, whatever the page had.
        sent = {name: [text.replace("\n", "\r\n") for text in texts] for name, texts in form.values.items()}
        response = self.client.post(form.action, sent | pressed, follow=True)
        assert response.status_code == 200, f"{form.action}: {response.status_code}"
        return Page(response)

    def submit_raw(self, form):
        """Press the button of a form that leads to no page: the answer as it is."""
        return self.client.post(form.action, form.values)

    def send(self, path, values=None):
        """Post without a page, but with a valid token, as a program or another tab would."""
        self.client.cookies[settings.CSRF_COOKIE_NAME] = TOKEN
        return self.client.post(path, {"csrfmiddlewaretoken": TOKEN, **(values or {})})

    def read(self, response):
        """The page that something sent without one leads to."""
        assert response.status_code == 200, response.status_code
        return Page(response)

    def act(self, record, name, **values):
        """Use a button on the page of a record."""
        return self.submit(self.open_record(record).act(name).fill(**values))
