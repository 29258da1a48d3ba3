"""A command that hands on to the lesson what stands behind `--`."""

from __future__ import annotations

import click

from tui.commands.errors import own_words
from tui.commands.spoken import SpokenCommand


class PlayCommand(SpokenCommand):
    """A command whose ``arguments``, what stands behind `--`, are for the lesson; else None."""

    allow_extra_args = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take what is for the lesson out of the command line."""
        at = args.index("--") if "--" in args[1:] else len(args)
        try:
            left = super().parse_args(ctx, args[:at])
        except click.NoSuchOption as error:
            raise _with_mend(error.format_message().rstrip("."), ctx) from error
        if left:
            translate = own_words()
            words = translate("unexpected: {arguments}")
            raise _with_mend(words.format(arguments=" ".join(left)), ctx)
        ctx.params["arguments"] = tuple(args[at + 1 :]) if at < len(args) else None
        return left

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Show that there may be more."""
        return [*super().collect_usage_pieces(ctx), "[-- ARGUMENT...]"]


def _with_mend(told: str, ctx: click.Context) -> click.UsageError:
    translate = own_words()
    mend = translate("what is for the lesson itself stands behind --")
    return click.UsageError(f"{told}; {mend}", ctx)
