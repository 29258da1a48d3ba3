"""Other markup becomes Markdown: what notebooks and galleries of examples write their prose in.

It knows text alone: neither cells nor lessons enter. Read in this order: html_tags, html_block and
hypertext, which reads HTML; rest and gallery, which read reStructuredText; colab and
databricks, which read notebooks that were saved as scripts; marimo, which knows one that is none.
"""
