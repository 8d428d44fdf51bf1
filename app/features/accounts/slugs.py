"""Names of practices in URLs."""

from app.core.slugs import slugified


def slug_of(name: str) -> str:
    """`Zoë's Coaching` becomes `zoes-coaching`; a name without Latin letters, `practice`."""
    return slugified(name, fallback="practice")
