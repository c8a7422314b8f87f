"""Pages that one can ask something: a form with plain fields in the address, and an answer or the remedy."""

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from casetracker.public.pages.base import Page
from casetracker.public.pages.controls import chips_of, controls_of
from casetracker.public.pages.facets import Facets
from casetracker.public.pages.lists import address
from casetracker.public.pages.orders import Order, chosen_order
from casetracker.public.pages.queries import Query, read_query
from casetracker.public.pages.standpoint import Standpoint, standpoint_of
from casetracker.publication.reading import Head


class Asked(NamedTuple):
    """What a reader asks: from where to look, the valid form, the address, and the order if there is one."""

    standpoint: Standpoint
    form: Any
    query: Query
    order: Order | None


class AskingPage(Page):
    """A page with a form. A bad value gets its message at the field, and no answer, for that would mislead."""

    # With the fields of a view.
    form_class: type[forms.Form]
    # The first is the default. Empty: there is nothing to sort.
    orders: ClassVar[Sequence[Order]] = ()
    # Fields that are always in sight; the others can be unfolded. Empty: all are.
    first_controls: tuple[str, ...] = ()
    # Fields that the page offers as links of its own.
    hidden: tuple[str, ...] = ()

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Lead to the short address first: a form sends its empty fields too."""
        query = read_query(request.GET, self.form_class().fields)
        if query.had_blanks:
            return HttpResponseRedirect(address(request.path, query.given.urlencode()))
        return super().get(request, query=query, **kwargs)

    def context(self, head: Head, **kwargs: Any) -> dict[str, Any]:
        """Return the form as the page shows it, and the answer."""
        query: Query = kwargs.pop("query")
        form = self.form_class(query.filters)
        order, problems = chosen_order(query, self.orders) if self.orders else (None, [])
        standpoint = standpoint_of(head, query, form)
        problems += [str(message) for name in self.hidden for message in form.errors.get(name, ())]
        offered = {"orderings": {order: order.label for order in self.orders}, "ordering": order}
        if standpoint is None or problems:
            return self._shown(form, query, {}) | offered | {"refused": True, "problems": problems}
        answer = self.answer(head, Asked(standpoint, form, query, order), **kwargs)
        return self._shown(form, query, answer.pop("facets", {})) | offered | {"standpoint": standpoint} | answer

    def answer(self, head: Head, asked: Asked, **kwargs: Any) -> dict[str, Any]:
        """Return what the template shows; `facets` are counts for the form."""
        raise NotImplementedError

    def _shown(self, form: forms.Form, query: Query, facets: Facets) -> dict[str, Any]:
        controls = controls_of(form, query, facets, self.first_controls or form.fields)
        shown = [control for control in controls if control.name not in self.hidden]
        return {
            "controls": shown,
            "hidden": [control for control in controls if control.name in self.hidden and control.value],
            "more_controls": any(not control.first for control in shown),
            "more_errors": any(control.errors and not control.first for control in shown),
            "chips": list(chips_of(shown, query)),
            "first_page": self.request.path,
        }
