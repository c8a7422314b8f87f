"""The words for what is wrong with a bibliography, with the remedy, by the codes of its readers."""

from django.utils.translation import gettext_lazy as _

from casetracker.core.spreadsheets.message_texts import MESSAGES

_UTF_8 = _(
    "The letters in this file are damaged or in an encoding that is not known here. Export it again as UTF-8,"
    " which is what Zotero, JabRef and EndNote offer."
)

TEXTS = {
    **MESSAGES,
    "unreadable": _("This file is damaged, or made in a way that is not known here. Export it again, and upload that."),
    "needs_too_much_memory": _("Reading this file would take too much memory. Export the entries in several parts."),
    "takes_too_long": _("Reading this file would take too long. Export the entries in several parts."),
    "nul_bytes": _("This file has bytes that are no text (NUL). Export it again as UTF-8, and upload that."),
    "utf_32": _UTF_8,
    "damaged_unicode": _UTF_8,
    "unknown_encoding": _UTF_8,
    "no_encoding": _UTF_8,
    "not_in_encoding": _("This file is not in the encoding %(encoding)s. Choose another, or export it again as UTF-8."),
    "encoding_unclear": _(
        "The letters in this file can be read in several ways. Choose the one that reads right. If none does, "
        "export the file again as UTF-8."
    ),
    "encoded_twice": _(
        "This text is garbled: another program has read UTF-8 as something else. Correct it where it comes from, "
        "and export it again as UTF-8."
    ),
    "characters_lost": _(
        "Characters have been lost here: another program has read this text in a wrong encoding. Correct it where"
        " it comes from, and export it again."
    ),
    "only_header": _(
        "There is no entry in this file. Check that it is the right one, and that entries were chosen for the export."
    ),
    "too_many_rows": _("There are more than %(most)s entries. Export them in several parts."),
    "too_many_cells": _("There are too many entries. Export them in several parts."),
    "too_much_text": _("There are more than %(most)s characters in these entries. Export them in several parts."),
    "bibtex_no_key": _(
        "The entry “%(entry)s” in line %(line)s has no key, or no comma behind it. Begin it as in @article{key, …"
    ),
    "bibtex_no_equals": _(
        "In the entry “%(entry)s”, which begins in line %(line)s, a field is not written as name = {value}, or "
        "the comma before it is missing. Correct it."
    ),
    "bibtex_unclosed": _(
        "The entry “%(entry)s”, which begins in line %(line)s, does not end: a brace or quotation mark is not "
        "closed. Close it."
    ),
    "bibtex_broken": _(
        "The entry “%(entry)s”, which begins in line %(line)s, is no BibTeX. Correct it, or export it again."
    ),
    "bibtex_field_twice": _(
        "The entry “%(entry)s” in line %(line)s has two fields “%(field)s” that say different things. Keep one of them."
    ),
    "bibtex_macro": _(
        "In “%(entry)s” in line %(line)s stands “%(macro)s” without braces or quotation marks, and no @string "
        "says what it means. Put it between braces, or add the @string."
    ),
    "bibtex_too_long": _("In “%(entry)s” in line %(line)s a text is much longer than any can be. Shorten it."),
    "ris_unclosed": _(
        "The entry “%(entry)s”, which begins in line %(line)s, does not end. Add the line “ER  - ” behind it."
    ),
    "ris_outside": _(
        "In line %(line)s stands “%(tag)s” outside of any entry. Each entry must begin with a line such as “TY  -"
        " NEWS”."
    ),
    "csl_broken": _(
        "This is no valid JSON from line %(line)s on. Export it again, in Zotero as “CSL JSON”, and upload that."
    ),
    "csl_nested": _(
        "The entry in line %(line)s is nested deeper than any bibliography is. Export it again, in Zotero as “CSL"
        " JSON”."
    ),
    "csl_no_entry": _(
        "What stands at place %(number)s of the list, in line %(line)s, is no entry of CSL-JSON. In Zotero, "
        "choose “CSL JSON” as the format of the export."
    ),
    "csl_no_text": _(
        "The entry “%(entry)s” in line %(line)s has characters that are no text. Correct it where it comes from."
    ),
}
