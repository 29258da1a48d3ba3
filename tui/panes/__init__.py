"""The panes of the player, one a file, and what arranges them.

Read in this order: player_panes, which holds them; code_pane, curve_pane (with run_lines),
output_pane (with output_line), tensor_pane, view_pane and canvas_pane; prose_pane, with code_fence,
prose_search, and questions over question_card; pane_area and placed_layout, which put them where
they stand; pane_tabs and pane_finder.
"""
