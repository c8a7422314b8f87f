"""What was posted: how much of it a view takes, and what it held, so that a page can carry it on."""

from django.http import HttpRequest

# The attribute of a view that takes a larger file than the others: bytes.
LARGEST_FILE = "largest_file"
BESIDE_A_FILE = 64 * 1024  # bytes: the other fields of the form, and what stands between them
# Never sent back: what proves who somebody is, or that a form is ours.
_SECRETS = frozenset({"password", "oldpassword", "password1", "password2", "code", "credential", "csrfmiddlewaretoken"})


def typed_in(request: HttpRequest, *, without: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """Return the names and values that were posted, but for secrets and what is named here."""
    if request.method != "POST":
        return []
    left_out = _SECRETS | without
    return [(name, value) for name, values in request.POST.lists() if name not in left_out for value in values]
