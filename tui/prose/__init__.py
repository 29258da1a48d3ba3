"""The text of a step: its paragraphs, code and pictures, and the questions that stand in it.

Read in this order: prose_pane; folding; code_fence over picture_paragraph, prose_pictures,
prose_search; then questions over question_card.
"""
