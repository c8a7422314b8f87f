"""Application set-up."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from casetracker.publication import registry


class PublicConfig(AppConfig):
    """What anyone may read: published documents, the API and the pages."""

    name = "casetracker.public"
    label = "public"
    verbose_name = _("Public")

    def ready(self) -> None:
        """Let every publication reach the published documents, and install the index of search with the tables."""
        from casetracker.public import checks  # noqa: F401, PLC0415 - as below
        from casetracker.public.projection import documents, erasing, publishing  # noqa: PLC0415 - models are ready only now
        from casetracker.public.search import engine  # noqa: PLC0415 - as above

        for record_kind in publishing.PROJECTIONS:
            registry.register(record_kind, documents.project_records)
        erasing.register_eraser()
        post_migrate.connect(engine.install_after_migrate, sender=self, dispatch_uid="public.search")
