"""A lesson that was played becomes documents: a page of HTML, Markdown, a notebook, a script.

All are functions of what a run left; they see no session, no widget and no clock. Read in this
order: played, colours, written, cells, curves, prose with images, code, answers; then taken and
texts, of which documents are made; page, markdown, notebook, script.
"""
