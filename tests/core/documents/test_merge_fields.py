"""What stands between double braces, and what is put in its place."""

import pytest

from app.core.documents.failures import DocumentFailure
from app.core.documents.markdown_tree import document_tree, variables_in
from app.core.documents.merge_fields import Mark


def test_variables_and_marks_are_found_once_and_in_order() -> None:
    found = variables_in(
        "# {{ contact.name }}\n\n- {{workspace.name}} and **{{contact.name}}**\n\n"
        "{{signature:client}} {{text?:client: Nick  name }}"
    )
    assert found.names == ("contact.name", "workspace.name")
    assert found.marks == (
        Mark("signature", "client", "", required=True),
        Mark("text", "client", "Nick name", required=False),
    )
    assert not found.mistakes


@pytest.mark.parametrize(
    "typed",
    [
        "{{Contact.name}}",
        "{{contact..name}}",
        "{{}}",
        "{{ 1 + 1 }}",
        "{{stamp:client}}",
        "{{signature:Client}}",
        "{{contact.name",
        "{{" + "a" * 61 + "}}",
        "{{text:client:" + "x" * 81 + "}}",
    ],
)
def test_what_is_neither_is_a_mistake(typed: str) -> None:
    found = variables_in(f"Dear {typed}")
    assert found.mistakes == (typed,)
    assert not found.names
    assert not found.marks


def test_a_variable_in_an_address_is_a_mistake() -> None:
    assert variables_in("[pay](https://x.test/{{program.slug}})").mistakes


def test_code_shows_braces_as_they_are() -> None:
    assert not variables_in("Type `{{contact.name}}` for a name.").names


def test_a_value_is_never_taken_for_markdown() -> None:
    tree = document_tree("# {{a}}", {"a": "**bold** [x](https://x.test) {{b}}"})
    assert tree["c"][0]["c"] == [{"t": "text", "s": "**bold** [x](https://x.test) {{b}}"}]


def test_lines_of_a_value_stay_lines() -> None:
    tree = document_tree("{{a}}", {"a": "1 Road\nTown"})
    assert [part["t"] for part in tree["c"][0]["c"]] == ["text", "hardbreak", "text"]


def test_a_variable_without_value_is_named() -> None:
    with pytest.raises(DocumentFailure) as failure:
        document_tree("{{ contact.name }}", {})
    assert (failure.value.code, failure.value.detail) == ("unknown_variable", "contact.name")


def test_html_and_links_are_text() -> None:
    [paragraph] = document_tree("<b>x</b> [terms](https://x.test/t)", {})["c"]
    texts = [part.get("s") or part["c"][0]["s"] for part in paragraph["c"]]
    assert "".join(texts) == "<b>x</b> terms (https://x.test/t)"


@pytest.mark.parametrize(
    ("markdown", "rtl"),
    [("هذا عقد", True), ("(1) שלום", True), ("Hello שלום", False), ("42", False), ("", False)],
)
def test_paragraphs_read_from_the_side_of_their_first_letter(markdown: str, *, rtl: bool) -> None:
    tree = document_tree(f"**{markdown}**" if markdown else "{{e}}", {"e": ""})
    assert tree["c"][0]["rtl"] is rtl


def test_a_page_break_is_no_variable() -> None:
    markdown = "One\n\n{{page_break}}\n\nTwo"
    assert not variables_in(markdown).names
    assert [block["t"] for block in document_tree(markdown, {})["c"]][1] == "page_break"
