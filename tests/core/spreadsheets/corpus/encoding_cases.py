"""Encodings of CSV, and files that are something else altogether."""

import codecs
import gzip
import json
import struct

from tests.core.spreadsheets import making
from tests.core.spreadsheets.corpus.case import Case, bad, good

FILE = "stations.csv"
GERMAN = "Name,City\nBüro,Zürich\n"
CHINESE = "Name,City\n青田同乡会,普拉托\n"
# Café and the like end before a delimiter, which is no second byte of a Chinese character.
FRENCH = "Name,City\nCafé,Orléans\n"
ASKED = "Choose the one that reads right"

ENCODINGS = [
    good("UTF-8", FILE, GERMAN.encode(), ("Büro", "Zürich"), used="utf-8"),
    good("UTF-8 with a mark", FILE, GERMAN.encode("utf-8-sig"), ("Büro", "Zürich"), used="utf-8"),
    good("UTF-8 beyond the first plane", FILE, "Name,City\n𠮷野家,😀\n".encode(), ("𠮷野家", "😀"), used="utf-8"),
    good("UTF-16 of Windows", FILE, CHINESE.encode("utf-16"), ("青田同乡会", "普拉托"), used="utf-16"),
    good(
        "UTF-16 the other way round",
        FILE,
        codecs.BOM_UTF16_BE + CHINESE.encode("utf-16-be"),
        ("青田同乡会", "普拉托"),
        used="utf-16",
    ),
    good(
        "Unicode text of Excel",
        "stations.txt",
        "Name\tCity\r\n青田\tPrato\r\n".encode("utf-16"),
        ("青田", "Prato"),
        used="utf-16",
    ),
    good(
        "Windows-1252 where nothing else is possible", FILE, FRENCH.encode("cp1252"), ("Café", "Orléans"), used="cp1252"
    ),
    good(
        "Windows-1252 that was chosen",
        FILE,
        GERMAN.encode("cp1252"),
        ("Büro", "Zürich"),
        encoding="cp1252",
        used="cp1252",
    ),
    good(
        "GBK that was chosen", FILE, CHINESE.encode("gbk"), ("青田同乡会", "普拉托"), encoding="gb18030", used="gb18030"
    ),
    good(
        "GB 18030 with four bytes",
        FILE,
        "Name,City\n㐀㐁,\U00020000\n".encode("gb18030"),
        ("㐀㐁", "\U00020000"),
        used="gb18030",
    ),
    good(
        "GBK with a byte that Windows-1252 lacks",
        FILE,
        "Name,City\n丏,丟\n".encode("gbk"),
        ("丏", "丟"),
        encoding="gb18030",
    ),
    good("Big5 that was chosen", FILE, "Name,City\n華僑,臺北\n".encode("cp950"), ("華僑", "臺北"), encoding="cp950"),
    good(
        "Polish that was chosen", FILE, "Name,City\nŻółć,Łódź\n".encode("cp1250"), ("Żółć", "Łódź"), encoding="cp1250"
    ),
    good(
        "Cyrillic that was chosen",
        FILE,
        "Name,City\nСтанция,Киев\n".encode("cp1251"),
        ("Станция", "Киев"),
        encoding="cp1251",
    ),
    good(
        "a mark is stronger than a choice",
        FILE,
        GERMAN.encode("utf-8-sig"),
        ("Büro", "Zürich"),
        encoding="gb18030",
        used="utf-8",
    ),
    bad("German or Chinese", FILE, GERMAN.encode("cp1252"), ASKED, choices=["cp1252", "gb18030"]),
    bad(
        "Chinese or nonsense",
        FILE,
        CHINESE.encode("gbk"),
        ASKED,
        choices=["gb18030", "cp1250", "cp1251", "cp1252", "cp950"],
    ),
    bad("Chinese of Taiwan", FILE, "Name,City\n華僑協會,臺北\n".encode("cp950"), ASKED, choices=["cp950", "cp1252"]),
    bad("Cyrillic", FILE, "Name,City\nСтанция,Киев\n".encode("cp1251"), ASKED, choices=["cp1250", "cp1251", "cp1252"]),
    bad("Polish", FILE, "Name,City\nŻółć,Łódź\n".encode("cp1250"), ASKED, choices=["cp1250", "cp1251", "cp1252"]),
    bad("choice that does not fit", FILE, GERMAN.encode("cp1252"), "not in the encoding UTF-8", encoding="utf-8"),
    bad("choice that is none", FILE, GERMAN.encode(), "“rot13” is not known", encoding="rot13"),
    bad("UTF-16 without a mark", FILE, GERMAN.encode("utf-16-le"), "NUL"),
    bad("UTF-16 cut amid a character", FILE, CHINESE.encode("utf-16")[:-1], "in another or damaged"),
    bad("half a pair", FILE, codecs.BOM_UTF16_LE + b"N\x00,\x00\x00\xd8\n\x00", "in another or damaged"),
    bad("UTF-32", FILE, GERMAN.encode("utf-32"), "UTF-32"),
    bad("a mark, then another encoding", FILE, b"\xef\xbb\xbf" + GERMAN.encode("cp1252"), "in another or damaged"),
    bad("NUL in a cell", FILE, b"Name,City\nA\x00B,Prato\n", "NUL"),
    bad("NUL in UTF-16", FILE, "Name,City\nA\x00B,Prato\n".encode("utf-16"), "NUL"),
    bad("too long forms in UTF-8", FILE, b"Name,City\n\xc0\xaf,Prato\n", ASKED, choices=["cp1252", "gb18030", "cp950"]),
    bad(
        "UTF-8 with a line of something else",
        FILE,
        CHINESE.encode() + "Büro,Zürich\n".encode("cp1252"),
        "in another or damaged",
    ),
    bad("UTF-8 cut amid a character", FILE, CHINESE.encode()[:-2], "in another or damaged"),
    bad("halves of pairs in UTF-8", FILE, CHINESE.encode() + b"\xed\xa0\xbd,Prato\n", "in another or damaged"),
    bad("bytes of no encoding", FILE, b"Name,City\n\x81\xff\x81\x20,\xff\xff\n", "not known here"),
]


