"""A command that hands on to the lesson what stands behind `--`."""

from __future__ import annotations

import click


class PlayCommand(click.Command):
    """A command whose ``arguments``, what stands behind `--`, are for the lesson; else None."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take what is for the lesson out of the command line."""
        at = args.index("--") if "--" in args[1:] else len(args)
        try:
            left = super().parse_args(ctx, args[:at])
        except click.UsageError as error:
            if isinstance(error, click.NoSuchOption) or "unexpected extra" in error.message:
                told = error.format_message().rstrip(".")
                mend = "what is for the lesson itself stands behind --"
                raise click.UsageError(f"{told}; {mend}", ctx) from error
            raise
        ctx.params["arguments"] = tuple(args[at + 1 :]) if at < len(args) else None
        return left

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Show that there may be more."""
        return [*super().collect_usage_pieces(ctx), "[-- ARGUMENT...]"]
