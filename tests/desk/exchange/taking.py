"""Taking lists out of the desk, as a browser does it."""

import csv
import io
import json

from openpyxl import load_workbook


def take(browser, path, **choices):
    """Choose a file on the page of an export and download it: the answer."""
    form = choose(browser, path, **choices)
    return browser.client.post(form.action, form.values)


def choose(browser, path, **choices):
    page = browser.open(path)
    (form,) = [form for form in page.posts if "file_format" in form.names]
    return form.fill(**({"file_format": "csv"} | choices))


def table(response):
    """The rows of a file as dicts of what stands in the cells."""
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment; "), "this is a page"
    return READERS[response.headers["Content-Type"].partition(";")[0]](response.content)


def _csv(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def _xlsx(data):
    header, *rows = load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


READERS = {
    "text/csv": _csv,
    "application/json": json.loads,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _xlsx,
}
