"""Measurements, run by hand: `python -m bench.status_growth`. No part of the site or of its tests.

Importing this sets Django up over a temporary folder, which goes away at the end. The database of a real site is
never touched: what fills another one, for a comparison on PostgreSQL say, is told so by `BENCH_DATABASE_URL`.
"""

import os
import tempfile

import django

folder = tempfile.TemporaryDirectory(prefix="casetracker-bench-")
os.environ |= {"CASETRACKER_DATA": folder.name, "DJANGO_SETTINGS_MODULE": "casetracker.settings.demo"}
database_url = os.environ.pop("DATABASE_URL", "")  # for what makes databases of its own there
if "BENCH_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["BENCH_DATABASE_URL"]
django.setup()
