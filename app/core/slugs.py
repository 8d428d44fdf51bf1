"""Names in URLs, made from names of things."""

import re
import unicodedata

SHORTEST, LONGEST = 2, 40
NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")


def slugified(name: str, *, fallback: str) -> str:
    """`Zoë's Coaching` becomes `zoes-coaching`; a name without Latin letters, the fallback."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = NOT_IN_SLUGS.sub("-", plain.replace("'", "")).strip("-")[:LONGEST].rstrip("-")
    return slug if len(slug) >= SHORTEST else fallback
