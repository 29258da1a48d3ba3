"""What of a playback is to be shown: functions from it to what panes draw; no widget.

Read in this order: offers, sight, remarks, asked and news, each for one pane or for the tabs;
shown_runs, drawn_beside and run_list, for runs; awaited, for a run that the editor has begun.
"""
