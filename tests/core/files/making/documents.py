"""Office documents that say much about themselves."""

import zipfile
from io import BytesIO

from tests.core.files.making import images
from tests.core.files.making.canaries import canary

OFFICE = "http://schemas.openxmlformats.org"
W = f"{OFFICE}/wordprocessingml/2006/main"
R = f"{OFFICE}/officeDocument/2006/relationships"
TYPES = f"{OFFICE}/package/2006/content-types"
RELATIONS = f"{OFFICE}/package/2006/relationships"
WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def packed(files, *, stored=()):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            how = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, compress_type=how)
    return file.getvalue()


def types(main=WORD_MAIN, part="/word/document.xml", extra=""):
    return (
        f'{XML}<Types xmlns="{TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Default Extension="jpg" ContentType="image/jpeg"/>'
        f'<Override PartName="{part}" ContentType="{main}"/>{extra}</Types>'
    )


def relations(*rows):
    """Return relations; each row is key, kind, target, and whether that is outside."""
    lines = [
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"{" TargetMode=" if outside else ""}'
        f"{chr(34) + 'External' + chr(34) if outside else ''}/>"
        for key, kind, target, outside in rows
    ]
    return f'{XML}<Relationships xmlns="{RELATIONS}">{"".join(lines)}</Relationships>'


def run(text, properties=""):
    return f"<w:r w:rsidR='00AB12CD'>{properties}<w:t>{text}</w:t></w:r>"


def field(code, result):
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code[:3]}</w:instrText></w:r>'
        f'<w:r><w:instrText>{code[3:]}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def change(kind, content):
    return f'<w:{kind} w:id="5" w:author="{canary("change-author")}" w:date="2022-10-26T11:22:33Z">{content}</w:{kind}>'


PICTURE = f"""<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="900000" cy="600000"/>
<wp:docPr id="1" name="{canary("picture-name")}" descr="{canary("picture-path")}"><a:hlinkClick r:id="rId8"/></wp:docPr>
<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>
<pic:cNvPr id="0" name="{canary("picture-file")}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>
<a:blip r:embed="rId3"><a:extLst><a:ext uri="x">{canary("extension")}</a:ext></a:extLst></a:blip>
<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>
<a:ext cx="900000" cy="600000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>
</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"""

NAMESPACES = f"""xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{OFFICE}/markup-compatibility/2006"
xmlns:wp="{OFFICE}/drawingml/2006/wordprocessingDrawing" xmlns:a="{OFFICE}/drawingml/2006/main"
xmlns:pic="{OFFICE}/drawingml/2006/picture" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"
xmlns:own="urn:{canary("own-namespace")}" mc:Ignorable="w14 own" """

BODY = f"""<w:p w14:paraId="1A2B3C4D" w:rsidR="00AB12CD" own:who="{canary("own-attribute")}">
<own:thing>{canary("own-element")}</own:thing>{run("visible words")}
<w:commentRangeStart w:id="1"/>{run("remarked")}<w:commentRangeEnd w:id="1"/>
<w:r><w:commentReference w:id="1"/></w:r></w:p>
<w:p>{change("ins", run("inserted words"))}{change("del", f"<w:r><w:delText>{canary('deleted')}</w:delText></w:r>")}
{run(canary("hidden"), "<w:rPr><w:vanish/></w:rPr>")}{run("not hidden", '<w:rPr><w:vanish w:val="0"/></w:rPr>')}</w:p>
<w:p><w:pPr>{change("pPrChange", "<w:pPr/>")}</w:pPr><w:hyperlink r:id="rId8">{run("link text")}</w:hyperlink>
{field(f"INCLUDEPICTURE {canary('field-path')}", "field result")}{field(f"PAGE {canary('live-field')}", "7")}
<w:fldSimple w:instr="FILENAME {canary("simple-field")}">{run("simple result")}</w:fldSimple></w:p>
<w:sdt><w:sdtPr><w:alias w:val="{canary("control-name")}"/></w:sdtPr><w:sdtContent><w:p>{run("in a control")}</w:p>
</w:sdtContent></w:sdt><w:p>{PICTURE}</w:p><!-- {canary("xml-comment")} --><?own {canary("instruction")}?>"""


def document(body=BODY):
    return f"{XML}<w:document {NAMESPACES}><w:body>{body}<w:sectPr w:rsidR='00AB12CD'/></w:body></w:document>"


def core():
    return f"""{XML}<cp:coreProperties xmlns:cp="{OFFICE}/package/2006/metadata/core-properties"
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">
<dc:creator>{canary("core-author")}</dc:creator><cp:lastModifiedBy>{canary("core-saved-by")}</cp:lastModifiedBy>
<dcterms:created>2022-10-26T11:22:33Z</dcterms:created></cp:coreProperties>"""


