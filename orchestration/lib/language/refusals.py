"""Why a file was refused, as the reading of files writes it (lib/ingestion/), and pages show it.

Belongs here: the sentences of refusals. Those of rows are reasons.py. A refusal that is not here is shown in English.
"""

from orchestration.lib.language.spoken import later

REFUSALS: tuple[str, ...] = (
    later("sheet %(label)s: %(refusal_text)s"),
    later("the file is empty; export it again"),
    later("no visible sheet has a cell: the workbook is empty; export it again"),
    later("the file cannot be read: %(id)s; correct its permissions or links"),
    later("the file cannot be read: %(id)s; correct its permissions"),
    later("the file became shorter while it was read; load it again when it is complete"),
    later("it was written again while it was read; the next run reads it"),
    later("another process has the database open; read it when the connector has ended"),
    later(
        "this is not a DuckDB database, it is broken, or a newer DuckDB wrote it; copy it again, or export its tables "
        "as Parquet (DuckDB %(version)s)"
    ),
    later("the Parquet file is broken or not complete; copy or download it again"),
    later("the Excel workbook is broken or not complete; copy or download it again"),
    later("the zip archive or workbook is broken or not complete; copy or download it again"),
    later("the zip archive is broken or not complete; copy or download the file again"),
    later("the zip archive has no file; export it again"),
    later("the zip archive is packed in a way of its own; unpack it and put the files in it here"),
    later("it is packed twice with gzip; unpack it once, and put that file here"),
    later("it is protected by a password; unpack the zip archive and put the files in it here"),
    later("it has two files of the name %(file)s; unpack it and put the right one here"),
    later("it has %(files_number)s files, and %(most_number)s at most are read; unpack it here"),
    later(
        "it has %(rows_number)s rows of %(columns_number)s columns, and %(most_number)s values at most are read; "
        "export a part of it at a time"
    ),
    later(
        "unpacked it has %(bytes_number)s bytes or more, and %(most_number)s at most are read; download it again, or "
        "export a part of it at a time, or unpack it and put the files in it here"
    ),
    later(
        "unpacked it has %(bytes_number)s bytes or more, which is more than %(times_number)s times its own size, which "
        "no export has; download it again, or export a part of it at a time, or unpack it and put the files in it here"
    ),
    later(
        "the Excel workbook is protected by a password; remove it in Excel (File > Info > Protect Workbook), save, and "
        "put it here again"
    ),
    later(
        "this is a workbook in another format than .xlsx, the format of Excel since 2007; open it in a spreadsheet, "
        "choose Save As > .xlsx, and put that file here"
    ),
    later(
        "this is a zip archive; unpack it and put the files in it here (one whose name ends with .zip is read where it "
        "is among the exports itself, not within another)"
    ),
    later("it has errors such as #N/A without their places; save it again in Excel, or as CSV UTF-8"),
    later(
        "the sheets %(label)s could all be meant; keep one of them in the workbook, or save each as a file of its own"
    ),
    later("line 1: a JSON array; export JSON Lines instead, one object on each line"),
    later("%(place_spot)s: NUL byte, so this is not a UTF-8 text; save as UTF-8 or export it again"),
    later("%(place_spot)s: byte %(code)s is not %(id)s, but line %(line_number)s is; export the file in one encoding"),
    later("%(place_spot)s: byte %(code)s is not %(id)s; save as UTF-8 or declare the encoding of this table (latin-1)"),
    later(
        "%(place_spot)s: a quote opened here is never closed, or only in the middle of a cell lines below, so the "
        "records after it cannot be separated; double the quotes in a cell, or export it again"
    ),
    later("%(place_spot)s: the header cannot be read; export the file again"),
    later("%(place_spot)s: the quotes of the header do not pair up; correct the header"),
    later("%(place_spot)s: the record that starts here is lost in reading; look at its quotes and length"),
    later("DuckDB's reader cannot split this file into cells; look at its quotes"),
    later(
        "%(place_spot)s is the header of another export, with other columns or in another order; split the file there, "
        "and put each export here as a file of its own"
    ),
    later(
        "%(place_spot)s, columns %(first_number)s and %(second_number)s: labels %(label)s and %(other_label)s mean the "
        "same column; take one of them out of the export"
    ),
    later(
        "%(place_spot)s, column %(column_number)s: it is merged with the cells below it, to row %(row_number)s; "
        "unmerge them in the spreadsheet and write into each row what it has"
    ),
    later(
        "%(place_spot)s: the cells reach to row %(row_number)s and column %(column_number)s, more than "
        "%(most_number)s cells; delete what is beside and below the table, or save the sheet as CSV UTF-8"
    ),
)

SPOTS: tuple[str, ...] = (later("line %(line_number)s"), later("sheet %(label)s, row %(line_number)s"))
