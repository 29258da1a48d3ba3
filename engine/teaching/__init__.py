"""The watchful teacher: sees what goes wrong while the learner's own code trains, and says nothing.

It looks at the first steps of each optimizer and at the first iterations of a loop, where a frame
is taken, and where a run ends; never in between. It only reads what is there: values of names,
versions of tensors, and the graph behind a cost. Nothing of the learner's is called, and no random
number drawn. No words are made here.

Read in this order: `teacher.py`, `scene.py`, `graphs.py`, `gradients.py`, `units.py`, `curves.py`,
`evaluating.py`, `training.py`, `elsewhere.py`, `errors.py`, `endings.py`, `functions.py`,
`without_graph.py`, `not_asking.py`, `checking.py`, `compared.py`, `operands.py`, `replacing.py`,
`sources.py`.
"""
