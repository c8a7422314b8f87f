"""How views are described in OpenAPI."""

from collections.abc import Callable
from inspect import cleandoc
from typing import Any

from django import forms
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.serializers import Serializer

from casetracker.core.languages import in_data_language
from casetracker.public.api import formats, parameters
from casetracker.public.api.base import DocumentView, ListView
from casetracker.public.api.errors import CONTENT_TYPE
from casetracker.public.api.serializers import changes, governments, site, statistics
from casetracker.public.api.tables import columns_of
from casetracker.public.filter_fields import TEXT_LENGTH
from casetracker.public.keyset import Ordering
from casetracker.public.viewpoint import KnownAtField, StatisticsForm, ViewForm

KNOWN_AT_PATTERN = r"^([0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z)?|[1-9][0-9]{0,17})$"
Decorator = Callable[[type[Any]], type[Any]]

NOT_MODIFIED = {304: OpenApiResponse(description="Nothing has been published since the ETag that was sent.")}
REFUSED = {
    (status, CONTENT_TYPE): OpenApiResponse(site.Problem, description)
    for status, description in (
        (400, "A parameter is unknown or its value is bad, or the request cannot be read."),
        (405, "Only GET, HEAD and OPTIONS are answered."),
        (406, "Nothing that is served here suits Accept."),
        (429, "Too many requests from this address: wait for as many seconds as Retry-After says."),
        (500, "A fault of ours."),
        (503, "The database does not answer: ask again after as many seconds as Retry-After says."),
    )
}
NOT_FOUND = {(404, CONTENT_TYPE): OpenApiResponse(site.Problem, "Nothing is published at this address.")}
GONE = {(410, CONTENT_TYPE): OpenApiResponse(site.Withdrawal, "What was published here is withdrawn.")}
_MOVED = "The record was merged into the one that Location names."
MOVED = {(301, CONTENT_TYPE): OpenApiResponse(site.Withdrawal, _MOVED)}
MERGEABLE = ("stations",)
# A date may be vague: a filter asks what it allows.
BOUNDS = {
    "_after": "Keeps what may lie there: the last day that its date allows decides.",
    "_before": "Keeps what may lie there: the first day that its date allows decides.",
}
SUMMARIES = {
    "stations": "stations",
    "responses": "responses",
    "agreements": "agreements between governments",
    "claims": "claims: what somebody asserted, in words or as a count",
    "governments": "governments and their response status",
    "sources": "sources that published records cite",
    "status_history": "the status of governments over time",
    "log": "the publication log",
    "checkpoints": "signatures over the head of the log",
}


def _operation(
    tag: str,
    name: str,
    summary: str,
    answer: type[Serializer],
    *,
    inputs: list[OpenApiParameter] | None = None,
    errors: dict | None = None,
    files: dict | None = None,
) -> Decorator:
    """Return a class decorator. The description is the docstring of the view."""
    answers = {(200, "application/json"): OpenApiResponse(answer, "As asked."), **(files or {})}

    def describe(view: type[DocumentView]) -> type[DocumentView]:
        operation = extend_schema(
            operation_id=f"{tag}_{name}",
            tags=[tag],
            summary=summary,
            description=cleandoc(view.__doc__ or ""),
            parameters=inputs or [],
            responses={**answers, **NOT_MODIFIED, **REFUSED, **(errors or {})},
        )
        return extend_schema_view(get=operation)(view)

    return describe


def list_of(plural: str, answer: type[Serializer], *, summary: str = "") -> Decorator:
    """Describe a list view: its filters, orders and forms."""

    def describe(view: type[ListView]) -> type[ListView]:
        asking, said = view.asking(), summary or f"List {SUMMARIES[plural]}"
        inputs = [*_fields(asking.form()), *_paging(asking.orderings)]
        return _operation(plural, "list", said, answer, inputs=inputs, files=_files(view))(view)

    return describe


def _files(view: type[ListView]) -> dict[tuple[int, str], OpenApiResponse]:
    """Return the answers of a list that are files."""
    columns = ", ".join(column.name for column in columns_of(view.row))
    said = {
        formats.Ndjson: OpenApiResponse(OpenApiTypes.STR, "The whole list: one JSON object on each line."),
        formats.Csv: OpenApiResponse(OpenApiTypes.STR, f"The whole list as a table. Columns: {columns}."),
        formats.GeoJson: OpenApiResponse(site.FeatureCollection, "The whole list as features."),
    }
    return {(200, form.media_type): answer for form, answer in said.items() if form in view.renderer_classes}


def detail_of(plural: str, answer: type[Serializer], prefix: str) -> Decorator:
    """Describe the live version of a document, and how it was known before."""

    def describe(view: type[DocumentView]) -> type[DocumentView]:
        inputs = [_reference(prefix), *(_fields(view.form()) if view.form else [])]
        errors = {**(MOVED if plural in MERGEABLE else {}), **NOT_FOUND, **GONE}
        summary = f"Read one of the {plural}"
        return _operation(plural, "read", summary, answer, inputs=inputs, errors=errors)(view)

    return describe


