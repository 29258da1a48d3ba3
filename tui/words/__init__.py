"""What is said on the screen of facts that the engine tells: words, and no drawing.

Read in this order: status_words; predictions, attempts and endings over deaths, of which a run's
remarks are made, noticed, the teacher's, and tracebacks; questions and asked; then syntax, watched,
trust, unfound, keeping, copying and taking_home, each of which stands by itself.
"""
