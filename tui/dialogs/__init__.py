"""The screens that open above another one: to read in, to choose in, and to look at one tensor.

Read in this order: framed, the frame in which they stand; message, difference and trust over
drawn_text; help over key_table; moving, which moves the mark in a list of rows; take_home; steps
and tensor_chooser over choosing_input; watch and runs over keyed_list, with run_lines; tensor,
which fills the screen.
"""
