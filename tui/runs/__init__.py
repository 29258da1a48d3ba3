"""The runs of a step, what was changed in each, and races of several; data, and no widget.

Read in this order: run, runs, run_names and run_facts; told_changes, differences and telling_apart;
racing; past and going_back; live_turns, dialling and turned_words, for numbers that are turned;
retold.
"""
