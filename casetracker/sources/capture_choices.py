"""How copies of sources come in, what becomes of them, and how the addresses of sources fare."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaptureMethod(models.TextChoices):
    """How a copy of a source came in."""

    UPLOADED = "uploaded", _("uploaded")
    FETCHED = "fetched", _("fetched from its address")


class CustodyAct(models.TextChoices):
    """What happened to an original, as its chain of custody tells it."""

    RECEIVED = "received", _("received")
    VERIFIED = "verified", _("verified: unchanged")
    FOUND_CHANGED = "found_changed", _("verified: CHANGED")
    FOUND_MISSING = "found_missing", _("verified: MISSING")
    FOUND_UNREADABLE = "found_unreadable", _("verified: CANNOT BE READ")
    OPENED = "opened", _("opened")
    EXPORTED = "exported", _("exported")
    ERASED = "erased", _("erased, with its content")


class LinkState(models.TextChoices):
    """How the address of a source fared when it was last looked at."""

    ALIVE = "alive", _("answers as before")
    CHANGED = "changed", _("says something else")
    GONE = "gone", _("gone")
    UNREACHABLE = "unreachable", _("could not be reached")


class OrderPurpose(models.TextChoices):
    """What the fetcher is asked for."""

    CAPTURE = "capture", _("keep a copy")
    LOOK = "look", _("see whether it is still there")


class OrderState(models.TextChoices):
    """How far the fetcher is with an order."""

    WAITING = "waiting", _("waiting")
    WORKING = "working", _("being fetched")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


OPEN_ORDERS = (OrderState.WAITING, OrderState.WORKING)
