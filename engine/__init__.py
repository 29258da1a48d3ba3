"""The engine plays lessons: it knows no interface and draws nothing.

Read its rooms in this order: lesson, protocol, values, loops, judging, kernel, host; then progress
and authoring. `docs/architecture.md` says how they work together.
"""
