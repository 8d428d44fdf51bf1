"""What payments ask the dispatcher for."""

from app.core.jobs import NewJob
from app.models import Checkout

CLOSE = "checkout.close"
"""Kind of the job that lets nobody pay on a page any more."""


def close_job(checkout: Checkout) -> NewJob:
    """Close a page that was replaced."""
    return NewJob(
        kind=CLOSE,
        payload={"workspace_id": checkout.workspace_id, "checkout_id": checkout.id},
        key=f"checkout:{checkout.id}:close",
    )
