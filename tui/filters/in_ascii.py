"""Any text in ASCII, cell for cell, so that nothing moves; no widget may enter.

Letters of a language stay, as they are text and no drawing; Greek ones, which stand for quantities,
do not. Where a word would say more than one character, `spelling` has written it before.
"""

from __future__ import annotations

import re
import unicodedata

from rich.cells import get_character_cell_size

FAINT_TO_FULL = "_.-=+*%#"

# Pairs of a character and what stands for it.
_MARKS = (
    "●* ○o ◐s ◎@ ◇o ◆* ■# □o ▪. ▫. ▲^ △^ ▼v ▽v ▶> ▷> ►> ◀< ◁< ◄< ★* ☆* ✓+ ✔+ ✗x ✘x •* ‣> ◦o"
    ' …. ·. ‧. ⋅. ×x ÷/ −- –- —- ‐- ‑- ‒- ―- ‘\' ’\' ‚, “" ”" „" ‹< ›> «< »> ′\' ″" ⋮: ⋯. ⋰/ ⋱\\'
    " ≈~ ≃~ ≅~ ∼~ ≤< ≥> ≪< ≫> ≠! ≡= ±+ ∓- √v ∞8 ∑S ∏P ∫S ∂d ∇V ∈e ∉! ∅0 °o ∗* ∘o ⊙o"
    " ↪\\ ⊗x ⊕+ ⊤T ⟨< ⟩> ‖| ∝~ ⌊[ ⌋] ⌈[ ⌉] ∪U ∩n ∧^ ∨v €E £L ¥Y §S ¶P ©C ®R ™T ⚠!"
    " αa βb γg δd εe ζz ηh θq ιi κk λl μm νn ξx οo πp ρr ςs σs τt υu φf χc ψy ωw ϵe ϕf ϑq ϱr"
    " ΑA ΒB ΓG ΔD ΕE ΖZ ΗH ΘQ ΙI ΚK ΛL ΜM ΝN ΞX ΟO ΠP ΡR ΣS ΤT ΥU ΦF ΧC ΨY ΩW"
)
_NAMED = {pair[0]: pair[1] for pair in _MARKS.split()}
_ARROWS = {"LEFTWARDS": "<", "RIGHTWARDS": ">", "UPWARDS": "^", "DOWNWARDS": "v"}
_ARROWS |= {"NORTH EAST": "/", "SOUTH WEST": "/", "NORTH WEST": "\\", "SOUTH EAST": "\\"}
_BRAILLE = range(0x2800, 0x2900)
_UPPER_DOTS = 0b00011011
# Dots of a cell of braille from which on it is a surface rather than a line.
_SURFACE = 6
_LOWER_EIGHTHS = range(0x2581, 0x2589)


def cells_in_ascii(text: str) -> str:
    """`text` in ASCII and letters, in as many cells."""
    return text if text.isascii() else text.translate(_IN_ASCII)


class _Table(dict[int, str]):
    """What stands for a character, found when it is first asked for."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _cell(chr(code))
        return found


_IN_ASCII = _Table()


def _cell(character: str) -> str:
    """ASCII of the width of a character, or the character where it is a letter."""
    if character.isascii():
        return character
    width = get_character_cell_size(character)
    if not width:
        return ""
    found = _NAMED.get(character) or _drawn(character) or _plain(character)
    if found and len(found) <= width:
        return found.ljust(width)
    # The full stops and brackets of a script with wide letters are text, as its letters are.
    is_text = unicodedata.category(character)[0] in ("LMNP" if width > 1 else "LM")
    if is_text:
        return character
    return "?" if width == 1 else "*".ljust(width)


def _plain(character: str) -> str:
    """The character without accents, and not raised, lowered or in another alphabet's shape."""
    parts = unicodedata.normalize("NFKD", character)
    plain = (_NAMED.get(part, part) for part in parts)
    return "".join(part for part in plain if part.isascii() and part.isprintable())


def _drawn(character: str) -> str:
    """What stands for a character of a drawing; "" where it is of none."""
    code, name = ord(character), unicodedata.name(character, "")
    if code in _BRAILLE:
        return _dots(code - _BRAILLE.start)
    if code in _LOWER_EIGHTHS:
        return FAINT_TO_FULL[code - _LOWER_EIGHTHS.start]
    if name.startswith("BOX DRAWINGS"):
        return _line(name)
    if "BLOCK" in name or "QUADRANT" in name or "SHADE" in name or "SEXTANT" in name:
        return _block(name)
    if "ARROW" in name:
        return next((mark for way, mark in _ARROWS.items() if way in name), "-")
    if character.isspace():
        return " "
    return ""


def _dots(dots: int) -> str:
    """A cell of braille; its bits are its dots, in the order of Unicode."""
    if dots.bit_count() >= _SURFACE:
        return "#"
    upper, lower = dots & _UPPER_DOTS, dots & ~_UPPER_DOTS
    if upper and lower:
        return ":"
    return "'" if upper else "." if lower else " "


def _line(name: str) -> str:
    """A piece of a frame, by its name."""
    if "DIAGONAL" in name:
        is_rising = "UPPER RIGHT TO LOWER LEFT" in name
        return "X" if "CROSS" in name else "/" if is_rising else "\\"
    ways = set(re.findall(r"HORIZONTAL|VERTICAL|LEFT|RIGHT|UP|DOWN", name))
    if ways <= {"HORIZONTAL", "LEFT", "RIGHT"}:
        return "=" if "DOUBLE" in name else "-"
    return "|" if ways <= {"VERTICAL", "UP", "DOWN"} else "+"


def _block(name: str) -> str:
    """A part of a cell that is filled, by its name."""
    match name:
        case "FULL BLOCK":
            return "#"
        case "DARK SHADE":
            return "%"
        case "MEDIUM SHADE":
            return "+"
        case "LIGHT SHADE":
            return "-"
        case "UPPER HALF BLOCK" | "UPPER ONE EIGHTH BLOCK":
            return "-"
    if "EIGHTH" in name or "QUARTER" in name or name in ("LEFT HALF BLOCK", "RIGHT HALF BLOCK"):
        return "|"
    if "SEXTANT" in name:
        count = len(name.rpartition("-")[2])
        return FAINT_TO_FULL[count]
    if " AND " in name:
        return "#" if name.count(" AND ") > 1 else "%"
    return "'" if "UPPER" in name else "."
