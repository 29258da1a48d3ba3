"""What typing does to Python source: functions from text to text; no widget, nothing else of ours.

Read brackets.py (what is code, what is text in quotes), then pairs.py and lines.py.
"""
