"""The texts themselves, by the codes of `casetracker.core.sheet_parsing`."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "pdf": _("a PDF document"),
    "rtf": _("a text document (RTF)"),
    "gzip": _("a compressed file (gzip)"),
    "rar": _("an archive (RAR)"),
    "seven_zip": _("an archive (7z)"),
    "zip": _("an archive (ZIP)"),
    "image": _("an image"),
    "sqlite": _("a database"),
    "xls": _("a workbook of an old Excel (.xls)"),
    "sylk": _("an old spreadsheet (SYLK)"),
    "mail": _("an e-mail or a web archive"),
    "doc": _("a Word document"),
    "ole": _("a document of an old Office program"),
    "html": _("a web page (HTML), whatever its name says"),
    "xml": _("an XML file"),
    "json": _("a JSON file"),
    "ods": _("an OpenDocument spreadsheet (.ods)"),
    "numbers": _("a Numbers spreadsheet"),
    "xlsb": _("a binary workbook (.xlsb)"),
    "macros": _("a workbook with macros (.xlsm or .xltm)"),
    "powerpoint": _("a presentation"),
}

ENCODINGS = {
    "utf-8": _("UTF-8"),
    "utf-16": _("UTF-16"),
    "gb18030": _("Chinese, simplified (GB 18030, GBK)"),
    "cp950": _("Chinese, traditional (Big5)"),
    "cp1252": _("Western European (Windows-1252)"),
    "cp1250": _("Central European (Windows-1250)"),
    "cp1251": _("Cyrillic (Windows-1251)"),
}

MESSAGES = {
    # The file
    "empty": _("There is nothing in this file. Check that it is the right one, and that it was saved."),
    "too_large": _("This file is larger than %(most)s MB. Split it into several files."),
    "foreign": _(
        "“%(name)s” is %(kind)s, which cannot be read here. Bring the table into a spreadsheet program, save it there "
        "as .xlsx or as “CSV UTF-8”, and upload that."
    ),
    "encrypted": _("“%(name)s” has a password. Open it, take the password away, save it, and upload it again."),
    "unreadable": _(
        "This file is damaged, or made in a way that is not known here. Open it in a spreadsheet program, save it "
        "as .xlsx or as “CSV UTF-8”, and upload that."
    ),
    "not_now": _("Files cannot be read just now. Try again later, or tell those who run this site."),
    "needs_too_much_memory": _(
        "Reading this file would take too much memory. Copy the table alone into a new workbook, or split it into "
        "several files."
    ),
    "takes_too_long": _(
        "Reading this file would take too long. Copy the table alone into a new workbook, or split it into several"
        " files."
    ),
    # Encodings
    "nul_bytes": _(
        "This file has bytes that are no text (NUL). If it is a table, open it in a spreadsheet program, save it "
        "as “CSV UTF-8”, and upload that."
    ),
    "utf_32": _("This file is in UTF-32. Save it as “CSV UTF-8”."),
    "damaged_unicode": _(
        "This file is in the encoding %(encoding)s, but parts of it are in another or damaged. Save it again as "
        "“CSV UTF-8”."
    ),
    "unknown_encoding": _("The encoding “%(encoding)s” is not known. Save the file as “CSV UTF-8”."),
    "not_in_encoding": _(
        "This file is not in the encoding %(encoding)s. Choose another, or save the file as “CSV UTF-8”."
    ),
    "no_encoding": _("The letters in this file are in an encoding that is not known here. Save it as “CSV UTF-8”."),
    "encoding_unclear": _(
        "The letters in this file can be read in several ways. Choose the one that reads right. If none does, save"
        " the file as “CSV UTF-8”."
    ),
    "characters_lost": _(
        "Characters have been lost here: another program has read this text in a wrong encoding. Type the text "
        "anew, or make the file from its origin again."
    ),
    "encoded_twice": _(
        "This text is garbled: another program has read UTF-8 as something else. Open the original as UTF-8, and "
        "save it as “CSV UTF-8”."
    ),
    # Lines and cells of CSV
    "delimiter_unknown": _(
        "The first line says that cells are separated by “%(delimiter)s”. Use a comma, a semicolon or a tab."
    ),
    "delimiter_unclear": _(
        "Commas, semicolons or tabs: more than one of them could separate the cells of this file. Write sep=, or "
        "sep=; as its first line."
    ),
    "quote_unclosed": _(
        "A quotation mark opens here and never closes. Close it, or write it twice if it is part of the text."
    ),
    "quote_stray": _(
        "There is a quotation mark amid the text of a cell. Put the whole cell between quotation marks, and write "
        "those inside it twice."
    ),
    "cut_off": _(
        "The file ends within this row: it has %(has)s cells of %(needs)s. The file seems to be cut off. Save it "
        "again, or complete the row and end its line."
    ),
    "no_sheets": _("A CSV file has no sheets, so there is none named “%(sheet)s”. Choose no sheet."),
    # Header and rows
    "header_empty": _("This column has no header. Write one into the first row, or delete the column."),
    "header_twice": _("This header is there already, in column %(first)s. Give each column a name of its own."),
    "header_too_long": _(
        "This header is longer than 200 characters. The first row must hold short names of the columns."
    ),
    "header_invisible": _("This header has characters that cannot be seen. Type it anew."),
    "header_no_letter": _("This is no name of a column. The first row must hold the headers: put one above the data."),
    "only_header": _("There is a header and nothing below it. Fill in at least one row."),
    "cell_without_header": _(
        "This cell stands beside the table, in a column without a header. Give the column a header in the first "
        "row, or empty the cell. In CSV, text with a delimiter in it must stand between quotation marks."
    ),
    "piled_marks": _("More accents are piled on a letter here than any language has. Type the text anew."),
    "beyond_all_programs": _(
        "There are more rows or columns than spreadsheet programs can show. Delete those that are empty."
    ),
    "cell_too_long": _("This text has more than %(most)s characters. Shorten it."),
    "too_many_rows": _("There are more than %(most)s rows. Split the table into several files."),
    "too_many_columns": _("There are more than %(most)s columns. Delete those that are not needed."),
    "too_many_cells": _("More than %(most)s cells have something in them. Split the table into several files."),
    "too_much_text": _("There are more than %(most)s characters in this table. Split it into several files."),
    # Workbooks
    "zip_damaged": _(
        "This workbook is damaged or was not uploaded to its end. Open it, save it again, and upload that."
    ),
    "zip_odd": _(
        "This workbook is packed in a way that no spreadsheet program uses (%(part)s). Copy the table into a new "
        "workbook and save that."
    ),
    "zip_in_zip": _(
        "There is an archive inside this workbook (%(part)s). Copy the table into a new workbook and save that."
    ),
    "too_many_parts": _("This workbook is made of more than %(most)s parts. Copy the table alone into a new workbook."),
    "too_many_sheets": _("There are more than %(most)s sheets. Copy the table alone into a new workbook."),
    "too_many_elements": _(
        "There is too much formatting in this workbook. Copy the table alone into a new workbook, without its formats."
    ),
    "unpacks_too_large": _(
        "This workbook unpacks to much more than it seems. Copy the table alone into a new workbook, without its "
        "formats."
    ),
    "part_missing": _("A part of this workbook is missing (%(part)s). Open it, save it again, and upload that."),
    "part_damaged": _("A part of this workbook is damaged (%(part)s). Open it, save it again, and upload that."),
    "xml_declarations": _(
        "A part of this workbook declares what workbooks never declare (%(part)s). Copy the table into a new "
        "workbook and save that."
    ),
    "takes_from_elsewhere": _(
        "This workbook takes data from other files or from the network. Copy the table into a new workbook with "
        "“paste values”."
    ),
    "has_objects": _(
        "There are other documents or controls inside this workbook. Copy the table alone into a new workbook."
    ),
    # Sheets
    "sheet_unclear": _("More than one sheet has something in it: %(sheets)s. Choose one of them."),
    "no_such_sheet": _("There is no visible sheet named “%(sheet)s”. Choose one of %(sheets)s."),
    "sheet_hidden": _("The sheet “%(sheet)s” is hidden and has something in it. Show it, or delete it."),
    "rows_disordered": _(
        "The cells of this sheet are out of order at row %(row)s. Copy the table into a new workbook and save that."
    ),
    "row_hidden": _("This row is hidden, perhaps by a filter. Show all rows, or delete this one."),
    "rows_hidden": _("Rows %(first)s to %(last)s are hidden, perhaps by a filter. Show all rows, or delete these."),
    "column_hidden": _("Column %(letters)s is hidden and has something in it. Show all columns, or delete this one."),
    "merged": _("There are merged cells: %(cells)s. Unmerge them, and write into each cell what it means."),
    # Cells of workbooks
    "cell_far_away": _("This cell is beyond column %(most)s, far from the table. Empty it, or delete its column."),
    "cell_damaged": _("What is in this cell cannot be read. Type it anew."),
    "formula_without_value": _(
        "This formula has no value: no spreadsheet program has calculated it. Open the file, save it again, or "
        "replace formulas by their values."
    ),
    "error_value": _("A formula gives an error here. Correct it, or write the value."),
    "number_too_long": _(
        "This number has more than 15 digits, of which spreadsheet programs keep 15. Set the cell to the format "
        "Text and type the number anew."
    ),
    "format_adds": _(
        "The format of this cell shows more than its number, such as a currency, a percentage or words. Set the "
        "format to Text and type what should be read."
    ),
    "format_hides": _("The format of this cell hides what is in it. Set the format to General, or empty the cell."),
    "date_without_year": _(
        "This date is shown without its year, which may be wrong therefore. Type it with the year, such as 2022-10-26."
    ),
    "date_of_locale": _(
        "This date is in a format that means something else on another computer. Set the format to yyyy-mm-dd."
    ),
    "date_impossible": _(
        "This is no date: spreadsheet programs count days from 1900 or 1904. Set the cell to the format Text and "
        "type the date, such as 2022-10-26."
    ),
    "time_of_day": _("There is a time of day in this cell; dates go without. Type the date alone, such as 2022-10-26."),
    "duration": _("This is a duration, not a date. Set the cell to the format Text and type what should be read."),
}
