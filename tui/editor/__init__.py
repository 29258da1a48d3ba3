"""The widgets in which a learner writes code.

Read in this order: exercise_pane, with editor_foot and code_finder; editor_pane; completing_area,
which that is, and code_area over noted_document, which that is in turn.
"""
