"""What the cells of a workbook say."""

from tests.core.spreadsheets.corpus.case import Case, bad, good
from tests.core.spreadsheets.corpus.plain import FILE, A
from tests.core.spreadsheets.making import HEADER, book, cell, number, row, text


def says(name: str, content: str, what: str, *formats: int | str, **others: object) -> Case:
    """Return a workbook in which a cell with this XML is read as `what`."""
    made = book(HEADER, row(text("A"), content), formats=formats, **others)
    return good(name, FILE, made, ("A", what))


def refused(name: str, content: str, message: str, *formats: int | str, **others: object) -> Case:
    """Return a workbook that is refused for the cell B2."""
    made = book(HEADER, row(text("A"), content), formats=formats, **others)
    return bad(name, FILE, made, message, row=2, column="City")


TEXTS = [
    says("text within the sheet", text("Prato"), "Prato"),
    says("text that is shared", cell("s", "1"), "Prato", strings="<si><t>x</t></si><si><t>Prato</t></si>"),
    says(
        "rich text that is shared",
        cell("s", "0"),
        "Prato",
        strings="<si><r><t>Pra</t></r><r><rPr><b/></rPr><t>to</t></r></si>",
    ),
    says("rich text within the sheet", '<c t="inlineStr"><is><r><t>Pra</t></r><r><t>to</t></r></is></c>', "Prato"),
    says(
        "readings are no text",
        cell("s", "0"),
        "東京",
        strings="<si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si>",
    ),
    says(
        "readings within the sheet are no text",
        '<c t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is></c>',
        "東京",
    ),
    says("text that looks like a number", text("0031"), "0031"),
    says("text that looks like a formula", text("=1+1"), "=1+1"),
    says("text with our apostrophe", text("'=1+1"), "=1+1"),
    says("characters by their code", text("A_x000D_B_x005F_x0041_"), "A\rB_x0041_"),
    says("text in two pieces of data", '<c t="inlineStr"><is><t>Pr<![CDATA[a&t]]>o</t></is></c>', "Pra&to"),
    says("text with blanks", text("  Prato\n "), "Prato"),
    says("text put together", text("Zu\u0308rich"), "Zürich"),
    says("truth", cell("b", "1"), "yes"),
    says("falsehood", cell("b", "0"), "no"),
    says("whole number", number("42"), "42"),
    says("number with a fraction of zero", number("42.0"), "42"),
    says("binary noise", number("0.30000000000000004"), "0.3"),
    says("degrees", number("52.370215699999999"), "52.3702157"),
    says("number with an exponent", number("1.5E+3"), "1500"),
    says("small number", number("1.0000000000000001E-5"), "0.00001"),
    says("telephone number", number("31201234567"), "31201234567"),
    says("fifteen digits", number("999999999999999"), "999999999999999"),
    says("negative number", number("-5.5"), "-5.5"),
    says("zero below zero", number("-0"), "0"),
    says("shown scientifically", number("31201234567", 1), "31201234567", "0.00E+00"),
    says("grouped by thousands", number("1234567", 1), "1234567", 3),
    says("rounded for show", number("52.3702157", 1), "52.3702157", "0.00"),
    says("padded with zeros", number("1234", 1), "01234", "00000"),
    says("formula with its value", cell("str", "Prato", formula='"Pra"&"to"'), "Prato"),
    says("formula with a number", "<c><f>40+2</f><v>42</v></c>", "42"),
    says("formula that says nothing", '<c t="str"><f>""</f><v></v></c>', ""),
    says("format of text", number("5", 1), "5", 49),
    says(
        "a link for people",
        text("https://example.org/"),
        "https://example.org/",
        after='<hyperlinks><hyperlink ref="B2"/></hyperlinks>',
    ),
]

