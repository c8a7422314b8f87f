"""Queries that are put into SQL once: for Django that takes several times as long as their answers."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet


class Prepared:
    """A query that is asked again and again. It belongs to the connection that it was written for."""

    def __init__(self, rows: QuerySet[Any, Any], using: str) -> None:
        """Write it. `rows` are a `values_list`; nothing in them may depend on the moment.

        What each question gives anew is filtered by last and in a filter of its own, whose order Django keeps, with any
        value of its kind for now.
        """
        self.using, self.query = using, rows.query
        compiler: Any = self.query.get_compiler(using=using)
        try:
            self.statement, self.values = compiler.as_sql()
        except EmptyResultSet:  # Django sees that nothing can fit.
            self.statement, self.values = "", ()
            return
        self.converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])

    def fetch(self, *given: Any) -> list[Any]:
        """Return all rows; what is given takes the place of the last values. One query."""
        if not self.statement:
            return []
        values = [*self.values[: len(self.values) - len(given)], *given]
        with connections[self.using].cursor() as cursor:
            cursor.execute(self.statement, values)
            rows: list[Any] = cursor.fetchall()
        if not self.converters:
            return rows
        compiler: Any = self.query.get_compiler(using=self.using)
        return list(compiler.apply_converters(rows, self.converters))
