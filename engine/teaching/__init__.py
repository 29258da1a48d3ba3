"""The watchful teacher: sees what goes wrong while the learner's own code trains, and says nothing.

It looks at the first steps of each optimizer and at the first iterations of a loop, where a frame
is taken, and where a run ends; never in between. It only reads what is there: values of names,
versions of tensors, and the graph behind a cost. Nothing of the learner's is called, and no random
number drawn. No words are made here.

Read in this order: teacher, when it looks; run_seen, what it sees of one run; then scene, graphs,
gradients, units, curves, evaluating, training, elsewhere, errors, endings, functions,
without_graph, not_asking, used_up, batches, checking, compared, operands, replacing, sources.
"""
