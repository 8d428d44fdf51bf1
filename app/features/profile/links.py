"""Addresses of a coach's pages; each network's address has to lie at that network."""

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from app.core.fields import WebUrl

HOST_NAME = re.compile(r"[a-z0-9.-]+")


def _without_user(value: str) -> str:
    """`https://linkedin.com@elsewhere.example` looks like one place and is another."""
    if urlsplit(value).username is not None:
        raise ValueError("must be an address without a user name")
    return value


def _at(*domains: str) -> AfterValidator:
    """Accept addresses at one of these domains, or below it."""

    def check(value: str) -> str:
        host = (urlsplit(value).hostname or "").removesuffix(".")
        fits = any(host == domain or host.endswith(f".{domain}") for domain in domains)
        if not (fits and HOST_NAME.fullmatch(host)):
            raise ValueError(f"must be an address at {' or '.join(domains)}")
        return value

    return AfterValidator(check)


Website = Annotated[WebUrl, AfterValidator(_without_user), Field(examples=["https://example.com"])]
"""An http or https address of the coach's own."""

LinkedIn = Annotated[
    Website, _at("linkedin.com"), Field(examples=["https://www.linkedin.com/in/maya"])
]
Instagram = Annotated[
    Website, _at("instagram.com"), Field(examples=["https://www.instagram.com/maya"])
]
Facebook = Annotated[
    Website, _at("facebook.com", "fb.com"), Field(examples=["https://www.facebook.com/maya"])
]
X = Annotated[Website, _at("x.com", "twitter.com"), Field(examples=["https://x.com/maya"])]
YouTube = Annotated[
    Website, _at("youtube.com", "youtu.be"), Field(examples=["https://www.youtube.com/@maya"])
]
TikTok = Annotated[Website, _at("tiktok.com"), Field(examples=["https://www.tiktok.com/@maya"])]
