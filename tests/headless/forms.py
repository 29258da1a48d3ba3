"""Files of others in each form that a file can have, small: to compare another one, add it here."""

import json
from dataclasses import replace

from agreeing import Form


def notebook(*cells: str) -> Form:
    """A notebook of format 4 with these code cells; the last one prints "end"."""
    listed = [
        {"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells
    ]
    return Form(json.dumps({"nbformat": 4, "cells": listed}), "end", cells=cells)


def notebook_3(*cells: str) -> Form:
    """The same of format 3, in which Jupyter wrote before 2015."""
    listed: list[dict[str, object]] = [
        {"cell_type": "heading", "level": 2, "source": ["A heading"], "metadata": {}}
    ]
    for cell in cells:
        lines = cell.splitlines(keepends=True)
        listed.append({"cell_type": "code", "input": lines, "language": "python", "metadata": {}})
    sheets = [{"cells": listed, "metadata": {}}]
    return Form(
        json.dumps({"nbformat": 3, "metadata": {}, "worksheets": sheets}), "end", cells=cells
    )


FORMS = {
    "percent.py": Form(
        """
# %% [markdown]
# # Words

# %% Numbers
total = 0
for number in range(5):
    total += number
    # %% a comment, as it is indented

# %%
def shown():
    text = '''
# %% a text
'''
    return text, total
print(shown())
if total:
# %% a comment, as a statement goes on
    print("end", __name__)
""",
        "end __main__",
    ),
    "exported.py": Form(
        """
# coding: utf-8

# # Exported from Jupyter

# In[1]:

import math
radius = 2


# In[ ]:


print(round(math.pi * radius, 3))
""",
        "6.283",
    ),
    "light.py": Form(
        """
# ---
# jupyter:
#   jupytext:
#     text_representation:
#       format_name: light
# ---

# # A light notebook
#
# Words about it.

words = ["a", "b"]

# More words.

# +
lengths = [len(word) for word in words]

total = sum(lengths)
# -

print("end", total)
""",
        "end 2",
    ),
    "gallery.py": Form(
        '''
"""
A page of a gallery
===================

Words with a `link <https://example.org>`_.
"""
weights = [1.0, 2.0]

##############################
# Training
# --------
# Words.
for step in range(3):
    weights = [weight / 2 for weight in weights]
    print(step, weights)

# %%
# The end
print("end", len(__doc__))
''',
        "end ",
    ),
    "gallery_of_words.py": Form('"""\nA title\n=======\n\nWords alone.\n"""\n', ""),
    "empty.py": Form("", ""),
    "cells.ipynb": replace(
        notebook(
            "for number in range(2):\n    print(number)\n# %% no cell\n    print('same loop')",
            "# In[3]:\ntotal = 3\n# %% [markdown]\n# words\nprint(total)",
            'text = """\n# %%\n"""\nprint(repr(text))',
            "print(open('table.csv').read())",
            "\n\nprint('end', number)\n",
        ),
        beside={"table.csv": "1,2"},
    ),
    "format_3.ipynb": notebook_3("number = 3\n", "print('end', number)"),
    "latin_1.py": Form(
        "# -*- coding: latin-1 -*-\nprint('\xe9\xdf', len('\xe9'), __file__[-10:])\n",
        "\xe9\xdf 1 latin_1.py",
        encoding="latin-1",
    ),
    "windows.py": Form(
        "\ufeffif True:\r\n\tprint('a\\tb')\r\n\r\nprint('''c\r\nd''')\r\n",
        "c\nd",
    ),
}
