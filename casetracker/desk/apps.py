"""The desk as a Django application, and the admin with our own site."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class DeskConfig(AppConfig):
    """Templates and static files of the desk."""

    name = "casetracker.desk"
    label = "desk"
    verbose_name = "Desk"


class DeskAdminConfig(admin_apps.AdminConfig):
    """Django's admin, served by our site, so that apps register with plain `@admin.register`."""

    default = False
    default_site = "casetracker.desk.site.DeskSite"
