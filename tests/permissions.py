"""What a user without rights sees: root, as whom tests may run, is refused nothing.

Belongs here: being somebody else for a while. Does not belong here: what must happen then, which is beside its test.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


@contextmanager
def ordinary_folder() -> Iterator[Path]:
    """A folder that any user can enter; those of pytest can be entered by their owner alone."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Run as a user without rights if this is root, else as who this is."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
