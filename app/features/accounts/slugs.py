"""Names in URLs, made from names of practices."""

import re
import unicodedata

LONGEST = 40
NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")
FALLBACK = "practice"
SHORTEST = 2


def slug_of(name: str) -> str:
    """`Zoë's Coaching` becomes `zoes-coaching`; a name without Latin letters, `practice`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = NOT_IN_SLUGS.sub("-", plain.replace("'", "")).strip("-")[:LONGEST].rstrip("-")
    return slug if len(slug) >= SHORTEST else FALLBACK