DATES = [
    says("date", number("44860", 1), "2022-10-26", 14),
    says("date by a code", number("44860", 1), "2022-10-26", "yyyy\\-mm\\-dd;@"),
    says("date with its weekday", number("44860", 1), "2022-10-26", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy"),
    says("date in Chinese", number("44860", 1), "2022-10-26", 'yyyy"年"m"月"d"日"'),
    says("date from 1904", number("43398", 1), "2022-10-26", 14, is_from_1904=True),
    says("first day of 1904", number("0", 1), "1904-01-01", 14, is_from_1904=True),
    says("first day", number("1", 1), "1900-01-01", 14),
    says("day before the one that never was", number("59", 1), "1900-02-28", 14),
    says("day after the one that never was", number("61", 1), "1900-03-01", 14),
    says("last day", number("2958465", 1), "9999-12-31", 14),
    says("month", number("44860", 1), "2022-10", 17),
    says("month by a code", number("44835", 1), "2022-10", "mmm yyyy"),
    says("month in Chinese", number("44835", 1), "2022-10", 'yyyy"年"m"月";@'),
    says("year", number("44860", 1), "2022", "yyyy"),
    says("midnight", number("44860", 1), "2022-10-26", "yyyy-mm-dd hh:mm"),
    says("midnight with binary noise", number("44859.99999999999", 1), "2022-10-26", 22),
    says("date as ISO", cell("d", "2022-10-26"), "2022-10-26"),
    says("midnight as ISO", cell("d", "2022-10-26T00:00:00.000", style=1), "2022-10", "mmm yyyy"),
    refused("the day that never was", number("60", 1), "This is no date", 14),
    refused("day before all days", number("0", 1), "This is no date", 14),
    refused("date before the first", number("-1", 1), "This is no date", 14),
    refused("date before the first of 1904", number("-1", 1), "This is no date", 14, is_from_1904=True),
    refused("date after the last", number("2958466", 1), "This is no date", 14),
    refused("date far after the last", number("1e308", 1), "This is no date", 14),
    refused("no such day as ISO", cell("d", "2022-02-30"), "This is no date"),
    refused("time of a day", number("44860.5", 1), "a time of day", 22),
    refused("time that the format hides", number("44860.75", 1), "a time of day", 14),
    refused("time as ISO", cell("d", "2022-10-26T12:00:00"), "a time of day"),
    refused("time alone", number("0.5", 1), "a time of day", 20),
    refused("minutes and seconds", number("0.01", 1), "a time of day", "mm:ss"),
    refused("duration", number("1.5", 1), "a duration", 46),
    refused("duration by a code", number("1.5", 1), "a duration", "[h]:mm"),
    refused("day without its year", number("44860", 1), "without its year", 16),
    refused("month without its year", number("44860", 1), "without its year", "mmmm"),
    refused("date of another computer", number("44860", 1), "on another computer", 57),
]

CELLS = [
    refused("sixteen digits", number("1234567890123456"), "more than 15 digits"),
    refused("identity number", number("3.10101199001011E+17"), "more than 15 digits"),
    refused("more than all numbers", number("1e999"), "more than 15 digits"),
    refused("no number", number("NaN"), "cannot be read"),
    refused("number of other digits", number("٤٢"), "cannot be read"),
    refused("number with low lines", number("1_000"), "cannot be read"),
    refused("shared text that is not there", cell("s", "5"), "cannot be read", strings="<si><t>x</t></si>"),
    refused("shared text before the first", cell("s", "-1"), "cannot be read", strings="<si><t>x</t></si>"),
    refused("a type that is none", cell("x", "5"), "cannot be read"),
    refused("neither true nor false", cell("b", "maybe"), "cannot be read"),
    refused("error of a reference", cell("e", "#REF!", formula="A1"), "gives an error"),
    refused("error of a search", cell("e", "#N/A"), "gives an error"),
    refused("formula without a value", "<c><f>1+1</f></c>", "has no value"),
    refused("formula with an empty value", "<c><f>1+1</f><v/></c>", "has no value"),
    refused("percent", number("0.5", 1), "more than its number", 9),
    refused("percent by a code", number("0.5", 1), "more than its number", "0.0%"),
    refused("currency", number("5", 1), "more than its number", "[$€-413] #,##0.00"),
    refused("currency by its sign", number("5", 1), "more than its number", "$#,##0"),
    refused("words in the format", number("5", 1), "more than its number", '0" km"'),
    refused("thousands in the format", number("5000", 1), "more than its number", "0,"),
    refused("format that hides a number", number("5", 1), "hides what is in it", ";;;"),
    refused("format that hides a text", text("secret", 's="1"'), "hides what is in it", ";;;"),
    refused("half of a pair", text("A_xD83D_B"), "cannot be read"),
    refused("garbled in a workbook", text("ZÃ¼rich"), "garbled"),
    refused("lost in a workbook", text("Z\ufffdrich"), "have been lost"),
    bad(
        "three uncalculated formulas",
        FILE,
        book(HEADER, *(row("<c><f>1</f></c>", text("x")) for _ in "123")),
        "has no value",
        problems=3,
        row=2,
        column="Name",
    ),
    bad(
        "far cell",
        FILE,
        book(HEADER, A, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "beyond column 200",
        row=1048576,
        column="XFD",
    ),
    bad(
        "cell beside the table",
        FILE,
        book(HEADER, row(text("A"), text("B"), "<c/>", text("x"))),
        "without a header",
        row=2,
        column="D",
    ),
    bad(
        "no header in a workbook",
        FILE,
        book(row(text("Name"), "<c/>", text("City")), row(text("A"), "<c/>", text("B"))),
        "has no header",
        row=1,
        column="B",
    ),
    bad(
        "header twice in a workbook",
        FILE,
        book(row(text("Name"), text("name")), A),
        "already, in column A",
        row=1,
        column="name",
    ),
    bad("header alone in a workbook", FILE, book(HEADER), "nothing below it"),
    bad("empty sheet", FILE, book(), "nothing in this file"),
    bad("formatting alone", FILE, book(row("<c s='1'/>" * 20) * 50, formats=[14]), "nothing in this file"),
]

CASES: list[Case] = [*TEXTS, *DATES, *CELLS]
