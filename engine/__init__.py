"""The engine plays lessons: it knows no interface and draws nothing.

Read its rooms in this order: lesson, reading (with code and markup) and courses; protocol; values;
loops and stepping over gate and stopping; judging and teaching; notebook with errors and streams,
asking, framing, running and kernel; serving and host over system, and client over run_tree; then
progress, authoring and taking_home.
`docs/architecture.md` says how they work together.
"""
