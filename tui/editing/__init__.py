"""What typing does to Python source, and its numbers: functions from text; nothing else of ours.

Read brackets.py (what is code, what is text in quotes), then pairs.py and lines.py; numbers.py,
then dials.py (which numbers can be turned) and live.py (where a run has their values).
"""
