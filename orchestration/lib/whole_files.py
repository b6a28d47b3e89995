"""Replacing a file or a folder whole or not at all: a killed process, or a full disk, leaves the one before.

Belongs here: writing a small file, and swapping a numbered folder in. Does not belong here: their content. What others
have put beside our folders, such as a .DS_Store, stays.
"""

import os
import shutil
from pathlib import Path


def write_whole(path: Path, text: str, mode: int = 0o600, is_durable: bool = True) -> None:
    """Write the text in UTF-8, with its line ends as they are. A new file gets `mode`, another one keeps its own.

    A file that is not durable does not wait for the disk: a loss of power can leave it empty.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    try:
        draft.touch(mode=0o600)
        with draft.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            if is_durable:
                os.fsync(file.fileno())
        draft.chmod(path.stat().st_mode if path.exists() else mode)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def numbered(folder: Path) -> dict[int, Path]:
    """Return the folders in it that have a number as name; it may be missing."""
    found = folder.iterdir() if folder.is_dir() else ()
    return {int(path.name): path for path in found if path.name.isdecimal() and path.is_dir()}


def number_of(link: Path, versions: Path) -> int:
    """Return the number of the folder that is swapped in, 0 while none is.

    It is the highest one where a copy of the home has made a folder of the link, or the link is another's.
    """
    name = link.readlink().name if link.is_symlink() else ""
    if name.isdecimal():
        return int(name)
    return max(numbered(versions), default=0) if link.is_symlink() or link.exists() else 0


def swap_in(link: Path, folder: Path) -> None:
    """Point the link at the folder, in one step unless a copy of the home has made a folder of the link."""
    new = link.parent / f".{link.name}.new"
    new.unlink(missing_ok=True)
    new.symlink_to(folder.relative_to(link.parent), target_is_directory=True)
    if link.is_dir() and not link.is_symlink():
        shutil.rmtree(link)
    os.replace(new, link)
