"""Rows of a record on its page: names, citations, private terms."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from casetracker.accounts.people import person_of
from casetracker.core.date_forms import TypedDateField
from casetracker.core.dates import EdtfField
from casetracker.core.text_list import TextListField
from casetracker.review import policies
from casetracker.review.admin.forms import LinesField, RecordFormSet, RowFormSet
from casetracker.review.admin.grades import GradedMixin
from casetracker.review.admin.widgets import AutocompleteMixin, TypedDateInput
from casetracker.review.kinds import CITATIONS, PRIVATE_TERMS, RecordKind, RowKind, kind_named, label_of
from casetracker.review.models import Citation, PrivateTerm, Record

DATES: dict[type[models.Field], dict[str, Any]] = {
    EdtfField: {"widget": TypedDateInput, "form_class": TypedDateField},
}
TEXTS: dict[type[models.Field], dict[str, Any]] = {
    **DATES,
    models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4}), "form_class": LinesField},
    TextListField: {"widget": AdminTextInputWidget(attrs={"class": "vLargeTextField"})},
}


class RowInline(AutocompleteMixin, admin.StackedInline):
    """Rows of a kind of record. `row_name` is their name in the `RecordKind`."""

    row_name: str
    kind: RecordKind
    extra = 0
    max_num = 100
    show_change_link = False
    formfield_overrides = TEXTS
    formset = RowFormSet

    @property
    def spec(self) -> RowKind:
        """What the review knows of these rows."""
        return self.kind.rows[self.row_name]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Build no more forms than a record can have, whatever number is posted."""
        return super().get_formset(request, obj, **{"absolute_max": self.max_num, **kwargs})

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let everybody see who may see the record."""
        return policies.may_read_desk(person_of(request))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let those who may change the record; the page asks its own admin for that."""
        return policies.may_log(person_of(request))

    has_change_permission = has_add_permission
    has_delete_permission = has_add_permission


class _OfRecord(RowInline):
    """Rows that point to the record, not to its station or response."""

    formset = RecordFormSet

    def __init__(self, _parent_model: type[models.Model], admin_site: admin.AdminSite) -> None:
        """Stand on the page of another model, with the record as the parent."""
        super().__init__(Record, admin_site)


class CitationInline(GradedMixin, _OfRecord):
    """Citations. Each says which field it supports, or that it is for the record as a whole."""

    model = Citation
    row_name = "citations"
    spec = CITATIONS
    autocomplete_fields = ("source",)
    verbose_name_plural = _("citations: every published fact needs a source")
    fieldsets = (
        (None, {"fields": ("source", ("field", "stance"), ("attributed_to", "locator"), "basis")}),
        (
            _("A speaker whom the source does not name"),
            {
                "fields": ("speaker_anonymous", ("speaker_role", "speaker_place")),
                "description": _("The public reads, for example: an anonymous resident of Rotterdam."),
                "classes": ("collapse",),
            },
        ),
        (_("Quote"), {"fields": ("quote", ("quote_language", "quote_translated_from"), "quote_translation")}),
        (_("More"), {"fields": ("value_given", "credibility", "notes"), "classes": ("collapse",)}),
    )

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the fields of this kind that can be cited, in words."""
        if db_field.name != "field":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        choices = [
            ("", _("the record as a whole")),
            *((name, label_of(self.kind.name, name)) for name in self.kind.citable),
        ]
        return forms.ChoiceField(choices=choices, required=False, label=_("Cited for"))


class PrivateTermInline(_OfRecord):
    """Addresses, hosts, persons: what the public text must not contain."""

    model = PrivateTerm
    row_name = "private_terms"
    spec = PRIVATE_TERMS
    template = "admin/edit_inline/tabular.html"
    fields = ("kind", "text")
    verbose_name_plural = _("private terms: never published, and kept out of every public text")


def kind_of(model: type[models.Model]) -> RecordKind:
    """Return the kind of record that a model holds."""
    return kind_named(model._meta.model_name or "")
