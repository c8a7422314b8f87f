"""What of a Word document a copy takes over, and what not.

A namespace that is not named here stays behind with all that is in it. Within these, what tells of people, machines and
earlier versions is named; what has its own effects is too.
"""

_OFFICE = "http://schemas.openxmlformats.org"
_MICROSOFT = "http://schemas.microsoft.com/office"
WORD = f"{_OFFICE}/wordprocessingml/2006/main"
RELATION = f"{_OFFICE}/officeDocument/2006/relationships"
COMPATIBILITY = f"{_OFFICE}/markup-compatibility/2006"
CHART = f"{_OFFICE}/drawingml/2006/chart"
XML = "http://www.w3.org/XML/1998/namespace"

# The short names that the copy uses; the document's own stay behind.
PREFIXES = {
    WORD: "w",
    RELATION: "r",
    COMPATIBILITY: "mc",
    f"{_OFFICE}/drawingml/2006/wordprocessingDrawing": "wp",
    f"{_OFFICE}/drawingml/2006/main": "a",
    f"{_OFFICE}/drawingml/2006/picture": "pic",
    CHART: "c",
    f"{_OFFICE}/drawingml/2006/diagram": "dgm",
    f"{_OFFICE}/officeDocument/2006/math": "m",
    f"{_MICROSOFT}/word/2010/wordml": "w14",
    f"{_MICROSOFT}/word/2010/wordprocessingShape": "wps",
    f"{_MICROSOFT}/word/2010/wordprocessingGroup": "wpg",
    f"{_MICROSOFT}/word/2010/wordprocessingCanvas": "wpc",
    f"{_MICROSOFT}/word/2010/wordprocessingDrawing": "wp14",
    f"{_MICROSOFT}/drawing/2008/diagram": "dsp",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "urn:schemas-microsoft-com:office:word": "w10",
}


def _names(*lists: str) -> frozenset[str]:
    return frozenset(name for one in lists for name in one.split())


# Elements of Word that go with all that is in them.
DROPPED = _names(
    # Deleted text, earlier formatting, and where something was moved or changed
    "del moveFrom delText delInstrText rPrChange pPrChange sectPrChange tblPrChange tblPrExChange tcPrChange",
    "trPrChange tblGridChange numberingChange cellIns cellDel cellMerge moveFromRangeStart moveFromRangeEnd",
    "moveToRangeStart moveToRangeEnd customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart",
    "customXmlDelRangeEnd customXmlMoveFromRangeStart customXmlMoveFromRangeEnd customXmlMoveToRangeStart",
    "customXmlMoveToRangeEnd",
    # Comments, permissions of single people, traces of proofreading, marks that only links need, numbers of lists that
    # tell from which document they come
    "commentRangeStart commentRangeEnd commentReference annotationRef permStart permEnd proofErr bookmarkStart",
    "bookmarkEnd nsid tmpl",
    # Data behind what is shown
    "sdtPr sdtEndPr customXmlPr smartTagPr ffData fldData rsids divId",
    # Other files
    "altChunk subDoc control movie embedRegular embedBold embedItalic embedBoldItalic attachedTemplate",
)
# The same in any namespace.
DROPPED_ANYWHERE = _names("extLst OLEObject externalData userShapes hlinkClick hlinkHover signatureline docPart")
# Elements of Word that go, while what is in them stays.
UNWRAPPED = _names("ins moveTo sdt sdtContent customXml smartTag hyperlink")
# Attributes that go. Alternative texts often are the path of the picture on somebody's computer.
DROPPED_ATTRIBUTES = _names(
    "author date dateUtc initials userId providerId paraId textId descr title alt href src relid gfxdata spid tooltip",
    "anchorId editId docLocation",
)
# What must have a name here, but may have an empty one: that of a picture's file, of a company's theme.
NAMELESS = _names("docPr cNvPr theme clrScheme fontScheme fmtScheme")
# Of the settings, these decide how the document looks; the others tell where it has been.
SETTINGS = _names(
    "settings compat compatSetting defaultTabStop evenAndOddHeaders mirrorMargins footnotePr endnotePr footnote",
    "endnote numFmt numRestart numStart pos autoHyphenation consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps",
    "characterSpacingControl decimalSymbol listSeparator clrSchemeMapping gutterAtTop bordersDoNotSurroundHeader",
    "bordersDoNotSurroundFooter displayBackgroundShape noLineBreaksAfter noLineBreaksBefore",
)
# Fields that are worked out anew from the copy itself. Of the others the result stays, as text.
LIVE_FIELDS = _names("PAGE NUMPAGES SECTIONPAGES SECTION")
# Fields that start a program.
PROGRAM_FIELDS = _names("DDE DDEAUTO")
