"""What a field offers while somebody types into it."""

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from casetracker.accounts.people import person_of
from casetracker.review.policies import may_log
from casetracker.sources.addresses import clean_address, is_address
from casetracker.sources.models import Source


class AutocompleteView(AutocompleteJsonView):
    """Django's own answer; where an address was pasted that no source has, also the offer to add one.

    The offer is no key: its `address` tells the script of the page to open the form of a new source.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        """Answer in JSON. Raises `PermissionDenied` where the person may not look."""
        self.term, self.model_admin, self.source_field, key = self.process_request(request)
        if not self.has_perm(request):
            raise PermissionDenied
        self.object_list = self.get_queryset()
        context = self.get_context_data()
        results = [self.serialize_result(found, key) for found in context["object_list"]]
        return JsonResponse(
            {
                "results": results or self._offers(request),
                "pagination": {"more": context["page_obj"].has_next()},
            }
        )

    def _offers(self, request: HttpRequest) -> list[dict[str, str]]:
        if self.model_admin.model is not Source or not is_address(self.term) or not may_log(person_of(request)):
            return []
        address = clean_address(self.term)
        offer = _("Add a source for this address: %(url)s") % {"url": address}
        return [{"id": "new", "text": offer, "address": address}]
