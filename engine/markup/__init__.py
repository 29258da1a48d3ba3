"""Other markup becomes Markdown: what notebooks and galleries of examples write their prose in.

It knows text alone: neither cells nor lessons enter. Read in this order: html_tags, html_block,
books and hypertext, which read HTML and what books add; rest and gallery, which read
reStructuredText; colab and databricks, which read notebooks that were saved as scripts; marimo,
which knows one that is none.
"""
