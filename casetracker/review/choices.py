"""The closed lists of the review."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a working record stands on the desk."""

    IDLE = "idle", _("idle")
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    VERIFIED = "verified", _("verified")
    APPROVED = "approved", _("approved")
    DISCARDED = "discarded", _("discarded")


class PublicStatus(models.TextChoices):
    """What the public sees of a record, whatever its working state."""

    NEVER = "never", _("never published")
    LIVE = "live", _("live")
    RETRACTED = "retracted", _("retracted")


class Action(models.TextChoices):
    """What people do to records. The rules of each stand in `transitions.TRANSITIONS`."""

    LOG = "log", _("log")
    EDIT = "edit", _("edit")
    DISCLOSE = "disclose", _("mark publishable")
    ASSIGN = "assign", _("assign")
    SUBMIT = "submit", _("submit")
    CHECK = "check", _("check a citation")
    SUGGEST = "suggest", _("suggest wording")
    APPRAISE = "appraise", _("grade a citation")
    VERIFY = "verify", _("verify")
    APPROVE = "approve", _("approve")
    PUBLISH = "publish", _("publish")
    RETURN = "return", _("return to the author")
    WITHDRAW = "withdraw", _("withdraw")
    REVISE = "revise", _("revise")
    ABANDON = "abandon", _("abandon the revision")
    DISCARD = "discard", _("discard")
    RETRACT = "retract", _("retract")
    PROPOSE = "propose", _("propose a merge")
    DROP = "drop", _("drop the merge")
    MERGE = "merge", _("merge")
    ASK_ERASE = "ask_erase", _("ask for erasure")
    KEEP = "keep", _("withdraw the request for erasure")
    ERASE = "erase", _("erase a version")


class ParticipationRole(models.TextChoices):
    """On which side of the four eyes a person stands in a round."""

    AUTHOR = "author", _("author")
    REVIEWER = "reviewer", _("reviewer")


class Stance(models.TextChoices):
    """What a source says to the fact that it is cited for."""

    SUPPORTS = "supports", _("supports")
    DISPUTES = "disputes", _("disputes")
    DENIES = "denies", _("denies")
    MENTIONS = "mentions", _("mentions")


class CitationBasis(models.TextChoices):
    """Whether anybody has seen that the source says so."""

    READ = "read", _("read in the source")
    UNVERIFIED = "unverified", _("not seen by anyone yet")


class Verdict(models.TextChoices):
    """What one person found on opening a cited source."""

    SUPPORTS = "supports", _("says what is cited")
    DOES_NOT = "does_not", _("does not say it")
    COULD_NOT_OPEN = "could_not_open", _("could not open it")


class ConfidentialAct(models.TextChoices):
    """What a cleared person did with a confidential source, or with what is cited from it."""

    ADDED = "added", _("wrote it down")
    CHANGED = "changed", _("changed it")
    OPENED = "opened", _("opened it")
    CITED = "cited", _("cited it")
    REPLACED = "replaced", _("cited it in other words")
    REMOVED = "removed", _("took the citation out")
    SHOWN = "shown", _("chose to show it")
    HIDDEN = "hidden", _("chose to hide it")


class ReadingReason(models.TextChoices):
    """Why a confidential text is opened. A closed list: in words of one's own, the reason could name the person."""

    CHECK = "check", _("to check what is cited")
    WRITE = "write", _("to write a record")
    CONTACT = "contact", _("to get in touch")
    CORRECT = "correct", _("to correct it")
    SAFETY = "safety", _("for the safety of somebody")


class PrivateTermKind(models.TextChoices):
    """What a private term is."""

    ADDRESS = "address", _("street address")
    HOST = "host", _("host organisation")
    PERSON = "person", _("person")
    OTHER = "other", _("other")


class RetractionReason(models.TextChoices):
    """Why a record is withdrawn; the public reads it."""

    ERROR = "error", _("It was wrong")
    HARM = "harm", _("It could harm someone")
    LEGAL = "legal", _("Legal reasons")
    DUPLICATE = "duplicate", _("It repeated another record")


