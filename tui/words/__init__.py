"""What is said on the screen of facts that the engine tells: words, and no drawing.

Read in this order: status_words; verdicts and deaths, on which noticed, questions and asked lean;
then watched, trust, keeping and copying, each of which stands by itself.
"""
