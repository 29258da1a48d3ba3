"""Options that several commands have."""

from __future__ import annotations

import re

import click

from tui.commands.errors import own_words

_DEVICE = re.compile(r"cpu|mps|cuda(:\d+)?")


def _check_device(_ctx: click.Context, _option: click.Parameter, device: str | None) -> str | None:
    if device is None or _DEVICE.fullmatch(device):
        return device
    translate = own_words()
    words = translate("{device!r} is none of cpu, cuda, cuda:N, mps")
    raise click.BadParameter(words.format(device=device))


device_option = click.option(
    "--device",
    metavar="cpu|cuda|cuda:N|mps",
    callback=_check_device,
    help="Make this torch's default device.",
)
language_option = click.option(
    "--language", type=click.Choice(["en", "ko"]), help="Its texts; else those of the locale."
)
ascii_option = click.option(
    "--ascii", "in_ascii", is_flag=True, help="Draw everything in plain ASCII."
)


def _check_names(
    _ctx: click.Context, _option: click.Parameter, names: tuple[str, ...]
) -> tuple[str, ...]:
    for name in names:
        if not all(part.isidentifier() for part in name.split(".")):
            translate = own_words()
            words = translate("{name!r} is no name; write one, such as loss or self.cost")
            raise click.BadParameter(words.format(name=name))
    return names


watch_option = click.option(
    "--watch",
    "watched",
    metavar="NAME",
    multiple=True,
    callback=_check_names,
    help="Draw the curve of this name too; may be given again.",
)
