"""The learner tries other numbers: turned in the code, or raced against each other; no widget.

Read in this order: turning, race_plans, edit_races.
"""
