"""The package of Smarketing.

Belongs here: the version, which pyproject.toml alone defines. Everything else is in a module of its own.
"""


def version() -> str:
    """The installed version, such as 0.5.0."""
    from importlib.metadata import version

    return version("smarketing")
