"""Files among the exports that lead to several: databases, zip archives, connections. What is in one is read like one.

Belongs here: the choice by the kind of container. Does not belong here: how a kind is read (`databases.py`,
`archives.py`, `servers.py`, `detection.py`). What is in a container has a path below it, at which there is no file.
"""

import os
from pathlib import Path

from orchestration.lib.ingestion import archives, databases, servers
from orchestration.lib.ingestion.detection import HEAD, Refused, hash_of, is_workbook, unpack
from orchestration.lib.ingestion.sheets import first_texts


def is_container(path: Path) -> bool:
    """Return whether the path names a container itself, which is left only where it cannot be opened."""
    if not (os.path.isfile(path) or os.path.islink(path)):  # within another container, which is read one level deep
        return False
    if servers.is_server(path):
        return True
    return databases.is_database(path) or (
        archives.is_archive(path) and parts_of(path) == [path] and not _is_book(path)
    )


def _is_book(path: Path) -> bool:
    try:
        return is_workbook(path)
    except Refused:
        return False


def parts_of(path: Path) -> list[Path]:
    """Return the paths of what is in a container; the path itself for another file, or if it cannot be opened."""
    try:
        if databases.is_database(path):
            return databases.tables_in(path)
        if archives.is_archive(path):
            return archives.members_in(path)
        if servers.is_server(path):
            return servers.tables_at(path)
    except Refused:
        pass
    return [path]


def container_of(path: Path) -> Path | None:
    """Return the container in which the path is; None for a file."""
    return next((parent for parent in path.parents if parent.is_file()), None)


def read_export(path: Path, folder: Path, rows: int | None = None) -> Path:
    """Return the path in `folder` of the unpacked file, or of a database table as Parquet. Raises Refused.

    With `rows`, it may have no more rows than that.
    """
    if servers.is_server(path):
        servers.tables_at(path)
    if span := servers.span_of(path):
        return servers.read_span(span, folder, rows)
    if databases.is_database(path):
        databases.tables_in(path)
    if databases.is_table(path):
        return databases.read_table(path, folder)
    if archive := archives.archive_of(path):
        return unpack(archives.unpack_member(archive, path, folder), folder)
    if archives.is_archive(path):
        archives.members_in(path)
    return unpack(path, folder)


def hash_of_export(path: Path, folder: Path) -> tuple[str, bytes]:
    """Return the hash of the content and its first bytes; a member has the hash that it has as a file.

    `folder` is temporary. Raises Refused.
    """
    if servers.is_server(path):
        servers.tables_at(path)
    if span := servers.span_of(path):
        return servers.hash_of_span(span), b""
    if databases.is_table(path):
        return databases.hash_of_table(path), b""
    if archive := archives.archive_of(path):
        path = archives.unpack_member(archive, path, folder)
    elif databases.is_database(path):
        databases.tables_in(path)
    elif archives.is_archive(path):
        archives.members_in(path)
    content, head = hash_of(path)
    return content, first_texts(path, HEAD) if is_workbook(path) else head
