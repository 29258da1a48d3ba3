"""What a cell's code says before it has run, read from its tree; no line of it is run here.

Read in this order: unwarned, syntax and depth, units, names, loop_names and assignments;
curve_names, training, descents, carried, shown_numbers and logging_calls; plan, nesting, costs and
curves, which those lead to, with module_plan and promises; outline.
"""
