"""Single steps of a record, by one person, at the version that it has now."""

from casetracker.review import services
from tests.factories.records import fresh


def submit(record, by):
    return services.submit_record(record.pk, by=by, lock_version=fresh(record).lock_version)


def verify(record, by):
    return services.verify_record(record.pk, by=by, lock_version=fresh(record).lock_version)


def approve(record, by):
    return services.approve_record(record.pk, by=by, lock_version=fresh(record).lock_version)
