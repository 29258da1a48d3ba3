"""What is known of a tensor as text that a spreadsheet or a note takes; no widget may enter."""

from __future__ import annotations

from engine.protocol.tensors import TensorSnapshot


def tensor_text(tensor: TensorSnapshot) -> str:
    """Its name, shape and dtype, and its values in rows of tabs: of a large one the first ones.

    The name is what stands for these values in Python, as `W[:16, :10]` of a larger W.
    """
    rows, columns = tensor.corner.shape
    shape = ", ".join(map(str, tensor.shape))
    heading = f"{tensor.name}{_part(tensor.shape, rows, columns)}  [{shape}]  {tensor.dtype}"
    lines = ["\t".join(f"{value:.6g}" for value in row) for row in tensor.corner]
    return "\n".join([heading, *lines])


def _part(shape: tuple[int, ...], rows: int, columns: int) -> str:
    """Which part of a tensor its first rows and columns are, as an index; "" where they are all."""
    if not shape:
        return ""
    *others, last = ["0"] * (len(shape) - 1) + [f":{columns}" if columns < shape[-1] else ":"]
    if others:
        others[-1] = f":{rows}" if rows < shape[-2] else ":"
    is_whole = {*others, last} == {":"}
    return "" if is_whole else f"[{', '.join([*others, last])}]"
