"""Which version of tutorch is installed."""

from __future__ import annotations


def installed_version() -> str | None:
    """The version; None where tutorch runs from its sources and is not installed."""
    # It takes as long to import as a good part of the list takes to be painted.
    from importlib import metadata

    try:
        return metadata.version("tutorch")
    except metadata.PackageNotFoundError:
        return None
