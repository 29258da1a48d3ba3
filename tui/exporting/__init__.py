"""A lesson that was played becomes documents: a page of HTML, Markdown, a notebook, a script.

All are functions of what a run left; they see no session, no widget and no clock. Read in this
order: played, colours, written, cells, curves, prose, code, answers, page, markdown, plain.
"""
