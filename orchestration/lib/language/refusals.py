"""Why a file was refused, as the reading of files writes it (lib/ingestion/) into the ledger, in English.

Belongs here: REFUSALS, each a whole refusal, and REFUSAL_PARTS by kind, which only occur within one. Those of rows
are reasons.py. A test refuses a sentence of lib/ingestion/ that is in neither.
"""

from orchestration.lib.language.spend_refusals import OF_TWO_FILES, SHARED_DAYS
from orchestration.lib.language.spoken import later

REFUSALS: tuple[str, ...] = (
    later("sheet %(label)s: %(refusal_text)s"),
    later("the file is empty; export it again"),
    later("no visible sheet has a cell: the workbook is empty; export it again"),
    later("the file cannot be read: %(answer_word)s; correct its permissions or links"),
    later("the folder cannot be read: %(answer_word)s; correct its permissions or links"),
    later("the file cannot be read: %(answer_word)s; correct its permissions"),
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
    later("the gzip is broken or not complete; copy or download the file again"),
    later("this is a PDF; export the data as CSV"),
    later("this is a web page or XML, often a login page saved by mistake; export the data as CSV"),
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
    later(
        "%(place_spot)s: byte %(byte_token)s is not %(encoding_token)s, but line %(line_number)s is; export the file "
        "in one encoding"
    ),
    later("%(first_bytes)s; save as UTF-8 (in Excel: Save As > CSV UTF-8)"),
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
        "%(place_spot)s, columns %(first_number)s and %(second_number)s: labels %(first_quoted)s and %(second_quoted)s "
        "mean the same column; take one of them out of the export"
    ),
    later(
        "%(place_spot)s, column %(column_number)s: it is merged with the cells below it, to row %(row_number)s; "
        "unmerge them in the spreadsheet and write into each row what it has"
    ),
    later("%(place_spot)s, column %(column)s: empty in a report with totals of groups; export it as Details Only"),
    later(
        "%(place_spot)s: the cells reach to row %(row_number)s and column %(column_number)s, more than "
        "%(most_number)s cells; delete what is beside and below the table, or save the sheet as CSV UTF-8"
    ),
    later("%(place_spot)s: %(columns_missing)s"),
    later(
        "%(records_number)s records found, but %(loaded_number)s loaded and %(rejected_number)s rejected: a fault of "
        "ingestion, please report it with the file"
    ),
    # The format of a column, which its cells leave open.
    later(
        "%(place_spot)s, column %(column)s: %(cell)s is a day and a month in either order, and no value of the column "
        "decides which; set date_order: dmy or mdy for %(of_system)s in reference/systems.csv"
    ),
    later(
        "%(place_spot)s, column %(column)s: %(cell)s is thousands or a fraction, and no value of the column decides "
        "which; set decimal_mark: . or , for %(of_system)s in reference/systems.csv"
    ),
    later(
        "%(place_spot)s, column %(column)s: %(cell)s is written in another way than other days of the column, some "
        "with leading zeros and some without, or some with the year first: so it looks after Excel has exchanged day "
        "and month of those it could read; export the file again and put it here without opening it in Excel, or write "
        "every day of the column as 2026-01-31"
    ),
    later(
        "%(place_spot)s, column %(column)s: %(cell)s is a text, while other cells of the column are dates, none of "
        "them after the 12th day of a month; use the original file, or open it again with this column as text (Data > "
        "From Text/CSV), since the cells that became dates may be wrong"
    ),
    later(
        "%(place_spot)s, column %(column)s: %(cell)s is a text, while other cells of the column are numbers; use the "
        "original file, or open it again with this column as text (Data > From Text/CSV), since the cells that became "
        "numbers may be wrong"
    ),
    *OF_TWO_FILES,
    # connection.yml
    later("line %(line_number)s, %(key)s: %(what_setting)s"),
    later("line 1: a connection is a list of fields; write fields such as 'type: postgres'"),
    later("line 1: a connection is a list of fields; found %(one_quoted)s; write fields such as 'type: postgres'"),
    later("line 1: it is nested too deep to be read; remove brackets"),
    later("line %(line_number)s: %(key)s: the field is defined twice; remove one"),
    later("line %(line_number)s: this is not YAML: %(answer)s; correct this line or the one before it"),
    later("line %(line_number)s: this is not YAML: the name of a field is a word; write it as 'name: value'"),
    later(
        "line %(line_number)s: this is not YAML: anchors (&) and aliases (*) are not allowed; write the lines out",
    ),
    later("line %(line_number)s: this is not YAML: tags (!) are not known; remove the tag"),
    later("line %(line_number)s: the text is not UTF-8 (%(answer_word)s); save the file as UTF-8"),
    later("%(bytes_number)s bytes are no agreement; give the file of one version"),
    later("it cannot be read (%(answer_word)s); correct the file"),
)

