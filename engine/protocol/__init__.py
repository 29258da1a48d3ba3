"""All that crosses between the processes: immutable data, and no torch.

Read in this order: status, places, commands, moments, tensors, statements, frame, outcomes, events,
messages, wire; then curves, verdicts and random_numbers, which commands and events carry. The one
thing that is done here, on both sides alike, is to reduce curves to what a pane can show (samples,
columns, reduction).
"""
