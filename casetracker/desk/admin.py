"""What of other applications has no place at the desk."""

import django_tasks_db.admin  # noqa: F401 - registers the results of tasks, which are taken out below
from django.contrib import admin
from django_tasks_db.models import DBTaskResult

# The trace of a failed task may quote what it was about. Whoever runs the site finds it in the database.
admin.site.unregister(DBTaskResult)
