"""What the worker (`manage.py db_worker`) does for accounts."""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override
from django_tasks import task

from casetracker.accounts.models import AccountEvent
from casetracker.core.desk_languages import language_of


@task()
def tell_of(event_id: int) -> None:
    """Tell a person by e-mail what happened to their account, if the log still has it."""
    event = AccountEvent.objects.select_related("person", "by").filter(pk=event_id).first()
    if event and event.person and event.person.email:
        compose(event).send()


def compose(event: AccountEvent) -> EmailMessage:
    """Write the e-mail, in the language of the person. It names no record, and no address to click on."""
    assert event.person is not None  # noqa: S101 - nobody else is written to
    with override(language_of(event.person)):
        context = {"event": event}
        subject = render_to_string("account/email/account_event_subject.txt", context).strip()
        text = render_to_string("account/email/account_event_message.txt", context).strip()
    return EmailMessage(subject, f"{text}\n", to=[event.person.email])
