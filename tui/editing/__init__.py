"""What typing does to Python source, and its numbers: functions from text; nothing else of ours.

Read brackets.py (what is code, what is text in quotes), then pairs.py and lines.py; numbers.py,
trees.py, meaningful.py and dials.py (which numbers can be turned), reaching.py (on which of earlier
cells a cell hangs), live.py and live_place.py (where a run has their values).
"""
