"""Threads that are not Python's, of which a fork has none: OpenMP's, and those of a device."""

from __future__ import annotations

import ctypes
import os
import re
import sys
import threading
from functools import cache
from pathlib import Path

# From <omp.h>, OpenMP 5.0: give the threads back; the next parallel region makes new ones.
_PAUSE_HARD = 2
_OPENMP = re.compile(r"\S*/lib(?:gomp|omp|iomp5)\b[^/\s]*\.so[^/\s]*")
# What there is where a driver for devices is loaded, NVIDIA's and AMD's.
_DRIVERS = ("/dev/nvidiactl", "/dev/kfd")
_VISIBLE = ("CUDA_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES")


def give_threads_back() -> bool:
    """End OpenMP's threads of this thread until they are needed again; False where that cannot be.

    Call where nothing computes.
    """
    if "torch" not in sys.modules:
        return True
    libraries = _openmp_libraries(len(sys.modules))
    return bool(libraries) and all(map(_has_given_back, libraries))


def _has_given_back(library: str) -> bool:
    try:
        pause = ctypes.CDLL(library).omp_pause_resource_all
    except AttributeError:
        # It is of before OpenMP 5.0, as that of torch 2.6: it keeps each thread that it has begun.
        return len([*Path("/proc/self/task").iterdir()]) <= threading.active_count()
    pause(_PAUSE_HARD)
    return True


def sees_device() -> bool:
    """Whether torch may find a device here, of which a fork could have no part."""
    if any(os.environ.get(name) == "" for name in _VISIBLE):
        return False
    return any(map(os.path.exists, _DRIVERS))


def hide_devices() -> None:
    """Have torch find no device but the processor; call before it looks for one."""
    for name in _VISIBLE:
        os.environ[name] = ""


@cache
def _openmp_libraries(modules: int) -> tuple[str, ...]:
    """The paths of what is loaded of OpenMP, once so many modules are imported."""
    del modules
    loaded = Path("/proc/self/maps").read_text()
    return tuple(sorted(set(_OPENMP.findall(loaded))))
