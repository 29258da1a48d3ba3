"""The actions that there are everywhere, and those of the list of lessons."""

from __future__ import annotations

from tui.actions.action import Action, Group

HELP = Action("app.help", "question_mark,f1", "more", "Show all keys", Group.APP)
PALETTE = Action(
    "app.command_palette", "ctrl+p", "actions", "Find any action by its name", Group.APP
)
LANGUAGE = Action(
    "app.switch_language", "ctrl+o", "한국어", "English or Korean: switch language", Group.APP
)

APP_ACTIONS = (
    PALETTE,
    HELP,
    LANGUAGE,
    Action(
        "app.suspend_process",
        "ctrl+z",
        "",
        "Leave for the shell, whose fg comes back",
        Group.APP,
    ),
    Action("app.quit", "q,ctrl+q", "quit", "Leave; what runs is stopped", Group.APP),
)

LIST_ACTIONS = (
    Action("screen.open", "enter", "open", "Open the lesson", Group.LIST),
    Action("screen.move(-1)", "up,k", "", "The lesson above", Group.LIST),
    Action("screen.move(1)", "down,j", "", "The lesson below", Group.LIST),
    Action("screen.move(-10)", "pageup", "", "Ten lessons up", Group.LIST),
    Action("screen.move(10)", "pagedown", "", "Ten lessons down", Group.LIST),
    Action("screen.move(5)", "ctrl+d", "", "Five lessons down", Group.LIST),
    Action("screen.move(-5)", "ctrl+u", "", "Five lessons up", Group.LIST),
    Action("screen.move_to_first", "g,home", "", "The first lesson", Group.LIST),
    Action("screen.move_to_last", "G,end", "", "The last lesson", Group.LIST),
    Action("screen.filter", "slash", "filter", "Type to filter the list", Group.LIST),
    Action(
        "screen.clear_filter",
        "escape",
        "show all",
        "Show all lessons again; from a course, go back to the list",
        Group.LIST,
    ),
)
