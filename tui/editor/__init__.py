"""The widgets in which a learner writes code.

Read in this order: exercise_pane, editor_pane; completing_area, which that is, and code_area over
noted_document, which that is in turn; editor_foot.
"""
