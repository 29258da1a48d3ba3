# ---
# tutorch:
#   title: A death
#   summary: Says when, and ends its process by a segmentation fault.
# ---

# %% Die
import ctypes
import os
import time
from pathlib import Path

with Path(os.environ["BENCH_SECONDS"]).open("a") as told:
    told.write(f"{time.perf_counter()}\n")
ctypes.string_at(0)
