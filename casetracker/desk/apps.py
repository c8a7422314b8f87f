"""The desk as a Django application, and the admin with our own site."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

# Words of Django's admin that its own catalogues lack: here, so that ours have them.
_LACKING = (gettext_noop("Add link"), gettext_noop("Change or view list link"), gettext_noop("Model name"))


class DeskConfig(AppConfig):
    """Templates and static files of the desk."""

    name = "casetracker.desk"
    label = "desk"
    verbose_name = _("Desk")


class DeskAdminConfig(admin_apps.AdminConfig):
    """Django's admin, served by our site, so that apps register with plain `@admin.register`."""

    default = False
    default_site = "casetracker.desk.site.DeskSite"
