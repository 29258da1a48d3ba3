"""The panes of the player, one a file, and what arranges them.

Read in this order: player_panes, which holds them; step_drawing over pane_drawing, and step_code;
code_pane, curve_pane (with run_lines), output_pane (with output_line), tensor_pane (with
tensor_choice), view_pane and canvas_pane (with brush); pane_area and placed_layout, which put them
where they stand; pane_tabs; pane_finder, which knows a pane as searched says.
"""
