"""Stations as django-import-export takes them in by itself: the peer of `bench.import_speed`."""

from typing import Any

from import_export.fields import Field
from import_export.resources import ModelResource

from bench.invented_sheet import COLUMNS
from casetracker.accounts.models import User
from casetracker.desk.exchange.columns import sheet_kinds
from casetracker.review.models import ImportKey, Record
from stations.models import Station

_COLUMNS = {column.name: column for column in sheet_kinds()["station"].columns}


class StationResource(ModelResource):
    """The columns and widgets of our own sheets, and the library's way of importing, with its defaults."""

    class Meta:
        """Rows are known by the importer's key, as ours are."""

        model = Station
        import_id_fields = ("key",)

    def __init__(self, by: User) -> None:
        """Take who imports."""
        super().__init__()
        self.by = by
        self.fields = {
            name: Field(attribute=name if name != "key" else None, column_name=name, widget=_COLUMNS[name].widget)
            for name in COLUMNS
        }

    def get_instance(self, instance_loader: Any, row: Any) -> Any:
        """Find the station by the key."""
        known = ImportKey.objects.filter(owner=self.by, sheet_kind="station", key=row["key"]).first()
        return Station.objects.get(pk=known.record_id) if known else None

    def init_instance(self, row: Any = None) -> Station:
        """Make a station of a record that is not saved yet."""
        return Station(record=Record(kind="station", label=row["locality"]))

    def do_instance_save(self, instance: Station, is_create: bool) -> None:
        """Save both. The edit history is kept by a signal."""
        instance.record.save()
        instance._history_user = self.by  # type: ignore[attr-defined]  # The name that django-simple-history reads.
        instance.save()

    def after_save_instance(self, instance: Station, row: Any, **kwargs: Any) -> None:
        """Remember the key."""
        ImportKey.objects.get_or_create(
            owner=self.by, sheet_kind="station", key=row["key"], defaults={"record": instance.record}
        )
