"""The commands of the command line, each a thin door to what carries it out.

Nothing heavy may enter before a command asks for it: no torch, textual, IPython or jupytext. Read
in this order: errors, naming, meant, options, spoken, plays; then the commands: playing, documents,
authoring, keeping.
"""
