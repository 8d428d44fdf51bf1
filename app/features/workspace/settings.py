"""Between a practice's row and its settings as the API names them, `branding.accent_color`."""

from collections.abc import Mapping
from typing import Any

from app.access.images import image_url
from app.access.runtime import Runtime
from app.features.workspace.schemas import (
    BrandingOut,
    InvoiceSettingsOut,
    MailOut,
    WorkspaceOut,
)
from app.models import Workspace
from app.models.invoice_settings import invoice_settings

COLUMNS: Mapping[str, str] = {
    "branding.logo_file_id": "logo_file_id",
    "branding.accent_color": "accent_color",
    "email.from_name": "email_from_name",
    "email.reply_to": "email_reply_to",
}
"""Settings whose columns have other names."""

INVOICE_SETTINGS = "invoice_settings."


def value_of(workspace: Workspace, name: str) -> Any:
    """What a setting is now."""
    if name.startswith(INVOICE_SETTINGS):
        return invoice_settings(workspace)[name.removeprefix(INVOICE_SETTINGS)]
    return getattr(workspace, COLUMNS.get(name, name))


def assign(workspace: Workspace, name: str, value: Any) -> None:
    """Give a setting another value."""
    if name.startswith(INVOICE_SETTINGS):
        key = name.removeprefix(INVOICE_SETTINGS)
        workspace.invoice_settings = {**workspace.invoice_settings, key: value}
    else:
        setattr(workspace, COLUMNS.get(name, name), value)


def workspace_out(workspace: Workspace, runtime: Runtime) -> WorkspaceOut:
    """A practice as the API gives it."""
    logo_url = image_url(runtime, workspace.workspace_id, workspace.logo_file_id)
    return WorkspaceOut(
        id=workspace.workspace_id,
        name=workspace.name,
        slug=workspace.slug,
        time_zone=workspace.time_zone,
        locale=workspace.locale,
        currency=workspace.currency,
        branding=BrandingOut(
            logo_file_id=workspace.logo_file_id,
            logo_url=logo_url,
            accent_color=workspace.accent_color,
        ),
        email=MailOut(from_name=workspace.email_from_name, reply_to=workspace.email_reply_to),
        portal_url=workspace.portal_url,
        invoice_settings=InvoiceSettingsOut(**invoice_settings(workspace)),
        version=workspace.version,
        created_at=workspace.created_at,
        updated_at=workspace.updated_at,
    )
