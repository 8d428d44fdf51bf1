"""Where appointments take place, in words: what their two columns mean."""

PLACES = {"video": "Online", "phone": "By telephone", "in_person": "In person"}


def place_in_words(kind: str | None, value: str | None) -> str | None:
    """`Online, https://...`; None where nothing is said."""
    if kind is None:
        return None
    return ", ".join(word for word in (PLACES[kind], value) if word)


def meeting_link(kind: str | None, value: str | None) -> str | None:
    """The address of an online meeting, where it is one."""
    is_link = kind == "video" and value is not None and value.startswith(("https://", "http://"))
    return value if is_link else None
