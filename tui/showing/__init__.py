"""What of a playback is to be shown: functions from it to what panes draw; no widget.

Read in this order: offers, sight, remarks, asked, news and status, each for one pane, the tabs or
the top line; shown_runs, drawn_beside and run_list, for runs; awaited, for a run that the editor
has begun; then pane_text, with plain_prose, tensor_text and drawing_text, for a pane as plain text.
"""
