"""How processes of ours are started: from where they import, and whether they may fork."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The folder that our packages are imported from."""

FORK_IS_SAFE = sys.platform != "darwin"
"""On macOS what the system's own libraries began before a fork may hang or crash after it."""

FORKS = "forks"
"""What stands on the host's command line where it is to fork."""
