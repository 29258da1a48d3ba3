"""The interface's own words, in the languages there are.

Read in this order: characters, preferred, places, catalogue.
"""
