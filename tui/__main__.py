"""`python -m tui`: the same door as the `tutorch` command; nothing else stands here."""

from tui.cli import main

main()
