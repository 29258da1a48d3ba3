"""The command line, called in this process; and the lesson that its tests name."""

from click.testing import CliRunner, Result

from tui import cli

LESSON = "# %% One\na = 1\n"


def tutorch(*arguments: str) -> Result:
    return CliRunner().invoke(cli.tutorch, list(arguments), prog_name="tutorch")
