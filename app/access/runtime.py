"""What one running app consists of; made by `create_app`, reached through the request."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from app.access.doorkeeper import Doorkeeper
from app.access.onboarding import Onboarding
from app.access.tokens import AccessTokens
from app.core.client_address import ClientAddresses
from app.core.db import Database
from app.core.documents.key_store import SealKeys
from app.core.documents.print_shop import PrintShop
from app.core.metrics import Metrics
from app.core.passwords import Passwords
from app.core.principal_throttle import PrincipalThrottle
from app.core.signed_links import SignedLinks
from app.core.storage import Storage
from app.core.streams import Streams
from app.core.throttle import Throttle
from app.core.tokens import TokenMint
from app.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """The parts that routes need, wired once per app."""

    settings: Settings
    database: Database
    mint: TokenMint
    access_tokens: AccessTokens
    doorkeeper: Doorkeeper
    passwords: Passwords
    throttle: Throttle
    principals: PrincipalThrottle
    addresses: ClientAddresses
    metrics: Metrics
    storage: Storage
    links: SignedLinks
    onboarding: Onboarding
    streams: Streams
    print_shop: PrintShop
    seal_keys: SealKeys


async def current_runtime(request: Request) -> Runtime:
    """The runtime of the app that serves this request."""
    runtime: Runtime = request.app.state.runtime
    return runtime


RuntimeInApp = Annotated[Runtime, Depends(current_runtime)]
