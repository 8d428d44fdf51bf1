"""What signers agree to before they sign electronically.

Its version and digest are kept with every consent: change the text only together with VERSION,
and keep the old ones in HISTORY, so that it can always be shown what somebody agreed to.
"""

import hashlib
from dataclasses import dataclass

VERSION = "2026-11"

TEXT = """\
You are about to sign a document electronically.

If you go on, you agree to receive this document and to sign it in electronic form instead of on \
paper. Your electronic signature has the same effect as one that you write by hand: you are bound \
by what the document says.

You do not have to agree. If you would rather sign on paper, or would like a paper copy, ask the \
practice that sent you the document; asking costs nothing, and you can take your agreement back \
at any time before you sign by declining, or by telling the practice.

To read the document and to keep your copy you need a device that shows PDF files, and access to \
the e-mail address that the document was sent to. If your address changes, tell the practice. \
When everybody has signed, you will receive the complete document, and it stays available to you.

So that the signature can be proved later, we keep with it: your name and e-mail address, the \
times at which you opened the document, agreed and signed, your network address (IP), the kind of \
browser you used, and a fingerprint (SHA-256) of the exact document you were shown.\
"""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A version of the text."""

    version: str
    text: str

    @property
    def sha256(self) -> str:
        """The digest of the text, in hex."""
        return hashlib.sha256(self.text.encode()).hexdigest()


CURRENT = Disclosure(VERSION, TEXT)
HISTORY: tuple[Disclosure, ...] = (CURRENT,)
"""Every version there ever was, the latest first."""