REFUSAL_PARTS: dict[str, tuple[str, ...]] = {
    "spot": (
        later("line %(line_number)s"),
        later("sheet %(label)s, row %(line_number)s"),
        *(later("the keys of its objects"), later("the schema of the file")),
    ),
    "bytes": (
        later("%(place_spot)s: byte %(byte_token)s is not %(encoding_token)s"),
        later("%(first_bytes)s; %(rest_bytes)s"),
    ),
    # Columns that are missing, and the labels that were found.
    "missing": (
        later("required column %(one_column)s is missing; accepted labels are %(accepted_list)s; %(labels_found)s"),
        later(
            "required column %(one_column)s is missing; accepted labels are %(accepted_list)s, and those of other "
            "languages; %(labels_found)s"
        ),
        later(
            "required column %(one_column)s is missing; accepted labels are labels like %(one_quoted)s; "
            "%(labels_found)s"
        ),
        later("%(first_missing)s; %(rest_missing)s"),
    ),
    "found": (
        later("without it, %(one_column)s identifies the rows; %(labels_found)s"),
        later("%(known_number)s of the %(cells_number)s cells found is a declared label: add the header line"),
        later("none of the %(cells_number)s cells found is a declared label: add the header line"),
        later("found %(labels_list)s"),
        later("found %(labels_list)s; nearest is %(one_quoted)s: rename it, or declare it under labels"),
        later("found %(labels_list)s; none of these labels is declared: rename them, or declare them under labels"),
        later(
            "found %(labels_list)s; none of these labels is declared (%(labels_likely)s): rename them, or declare them "
            "under labels"
        ),
    ),
    "likely": (later("%(one_quoted)s may be %(one_column)s"), later("%(first_likely)s, %(rest_likely)s")),
    # Two files that have the same record or campaign.
    "origin": (
        later("%(file)s, line %(line_number)s"),
        later("%(file)s (loaded before, no longer in the folder), line %(line_number)s"),
    ),
    "difference": (
        later("another %(columns)s"),
        later("another %(columns)s, and so are %(more_number)s more records"),
    ),
    "shared": SHARED_DAYS,
    # What connection.yml has under a key, and what the database answers.
    "setting": (
        later("it must be postgres or duckdb, found %(one_quoted)s"),
        later("this key is not known; known are %(names)s"),
        later("it is missing; add `%(key)s: ...`"),
        later("it must be a number, found %(one_quoted)s"),
        later("it is the name of the machine only; user, database and port have keys of their own"),
        *(later("it must be a list such as [hubspot]"), later("it must be one value")),
        later(
            "a password in a file is read by everybody who has the file; write ${NAME} instead, set the variable NAME "
            "where smarketing runs, and change the password"
        ),
        later("the variable %(variable)s is not set; set it where smarketing runs (export %(variable)s=...)"),
        later("%(file)s is missing, broken, or not a database of DuckDB"),
        later(
            "user %(one_quoted)s must not read it; let the database's owner grant usage on the schema and select on "
            "its tables"
        ),
        *(later("the server cannot be read: %(answer)s"), later("the server cannot be read: no reason is known")),
        later(
            "the server does not accept user %(one_quoted)s with this password; correct the user, or the variable "
            "%(variable)s"
        ),
        later(
            "the server does not accept user %(one_quoted)s with this password; correct the user, or the variable ",
        ),
        later("the server has no database %(one_quoted)s; correct the name"),
        later("there is no machine %(one_quoted)s; correct the name"),
        later("no PostgreSQL server answers at %(host)s, port %(port)s; start it, or correct host and port"),
        later("the server refuses this kind of connection; try sslmode: require"),
        later("it is a %(found)s in %(table)s, not a timestamp"),
        later("the database has no schema %(one_quoted)s; it has %(names)s"),
        later("no table of %(names)s can be read by this user"),
    ),
    # What the operating system answers, and the reader of UTF-8.
    "word": (
        *(later("Permission denied"), later("No such file or directory"), later("Too many levels of symbolic links")),
        *(later("Is a directory"), later("Not a directory"), later("Input/output error"), later("File name too long")),
        *(later("invalid start byte"), later("invalid continuation byte"), later("unexpected end of data")),
    ),
}
