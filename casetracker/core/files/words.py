"""The texts by the codes and names of `casetracker.core.file_parsing`."""

from django.utils.translation import gettext_lazy as _

from casetracker.core.files.types import FileType

FOREIGN = {
    "program": _("a program, which is never taken"),
    "archive": _("an archive (such as ZIP, RAR or 7z)"),
    "old_office": _("a document of an old Office program (.doc, .xls or .ppt)"),
    "rtf": _("a text document (RTF)"),
    "html": _("a web page (HTML), whatever its name says"),
    "svg": _("a drawing (SVG), which can hold programs"),
    "xml": _("an XML file"),
    "text": _("plain text, a table in text form, or a script"),
    "late_pdf": _("a PDF that has something else before its beginning"),
    "other_image": _("an image of a kind that few programs can show"),
    "unknown": _("of a kind that is not known here"),
}

REFUSALS = {
    "empty": _("There is nothing in this file. Check that it is the right one, and that it was copied to its end."),
    "too_large": _("This file is larger than %(most)s MB. Save a smaller version, or the part that matters."),
    "foreign": _(
        "This is %(kind)s. What is taken: images (JPEG, PNG, WebP, GIF, TIFF, HEIC), PDF, documents (.docx, .xlsx, "
        ".pptx, .odt, .ods), video and audio (MP4, MOV, WebM, MP3, M4A, WAV, Ogg), web archives (WARC). Unpack an "
        "archive and add its files one by one; print a page or a document to PDF and add that."
    ),
    "damaged": _(
        "This file is damaged, was not copied to its end, or is made in a way that is not known here. Copy it again "
        "from where it comes; or open it, save it anew (or print it to PDF), and add that."
    ),
    "encrypted": _("This file has a password. Open it, save it without the password, and add that."),
    "macros": _(
        "There are macros or controls in this document, which are programs. Save it without them (.docx, .xlsx, .odt), "
        "or print it to PDF, and add that."
    ),
    "program_fields": _(
        "This document has fields that start a program (DDE). Do not open it on a computer that matters. Print it to "
        "PDF on one that does not, and add that."
    ),
    "remote_content": _(
        "Whoever opens this document fetches something from “%(address)s”, and is seen there. Open it without a "
        "network, print it to PDF, and add that."
    ),
    "xml_declarations": _(
        "There are declarations inside this document which no office program writes. Open it, save it under a new "
        "name, and add that; be careful with it."
    ),
    "too_many_pixels": _("This image has more than %(most)s million pixels. Save a smaller version, and add that."),
    "too_many_pages": _("This PDF has more than %(most)s pages. Split it into several files."),
    "too_many_objects": _("This PDF is made of too many pieces. Print it to a new PDF, or split it, and add that."),
    "too_many_parts": _("This document is made of too many pieces. Split it, or print it to PDF, and add that."),
    "unpacks_too_large": _(
        "This file unpacks to much more than a document can need. Print it to PDF, or save it anew, and add that; be "
        "careful with it."
    ),
    "needs_too_much_memory": _("Reading this file would take too much memory. Save a smaller version, or split it."),
    "takes_too_long": _("Reading this file would take too long. Save a smaller version, or split it."),
    "not_now": _("Files cannot be read just now. Try again later, or tell those who run this site."),
    "hidden_layers": _(
        "This PDF has layers that are hidden, and would show in a copy. Print it to a new PDF as it should be seen, "
        "and add that too."
    ),
    "strict_document": _(
        "This document is in the strict form of Open XML, of which no copy can be made here. Save it as an ordinary "
        ".docx, or print it to PDF, and add that too."
    ),
}

# What files say about themselves; the names are kept as they are, in English.
METADATA = {
    "Author": _("Author"),
    "Camera": _("Camera"),
    "Camera serial number": _("Camera serial number"),
    "Category": _("Category"),
    "Comment": _("Comment"),
    "Comments and changes by": _("Comments and changes by"),
    "Comments by": _("Comments by"),
    "Company": _("Company"),
    "Computer": _("Computer"),
    "Contact": _("Contact"),
    "Copyright": _("Copyright"),
    "Created": _("Created"),
    "Credit": _("Credit"),
    "Description": _("Description"),
    "Document name": _("Document name"),
    "Document number": _("Document number"),
    "File path": _("File path"),
    "Files inside": _("Files inside"),
    "GPS area": _("GPS area"),
    "GPS date": _("GPS date"),
    "GPS height": _("GPS height"),
    "GPS position": _("GPS position"),
    "Image number": _("Image number"),
    "Keywords": _("Keywords"),
    "Last saved by": _("Last saved by"),
    "Lens": _("Lens"),
    "Lens serial number": _("Lens serial number"),
    "Link base": _("Link base"),
    "Maker’s notes": _("Maker’s notes"),
    "Manager": _("Manager"),
    "Metadata": _("Metadata"),
    "Minutes of work": _("Minutes of work"),
    "Modified": _("Modified"),
    "Owner": _("Owner"),
    "PDF made by": _("PDF made by"),
    "Place": _("Place"),
    "Printed": _("Printed"),
    "Printed by": _("Printed by"),
    "Scripts inside": _("Scripts inside"),
    "Small picture inside": _("Small picture inside"),
    "Software": _("Software"),
    "Software version": _("Software version"),
    "Source": _("Source"),
    "Subject": _("Subject"),
    "Taken": _("Taken"),
    "Template": _("Template"),
    "Time of work": _("Time of work"),
    "Time zone": _("Time zone"),
    "Times saved": _("Times saved"),
    "Title": _("Title"),
}

_IMAGE = _(
    "Preview and thumbnail are made of the pixels alone: place, camera, author, software and all other metadata stay "
    "in the original. What the picture shows is unchanged."
)
_PDF = _(
    "The public copy has the pages and nothing else: no author, software and dates, attachments, scripts, links, "
    "comments, bookmarks, layers, earlier versions, and no metadata in its pictures. Text under a black box or outside "
    "the page is still there: look for it before you publish."
)
_DOCX = _(
    "The public copy has the text and its look: no author, company, dates and templates, comments, links, hidden text "
    "and attached files, and no metadata in its pictures. Tracked changes are accepted. Drawings in old formats are "
    "grey squares."
)
_NONE = _(
    "No copy is made of files of this type (%(type)s), and what they say about place, device and people is neither "
    "shown nor taken away. Give out the original only if all of it may be known."
)
_SHOWN_ALONE = _(
    "No copy is made of files of this type (%(type)s). What they say about people and software is shown here, and is "
    "still in the original. Give it out only if all of it may be known."
)
_SHOWN = {FileType.XLSX, FileType.PPTX, FileType.ODT, FileType.ODS}


def metadata_label(name: str) -> str:
    """Return the name of something that a file says, in the language of the moment."""
    return str(METADATA.get(name, name))


def what_copies_lack(file_type: FileType) -> str:
    """Return what the copies of such a file are without, or that there are none and what follows from it."""
    if file_type.is_image:
        return str(_IMAGE)
    if file_type.has_public_copy:
        return str(_PDF if file_type == FileType.PDF else _DOCX)
    text = _SHOWN_ALONE if file_type in _SHOWN else _NONE
    return str(text) % {"type": file_type.label}