def app():
    return f"""{XML}<Properties xmlns="{OFFICE}/officeDocument/2006/extended-properties">
<Application>{canary("app-software")}</Application><Company>{canary("app-company")}</Company>
<Template>{canary("app-template")}</Template></Properties>"""


def custom():
    return f"""{XML}<Properties xmlns="{OFFICE}/officeDocument/2006/custom-properties"
xmlns:vt="{OFFICE}/officeDocument/2006/docPropsVTypes"><property name="Case"><vt:lpwstr>{canary("custom-value")}
</vt:lpwstr></property></Properties>"""


def comments():
    return f"""{XML}<w:comments xmlns:w="{W}"><w:comment w:id="1" w:author="{canary("comment-author")}">
<w:p>{run(canary("comment-text"))}</w:p></w:comment></w:comments>"""


def settings():
    return f"""{XML}<w:settings xmlns:w="{W}" xmlns:r="{R}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">
<w14:docId w14:val="{canary("document-number")}"/><w:evenAndOddHeaders/><w:attachedTemplate r:id="rId1"/>
<w:rsids><w:rsidRoot w:val="00AB12CD"/></w:rsids><w:docVars><w:docVar w:name="x" w:val="{canary("variable")}"/>
</w:docVars></w:settings>"""


def telling_files():
    """Return the parts of a document with something in every place that metadata may have."""
    return {
        "[Content_Types].xml": types(),
        "_rels/.rels": relations(
            ("rId1", "officeDocument", "word/document.xml", False),
            ("rId2", "extended-properties", "docProps/app.xml", False),
            ("rId3", "custom-properties", "docProps/custom.xml", False),
            ("rId4", "metadata/thumbnail", "docProps/thumbnail.jpeg", False),
        ),
        "docProps/core.xml": core(),
        "docProps/app.xml": app(),
        "docProps/custom.xml": custom(),
        "docProps/thumbnail.jpeg": images.jpeg(),
        "word/document.xml": document(),
        "word/_rels/document.xml.rels": relations(
            ("rId1", "settings", "settings.xml", False),
            ("rId2", "comments", "comments.xml", False),
            ("rId3", "image", f"media/{canary('media-name')}.jpg", False),
            ("rId4", "oleObject", "embeddings/oleObject1.bin", False),
            ("rId5", "header", "header1.xml", False),
            ("rId8", "hyperlink", f"file:///C:/Users/{canary('link-path')}", True),
        ),
        "word/settings.xml": settings(),
        "word/_rels/settings.xml.rels": relations(
            ("rId1", "attachedTemplate", f"file:///C:/Users/{canary('template-path')}", True)
        ),
        "word/comments.xml": comments(),
        "word/people.xml": f'{XML}<w:people xmlns:w="{W}"><w:person w:author="{canary("person")}"/></w:people>',
        "word/header1.xml": f"{XML}<w:hdr {NAMESPACES}><w:p>{run('words of the header')}</w:p></w:hdr>",
        "word/embeddings/oleObject1.bin": canary("attachment"),
        f"word/media/{canary('media-name')}.jpg": images.jpeg(),
        "customXml/item1.xml": f"<own>{canary('custom-xml')}</own>",
    }


PLACES = {
    "core-author", "core-saved-by", "app-software", "app-company", "app-template", "custom-value", "media-name",
    "change-author", "picture-name", "picture-path", "picture-file", "extension", "own-namespace", "own-attribute",
    "own-element", "deleted", "hidden", "simple-field", "control-name", "xml-comment", "instruction", "comment-author",
    "comment-text", "variable", "document-number", "link-path", "template-path", "person", "attachment",
    "custom-xml", "artist",
}  # fmt: skip


def docx(**replaced):
    """Return the telling document, with some parts replaced: `document`, `settings` and so on."""
    files = telling_files()
    files |= {f"word/{name}.xml": content for name, content in replaced.items()}
    return packed(files)


def simple_files(main=WORD_MAIN, body=""):
    return {
        "[Content_Types].xml": types(main),
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml", False)),
        "word/document.xml": document(body or f"<w:p>{run('words')}</w:p>"),
    }


def odt():
    meta = (
        '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<office:meta><meta:initial-creator>{canary('first-author')}</meta:initial-creator>"
        f"<dc:creator>{canary('saved-by')}</dc:creator><meta:generator>{canary('generator')}</meta:generator>"
        "</office:meta></office:document-meta>"
    )
    files = {"mimetype": "application/vnd.oasis.opendocument.text", "meta.xml": meta, "content.xml": "<x/>"}
    return packed(files, stored={"mimetype"})
