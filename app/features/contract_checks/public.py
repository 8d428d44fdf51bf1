"""Checking copies of contracts: for anybody, without signing in."""

from typing import Any

from fastapi import Request, Response

from app.access.limits import per_address
from app.access.runtime import RuntimeInApp
from app.core.arriving import UploadBrokenOff, UploadStalled
from app.core.errors import TooManyRequests
from app.core.form_files import FormUnreadable, OneFileOnly
from app.core.http_errors import BodyTooLarge, UnsupportedMediaType
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.core.throttle_policy import Policy
from app.features.contract_checks.checking import check
from app.features.contract_checks.schemas import CheckOut

router = api_router("/v1/public/contracts", "contracts")

LIMITED = per_address(Policy(name="contract-checks", limit=30, per_seconds=600))
"""Each takes a processor for a tenth of a second."""

BINARY = {"type": "string", "format": "binary"}
COPY_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The PDF itself, or a form with one file.",
        "content": {"application/pdf": {"schema": BINARY}},
    }
}
PEM = {"application/x-pem-file": {"schema": {"type": "string"}}}
AUTHORITIES: dict[int | str, dict[str, Any]] = {
    200: {"description": "Certificates in PEM, one after the other (RFC 7468)", "content": PEM}
}


@router.post(
    "/verify",
    dependencies=[LIMITED],
    openapi_extra=COPY_BODY,
    responses=problems(
        BodyTooLarge,
        UnsupportedMediaType,
        FormUnreadable,
        OneFileOnly,
        UploadBrokenOff,
        UploadStalled,
        TooManyRequests,
    ),
)
async def verify_contract(request: Request, runtime: RuntimeInApp) -> CheckOut:
    """Whether a PDF is, byte for byte, a contract that was completed here; it is not kept."""
    return await check(request, runtime)


@router.get("/ca.pem", dependencies=[LIMITED], response_class=Response, responses=AUTHORITIES)
async def get_seal_authorities(runtime: RuntimeInApp) -> Response:
    """The authorities of our seals, so that any PDF reader can check a contract without us."""
    keys = await runtime.seal_keys.certificates()
    authorities = dict.fromkeys(key.authority for key in keys)
    return Response("".join(authorities), media_type="application/x-pem-file")