class ErasureGround(models.TextChoices):
    """What law demands that the content of a version is destroyed; the public reads it."""

    DATA_PROTECTION = "data_protection", _("A right to erasure in data protection law")
    COURT = "court", _("An order of a court")
    AUTHORITY = "authority", _("An order of an authority")
    LAW = "law", _("Another duty by law")


class LegalKind(models.TextChoices):
    """What a request by law, or one to take something down, is about."""

    TAKEDOWN = "takedown", _("take something down")
    ACCESS = "access", _("see the data about oneself")
    RECTIFICATION = "rectification", _("correct data")
    ERASURE = "erasure", _("erase data")
    OBJECTION = "objection", _("object to their use")


class LegalWay(models.TextChoices):
    """How a request came."""

    MAIL = "mail", _("e-mail")
    LETTER = "letter", _("letter")
    COURT = "court", _("court or authority")
    OTHER = "other", _("another way")


class LegalOutcome(models.TextChoices):
    """How a request was answered."""

    GRANTED = "granted", _("granted")
    PARTLY = "partly", _("granted in part")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("taken back by the sender")


class LegalAct(models.TextChoices):
    """What colleagues do to a request."""

    ENTERED = "entered", _("entered it")
    CHANGED = "changed", _("changed it")
    EXTENDED = "extended", _("took more time")
    ANSWERED = "answered", _("answered it")
    REOPENED = "reopened", _("opened it again")
    FORGOT = "forgot", _("took out who asked, and what")


class SuggestionState(models.TextChoices):
    """What became of a suggested wording."""

    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")


class NoticeKind(models.TextChoices):
    """What somebody is told about a record that concerns them."""

    ASSIGNED = "assigned", _("assigned")
    MENTIONED = "mentioned", _("mentioned")
    COMMENTED = "commented", _("commented")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    SUGGESTED = "suggested", _("wording suggested")
    ACCEPTED = "accepted", _("suggestion taken over")
    DECLINED = "declined", _("suggestion declined")
    VERIFIED = "verified", _("verified")
    PUBLISHED = "published", _("published")
    RETRACTED = "retracted", _("retracted")
    MERGED = "merged", _("merged")
    ABANDONED = "abandoned", _("revision abandoned")
    DISCARDED = "discarded", _("discarded")
    ERASURE = "erasure", _("erasure asked for")
    ERASED = "erased", _("erased")
    DUE = "due", _("a request is due")


class ReleaseState(models.TextChoices):
    """Where a release stands."""

    OPEN = "open", _("open")
    SCHEDULED = "scheduled", _("scheduled")
    PUBLISHED = "published", _("published")
    CANCELLED = "cancelled", _("cancelled")


class ReleaseAction(models.TextChoices):
    """What people, or the background task, do to releases."""

    CREATE = "create", _("create")
    RENAME = "rename", _("rename")
    ADD = "add", _("add a record")
    REMOVE = "remove", _("take out a record")
    SCHEDULE = "schedule", _("schedule")
    UNSCHEDULE = "unschedule", _("take back the schedule")
    PUBLISH = "publish", _("publish")
    HOLD_BACK = "hold_back", _("hold back")
    CANCEL = "cancel", _("cancel")


class ImportState(models.TextChoices):
    """How far a spreadsheet is on its way into drafts."""

    WAITING = "waiting", _("waiting for the worker")
    PLANNING = "planning", _("being read")
    ASKING = "asking", _("a question is open")
    PLANNED = "planned", _("planned")
    IMPORTING = "importing", _("being imported")
    DONE = "done", _("imported")
    REFUSED = "refused", _("cannot be read")
    CANCELLED = "cancelled", _("cancelled")


class DuplicatesInImport(models.TextChoices):
    """What becomes of rows that may say what is logged already."""

    ASK = "ask", _("decide first")
    SKIP = "skip", _("leave them out")
    LOG = "log", _("log them as new")


class SheetFormat(models.TextChoices):
    """How a list is written into a file."""

    CSV = "csv", _("CSV")
    XLSX = "xlsx", _("Excel (XLSX)")
    JSON = "json", _("JSON")
    BIBTEX = "bibtex", _("BibTeX")
    RIS = "ris", _("RIS (Zotero, EndNote)")
    CSL_JSON = "csl", _("CSL-JSON (Zotero)")
