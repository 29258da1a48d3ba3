"""Lines of the editor that are too long for their row."""

from __future__ import annotations

import pytest

from tui.editor.noted_document import NotedDocument, SourceDocument
from tui.rendering.code import rows_of_code
from tui.rendering.palette import DARK

SOURCE = """def build(inputs, hidden, outputs, bias=True):
    return torch.nn.Sequential(torch.nn.Linear(inputs, hidden), torch.nn.ReLU())
\tname = '길다 길다 길다 길다 길다 길다 길다 길다 길다 길다'

done = 1"""
GUTTER = 3


@pytest.fixture(params=[20, 33, 80])
def document(request: pytest.FixtureRequest) -> NotedDocument:
    document = NotedDocument(SourceDocument(SOURCE), 4)
    document.wrap(request.param)
    return document


def test_they_break_and_go_on_where_the_code_pane_has_them(document: NotedDocument) -> None:
    pane = rows_of_code(SOURCE, 1, document._width + GUTTER, DARK)

    assert document.height == len(pane)
    for at, row in enumerate(pane):
        assert document.line_at(at) == row.line
        assert document.margin_of(at) == row.margin - GUTTER


def test_each_character_is_found_at_the_cell_it_stands_in(document: NotedDocument) -> None:
    for line, text in enumerate(SOURCE.split("\n")):
        for column in range(len(text) + 1):
            place = document.location_to_offset((line, column))

            assert place.x <= document._width
            assert document.offset_to_location(place) == (line, column)


def test_a_cell_before_a_row_is_that_of_its_first_character() -> None:
    document = NotedDocument(SourceDocument(SOURCE), 4)
    document.wrap(33)

    assert document.margin_of(1) == 4
    assert {document.offset_to_location((x, 1)) for x in range(5)} == {(0, 26)}
