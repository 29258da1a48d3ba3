"""All that crosses between the processes: immutable data, and no torch.

Read in this order: status, frame, events; then curves and verdicts, which events carry.
"""
