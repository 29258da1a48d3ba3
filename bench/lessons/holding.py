# ---
# tutorch:
#   title: One call without end
#   summary: Holds the interpreter lock from its first moment to its last.
# ---

# %% Hold the lock watch="total"
total = sum(range(10**12))
