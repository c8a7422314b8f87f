"""The acts on records. Each is one transaction, checks its rules and says in `by` who acts.

Those that change a record take `lock_version`, the version of it that this person looked at, and leave a
decision; editing a source leaves one on each record that cites it. Comments, files that are taken out, and
suggestions that are declined, change no record: they keep themselves who wrote, took or decided them. All raise
`NotAllowed`, `WrongState`, `ChangedMeanwhile` or `InvalidContent`, and then have written nothing.
"""

from casetracker.review.services.apart import forget_distinction, tell_apart
from casetracker.review.services.appraising import appraise_citation
from casetracker.review.services.bulk import log_records
from casetracker.review.services.captures import hand_out_copy, hand_out_original, open_capture, upload_capture
from casetracker.review.services.confidential_citations import (
    Statement,
    check_confidential_citation,
    cite_confidentially,
    comment_of,
    hide_confidential_citation,
    open_confidential_citation,
    remove_confidential_citation,
    replace_confidential_citation,
    show_confidential_citation,
)
from casetracker.review.services.confidential_sources import (
    add_confidential_source,
    change_confidential_source,
    open_confidential_source,
)
from casetracker.review.services.copies import forget_source_distinction, mark_as_copy, tell_sources_apart
from casetracker.review.services.editing import (
    Edit,
    abandon_revision,
    assign_record,
    discard_record,
    edit_record,
    log_record,
    mark_publishable,
    revise_record,
)
from casetracker.review.services.embargo import schedule_release, unschedule_release
from casetracker.review.services.erasures import ask_for_erasure, erase_version, withdraw_erasure
from casetracker.review.services.files import note_file_export, note_list_export
from casetracker.review.services.imports import change_record, import_rows
from casetracker.review.services.legal import change_request, enter_request, forget_request, warn_of_deadlines
from casetracker.review.services.links import order_captures
from casetracker.review.services.mail import people_to_mail, send_mail_to
from casetracker.review.services.merging import drop_merge, propose_merge
from casetracker.review.services.notices import choose_mail, read_notice, read_notices
from casetracker.review.services.publishers import edit_publisher, link_sources, log_publisher
from casetracker.review.services.publishing import (
    approve_and_publish,
    publish_records,
    retract_record,
)
from casetracker.review.services.release_publication import publish_due_releases, publish_release
from casetracker.review.services.releases import (
    add_to_release,
    cancel_release,
    create_release,
    remove_from_release,
    rename_release,
)
from casetracker.review.services.reviewing import (
    approve_record,
    check_citation,
    comment_on_record,
    return_to_author,
    submit_record,
    verify_record,
    withdraw_record,
)
from casetracker.review.services.selections import (
    assign_selection,
    plan_assignment,
    plan_publication,
    plan_submission,
    publish_selection,
    submit_selection,
)
from casetracker.review.services.sources import edit_source, log_source
from casetracker.review.services.wording import accept_suggestion, decline_suggestion, suggest_wording

__all__ = [
    "Edit",
    "Statement",
    "abandon_revision",
    "accept_suggestion",
    "add_confidential_source",
    "add_to_release",
    "appraise_citation",
    "approve_and_publish",
    "approve_record",
    "ask_for_erasure",
    "assign_record",
    "assign_selection",
    "cancel_release",
    "change_confidential_source",
    "change_record",
    "change_request",
    "check_citation",
    "check_confidential_citation",
    "choose_mail",
    "cite_confidentially",
    "comment_of",
    "comment_on_record",
    "create_release",
    "decline_suggestion",
    "discard_record",
    "drop_merge",
    "edit_publisher",
    "edit_record",
    "edit_source",
    "enter_request",
    "erase_version",
    "forget_distinction",
    "forget_request",
    "forget_source_distinction",
    "hand_out_copy",
    "hand_out_original",
    "hide_confidential_citation",
    "import_rows",
    "link_sources",
    "log_publisher",
    "log_record",
    "log_records",
    "log_source",
    "mark_as_copy",
    "mark_publishable",
    "note_file_export",
    "note_list_export",
    "open_capture",
    "open_confidential_citation",
    "open_confidential_source",
    "order_captures",
    "people_to_mail",
    "plan_assignment",
    "plan_publication",
    "plan_submission",
    "propose_merge",
    "publish_due_releases",
    "publish_records",
    "publish_release",
    "publish_selection",
    "read_notice",
    "read_notices",
    "remove_confidential_citation",
    "remove_from_release",
    "rename_release",
    "replace_confidential_citation",
    "retract_record",
    "return_to_author",
    "revise_record",
    "schedule_release",
    "send_mail_to",
    "show_confidential_citation",
    "submit_record",
    "submit_selection",
    "suggest_wording",
    "tell_apart",
    "tell_sources_apart",
    "unschedule_release",
    "upload_capture",
    "verify_record",
    "warn_of_deadlines",
    "withdraw_erasure",
    "withdraw_record",
]