def versions_of(plural: str, prefix: str) -> Decorator:
    """Describe the list of a record's versions."""

    def describe(view: type[ListView]) -> type[ListView]:
        asking, summary = view.asking(), "List the published versions"
        inputs = [_reference(prefix), *_fields(asking.form()), *_paging(asking.orderings)]
        errors = {**NOT_FOUND, **GONE}
        return _operation(
            plural, "versions", summary, site.VersionList, inputs=inputs, errors=errors, files=_files(view)
        )(view)

    return describe


def version_of(plural: str, answer: type[Serializer], prefix: str) -> Decorator:
    """Describe one version."""
    inputs = [_reference(prefix), _path("version", r"^[1-9][0-9]{0,8}$", "The number of the version.")]
    summary = "Read a published version at its permanent address"
    return _operation(plural, "version", summary, answer, inputs=inputs, errors={**NOT_FOUND, **GONE})


def government_detail() -> Decorator:
    """Describe one government."""
    inputs = [_path("code", "^[A-Z]{2}$", "ISO 3166-1 alpha-2, or EU."), *_fields(ViewForm())]
    summary = "Read what a government did"
    return _operation("governments", "read", summary, governments.GovernmentDetail, inputs=inputs, errors=NOT_FOUND)


def log_entry() -> Decorator:
    """Describe one entry of the log."""
    inputs = [_path("sequence", r"^[1-9][0-9]{0,17}$", "The number of the entry.")]
    return _operation("log", "read", "Read an entry of the log", site.LogEntry, inputs=inputs, errors=NOT_FOUND)


def public_keys() -> Decorator:
    """Describe the keys that sign the log."""
    return _operation("checkpoints", "keys", "See which keys have signed the log", site.PublicKeys)


def packages_list() -> Decorator:
    """Describe the packages."""
    return _operation("packages", "list", "See what can be downloaded as a whole", site.PackageList)


def change_feed(form: type[forms.Form]) -> Decorator:
    """Describe the changes."""
    summary = "Read what the log changed, to stay up to date"
    return _operation("changes", "list", summary, changes.ChangeList, inputs=_fields(form()))


def numbers() -> Decorator:
    """Describe the statistics."""
    summary = "Count what governments did"
    return _operation("statistics", "read", summary, statistics.Statistics, inputs=_fields(StatisticsForm()))


def index() -> Decorator:
    """Describe the entrance."""
    return _operation("index", "read", "See what there is to read", site.Index)


def _reference(prefix: str) -> OpenApiParameter:
    return _path("reference", f"^{prefix}-[1-9][0-9]{{0,8}}$", f"The permanent reference, such as {prefix}-1.")


def _path(name: str, pattern: str, description: str) -> OpenApiParameter:
    return OpenApiParameter(name, str, OpenApiParameter.PATH, required=True, pattern=pattern, description=description)


def _paging(orderings: tuple[Ordering, ...]) -> list[OpenApiParameter]:
    names = [ordering.name for ordering in orderings]
    return [
        OpenApiParameter(parameters.ORDERING, str, enum=names, default=names[0], description="The order of the list."),
        OpenApiParameter(parameters.CURSOR, str, description="From the address of the next page, as it is."),
        OpenApiParameter(
            parameters.LIMIT,
            {"type": "integer", "minimum": 1, "maximum": parameters.MAX_LIMIT, "default": parameters.DEFAULT_LIMIT},
            description="Results in a page.",
        ),
    ]


def _fields(form: forms.Form) -> list[OpenApiParameter]:
    # In English, whoever asks first: the views are imported in the language of a process's first request.
    with in_data_language():
        return _in_words(form)


def _in_words(form: forms.Form) -> list[OpenApiParameter]:
    inputs = [_filter(name, field) for name, field in form.fields.items()]
    for parameter in inputs:
        parameter.required = form.fields[parameter.name].required
    return inputs


def _filter(name: str, field: forms.Field) -> OpenApiParameter:
    label = f"{field.label}."
    if parameters.is_repeatable(field):
        description = f"{label} Several: repeat it, or put commas between them."
        codes = {"type": "array", "items": {"type": "string", "enum": parameters.allowed_values(field)}}
        return OpenApiParameter(name, codes, explode=True, style="form", description=description)
    if isinstance(field, forms.ChoiceField):
        return OpenApiParameter(name, str, enum=parameters.allowed_values(field), description=label)
    if isinstance(field, forms.DateField):
        bound = next((words for end, words in BOUNDS.items() if name.endswith(end)), "")
        return OpenApiParameter(name, {"type": "string", "format": "date"}, description=f"{label} {bound}".strip())
    if isinstance(field, forms.IntegerField):
        most = 10**12 - 1 if field.max_value is None else field.max_value
        whole = {"type": "integer", "minimum": field.min_value or 0, "maximum": most}
        return OpenApiParameter(name, whole, description=label)
    if isinstance(field, KnownAtField):
        description = (
            "As known at the end of a day (UTC), at a moment, or after an entry of the log. "
            "What was retracted since stays hidden."
        )
        return OpenApiParameter(name, {"type": "string", "pattern": KNOWN_AT_PATTERN}, description=description)
    if isinstance(field, forms.RegexField):
        pattern = field.regex.pattern.replace(r"\Z", "$")
        how = f"{label} {field.error_messages['invalid']}"
        return OpenApiParameter(name, {"type": "string", "pattern": pattern}, description=how)
    return OpenApiParameter(name, {"type": "string", "minLength": 1, "maxLength": TEXT_LENGTH}, description=label)
