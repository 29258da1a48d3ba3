"""All that crosses between the processes: immutable data, and no torch.

Read in this order: status, places, commands, moments, tensors, statements, frame, outcomes, events,
messages, wire; then curves, verdicts, changes, completion, watching, noticed, made, pictures and
random_numbers, each of which some of these carry. The one thing that is done here, on both sides
alike, is to reduce curves to what a pane can show (samples, columns, reduction).
"""