def compound(name: str) -> bytes:
    """Return enough of a compound file to know it by: its mark, and a name in the directory."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + name.encode("utf-16-le") + bytes(512)


PLAIN = making.book_of(making.HEADER, making.row(making.text("A"), making.text("Prato")))
BINARY = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
ODS = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}


def typed(content_type: str) -> bytes:
    return making.book_of(making.HEADER, content_type=content_type).packed()


FOREIGN = [
    bad("old Excel", "stations.xls", compound("Workbook"), "“stations.xls” is a workbook of an old Excel"),
    bad("older Excel", "stations.xls", compound("Book"), "a workbook of an old Excel"),
    bad(
        "Excel without a container", "stations.xls", b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(64), "of an old Excel"
    ),
    bad("old Excel by another name", "stations.csv", compound("Workbook"), "“stations.csv” is a workbook of an old"),
    bad("a password", "stations.xlsx", compound("EncryptedPackage"), "“stations.xlsx” has a password"),
    bad("old Word", "stations.doc", compound("WordDocument"), "a Word document"),
    bad("old something", "stations.msg", compound("__properties"), "an old Office program"),
    bad("a web page", "stations.xls", b"<html><table><tr><td>Name</td></tr></table></html>", "a web page"),
    bad("a web page by its type", "stations.csv", b"\r\n<!DOCTYPE html>\n<title>x</title>", "a web page"),
    bad("a table of a web page", "stations.xls", b"\xef\xbb\xbf <TABLE border=1><TR><TD>Name", "a web page"),
    bad(
        "a web page with its pictures",
        "stations.mht",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related",
        "a web archive",
    ),
    bad("XML of Excel 2003", "stations.xls", b'<?xml version="1.0"?>\n<Workbook xmlns="x"></Workbook>', "an XML file"),
    bad("PDF", "stations.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "“stations.csv” is a PDF document"),
    bad("rich text", "stations.csv", b"{\\rtf1\\ansi Name,City}", "a text document (RTF)"),
    bad("JSON", "stations.csv", json.dumps([{"Name": "A"}]).encode(), "a JSON file"),
    bad("gzip", "stations.csv.gz", gzip.compress(b"Name,City\nA,Prato\n", mtime=0), "(gzip)"),
    bad("RAR", "stations.rar", b"Rar!\x1a\x07\x01\x00", "(RAR)"),
    bad("7z", "stations.7z", b"7z\xbc\xaf\x27\x1c\x00\x04", "(7z)"),
    bad("PNG", "stations.csv", b"\x89PNG\r\n\x1a\n" + bytes(32), "an image"),
    bad("JPEG", "stations.xlsx", b"\xff\xd8\xff\xe0" + bytes(32), "an image"),
    bad("a database", "stations.csv", b"SQLite format 3\x00" + bytes(84), "a database"),
    bad("SYLK", "stations.csv", b'ID;PWXL;N;E\nC;Y1;X1;K"Name"\nE\n', "SYLK"),
    bad("a program", "stations.csv", b"\x7fELF\x02\x01\x01" + bytes(64), "NUL"),
    bad("bytes by chance", "stations.csv", struct.pack("<64d", *range(64)), "NUL"),
    bad("OpenDocument", "stations.ods", making.packed(ODS), "an OpenDocument spreadsheet"),
    bad("OpenDocument by another name", "stations.xlsx", making.packed(ODS), "“stations.xlsx” is an OpenDocument"),
    bad(
        "Numbers",
        "stations.numbers",
        making.packed({"Index/Document.iwa": b"x", "Metadata/x": b""}),
        "a Numbers spreadsheet",
    ),
    bad("archive", "stations.zip", making.packed({"stations.csv": b"Name,City\nA,Prato\n"}), "an archive (ZIP)"),
    bad("empty archive", "stations.xlsx", b"PK\x05\x06" + bytes(18), "an archive (ZIP)"),
    bad("binary workbook", "stations.xlsb", typed(BINARY), "(.xlsb)"),
    bad("workbook with macros", "stations.xlsm", typed(MACROS), "with macros"),
    bad(
        "macros by another name",
        "stations.xlsx",
        making.book_of(making.HEADER, parts={"xl/vbaProject.bin": b"x"}).packed(),
        "with macros",
    ),
    bad(
        "macros of Excel 4",
        "stations.xlsx",
        making.book_of(making.HEADER, parts={"xl/macrosheets/sheet1.xml": "<x/>"}).packed(),
        "with macros",
    ),
    bad("new Word", "stations.xlsx", typed(WORD), "a Word document"),
    bad("slides", "stations.xlsx", typed(SLIDES), "a presentation"),
    good("workbook by another name", "stations.csv", PLAIN.packed(), ("A", "Prato"), used=""),
    good(
        "template of Excel",
        "stations.xltx",
        making.book_of(
            making.HEADER,
            making.row(making.text("A"), making.text("B")),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
        ).packed(),
        ("A", "B"),
    ),
]

CASES: list[Case] = [*ENCODINGS, *FOREIGN]
