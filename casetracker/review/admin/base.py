"""What the pages of records and of sources share: roles instead of permissions, one service call per save."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import capfirst

from casetracker.accounts.people import person_of
from casetracker.core.errors import DomainError
from casetracker.review import policies
from casetracker.review.admin.exporting import ExportingAdmin
from casetracker.review.admin.widgets import AutocompleteMixin

_MOST_WORDS = 20


def first_words(search_term: str) -> str:
    """Return as many words of a search as a query can look for."""
    return " ".join(search_term.split()[:_MOST_WORDS])


class ServiceAdmin(AutocompleteMixin, ExportingAdmin):
    """An admin that writes nothing itself.

    `save_model` does nothing; `save_related` of the subclass makes one call of a service. If the service
    refuses, all is rolled back and the same form is shown again with the refusal at its fields.
    Django's own log stays empty: decisions and edit history say more.
    """

    actions: Any = ("export_chosen",)
    is_exchanged = True  # Its lists come in and go out as spreadsheets.
    save_on_top = False
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the section to those who may read the desk."""
        return policies.may_read_desk(person_of(request))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let those read who may read the desk."""
        return policies.may_read_desk(person_of(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let researchers and editors log."""
        return policies.may_log(person_of(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let researchers and editors write; the service has the last word."""
        return policies.may_log(person_of(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: nothing is deleted here."""
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Give the form what a service has just refused, and the version that the person looks at."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        form.shown_version = self.version_of(obj) if obj is not None else None
        return form

    def version_of(self, obj: Any) -> int:
        """Return which version of a thing this is."""
        version: int = obj.lock_version
        return version

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Find what an address names. Raises `Http404` if there is no such thing."""
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """Look for the first words only: a pasted page would be more than a database can take."""
        return super().get_search_results(request, queryset, first_words(search_term))

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """Show the form again, filled in as it was, if a service refuses. The transaction is rolled back."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except DomainError as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]
            response: HttpResponse = super().changeform_view(request, object_id, form_url, extra_context)
            return response

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Head the list with what it lists, and lead to the import of more of it if it is exchanged."""
        own = {"title": capfirst(self.opts.verbose_name_plural), "import_kind": self.opts.model_name}
        if not self.is_exchanged:
            own |= {"import_kind": "", "export_address": ""}
        return super().changelist_view(request, {**own, **(extra_context or {})})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Write nothing: `save_related` calls the service."""

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> list[Any]:
        """Say nothing to Django's log."""
        return []

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Write nothing to Django's log."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Write nothing to Django's log."""
