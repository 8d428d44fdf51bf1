"""What can be wrong with a document; named, because it crosses from one process to another."""


class DocumentFailure(Exception):
    """Nothing can be done with what was given; `code` is stable, the text is for people."""

    def __init__(self, code: str, detail: str = "") -> None:
        """Keep both."""
        super().__init__(detail or code)
        self.code = code
        self.detail = detail


class TooMuchWork(DocumentFailure):
    """A document took more time or memory than any honest one needs."""

    def __init__(self) -> None:
        """Always the same."""
        super().__init__("too_complex", "The document takes too long to work on.")
