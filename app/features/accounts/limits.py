"""How often accounts may be tried."""

from app.core.throttle_policy import Policy

SIGN_INS = Policy(name="sign-in", limit=120, per_seconds=60)
"""By address: passwords, refresh tokens, links."""

REGISTRATIONS = Policy(name="register", limit=60, per_seconds=300)
"""By address."""

MAIL_REQUESTS = Policy(name="mail-request", limit=60, per_seconds=600)
"""By address."""

WRONG_PASSWORDS = Policy(name="wrong-password", limit=10, per_seconds=900)
"""By account; the right password gives its permit back."""

MAILED_LINKS = Policy(name="mailed-link", limit=6, per_seconds=1800)
"""By account that is written to, whether or not it exists."""
