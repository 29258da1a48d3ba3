"""Where the worker is held: what the learner wants of it, and where it stands until it may go on.

It knows no loop: who comes to the gate, and when, is the business of loops and stepping. Read in
this order: motion; gate, with orders, requests, interruption, errands and tempo, of which it
consists; passage, by which the worker comes to it, and waiting, where it stands.
"""
