"""Addresses of both sides in one process."""

from casetracker.urls import public
from casetracker.urls.desk import desk_patterns
from casetracker.urls.public import handler400, handler404, handler500

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]

urlpatterns = [*desk_patterns, *public.urlpatterns]
