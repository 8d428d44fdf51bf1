"""Asking the worker to finish a contract that everybody has signed."""

from app.core.jobs import NewJob
from app.models import Contract

SEAL = "contract.seal"
"""Kind of the job that makes the completed document and seals it."""

SEND = "contract.send"
"""Kind of the job that prints and sends the contract that a program brings along."""


def seal_job(contract: Contract) -> NewJob:
    """Once for each contract, however often it is asked for."""
    return _job(SEAL, contract, "seal")


def send_job(contract: Contract) -> NewJob:
    """The same for sending."""
    return _job(SEND, contract, "send")


def _job(kind: str, contract: Contract, what: str) -> NewJob:
    payload = {"workspace_id": contract.workspace_id, "contract_id": contract.id}
    return NewJob(kind=kind, payload=payload, key=f"contract:{contract.id}:{what}")
