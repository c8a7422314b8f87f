"""What the desk's own views ask of a request: who reads, and where to come back to."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from casetracker.accounts.models import User
from casetracker.accounts.people import person_of
from casetracker.review.policies import may_read_desk


def reader_of(request: HttpRequest) -> User:
    """Return the person who is signed in. Raises `PermissionDenied` for who has no role at the desk."""
    person = person_of(request)
    if not may_read_desk(person):
        raise PermissionDenied
    return person


def way_back(request: HttpRequest, otherwise: str = "admin:index") -> str:
    """Return the page of the desk that `next` names; the one called `otherwise` if that is none of ours."""
    address, desk = request.POST.get("next", ""), reverse("admin:index")
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None) and address.startswith(desk)
    return address if is_ours else reverse(otherwise)
