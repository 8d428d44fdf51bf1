"""Quick-response codes, for `qr-code` of `layouts/base.typ`."""

import segno


def qr_rows(text: str) -> list[str]:
    """The code for a text (ISO/IEC 18004, correction M): its rows, `1` where it is dark.

    It has no margin; leave four modules of white around it. At most 2,331 bytes of text.
    """
    return [
        "".join("01"[module] for module in row) for row in segno.make_qr(text, error="m").matrix
    ]
