"""A valid body for each operation that insists on one, so that nothing but the caller is wrong."""

from typing import Any

from tests.contracts.booking import BOOKING_BODIES
from tests.contracts.contracting import CONTRACT_BODIES
from tests.contracts.filing import FILE_BODIES, FILE_UPLOADS
from tests.contracts.form_filling import FORM_BODIES
from tests.contracts.invoicing import INVOICE_BODIES

BODIES: dict[str, dict[str, Any]] = {
    **BOOKING_BODIES,
    **CONTRACT_BODIES,
    **FILE_BODIES,
    **FORM_BODIES,
    **INVOICE_BODIES,
    "create_contact": {"first_name": "Ada"},
    "change_contact": {"company": "Engines & Co"},
    "set_portal_access": {"enabled": False},
    "invite_contacts": {"filter": {}},
    "send_portal_invite": {},
    "create_custom_field": {"key": "hat", "label": "Hat", "kind": "text"},
    "change_custom_field": {"label": "Hat size"},
    "create_note": {"contact_id": "0193e3a0-5c1e-7d6a-9b6e-3f2a1c0d4e5f", "title": "Seen"},
    "create_portal_note": {"title": "Seen"},
    "change_note": {"title": "Seen"},
    "change_portal_note": {"title": "Seen"},
    "add_note_comment": {"body": "Seen"},
    "add_portal_note_comment": {"body": "Seen"},
    "change_comment": {"body": "Seen"},
    "change_portal_comment": {"body": "Seen"},
    "create_calendar_feed": {},
    "create_own_calendar_feed": {},
    "create_contract_template": {"name": "Terms", "body": "Agreed."},
    "change_contract_template": {"name": "Terms"},
    "preview_contract_template": {},
    "connect_calendar": {"name": "Private", "url": "https://calendar.example.test/me.ics"},
    "change_external_calendar": {"name": "Ours now"},
    "assign": {"contact_ids": ["0193e3a0-5c1e-7d6a-9b6e-3f2a1c0d4e5f"], "title": "Write"},
    "change_assignment": {"title": "Write"},
    "return_assignment": {"comment": "Longer"},
    "submit_assignment": {"text": "Done"},
    "add_assignment_comment": {"body": "Seen"},
    "add_portal_assignment_comment": {"body": "Seen"},
    "add_goal_comment": {"body": "Seen"},
    "add_portal_goal_comment": {"body": "Seen"},
    "create_goal": {"contact_id": "0193e3a0-5c1e-7d6a-9b6e-3f2a1c0d4e5f", "title": "Speak"},
    "create_portal_goal": {"title": "Speak"},
    "change_goal": {"title": "Speak"},
    "change_portal_goal": {"title": "Speak"},
    "add_milestone": {"title": "First talk"},
    "add_portal_milestone": {"title": "First talk"},
    "change_milestone": {"title": "First talk"},
    "change_portal_milestone": {"title": "First talk"},
    "order_milestones": {"milestone_ids": ["0193e3a0-5c1e-7d6a-9b6e-3f2a1c0d4e5f"]},
    "order_portal_milestones": {"milestone_ids": ["0193e3a0-5c1e-7d6a-9b6e-3f2a1c0d4e5f"]},
    "check_in": {"value": 10},
    "portal_check_in": {"value": 10},
    "change_workspace": {"name": "Ours now"},
    "change_profile": {"headline": "Ours now"},
    "create_program": {"name": "Voice"},
    "enroll_contacts": {"contact_ids": ["0193e3a0-5c1e-7d6a-9b6e-3f2a1c0d4e5f"]},
    "adjust_enrollment_credits": {
        "appointment_type_id": "0193e3a0-5c1e-7d6a-9b6e-3f2a1c0d4e5f",
        "amount": 1,
    },
    "change_program": {"name": "Body"},
    "put_email_template": {"subject": "Good news"},
    "preview_email_template": {"subject": "Good news"},
    "read_all_notifications": {"up_to": "0193e3a0-5c1e-7d6a-9b6e-3f2a1c0d4e5f"},
    "read_all_portal_notifications": {"up_to": "0193e3a0-5c1e-7d6a-9b6e-3f2a1c0d4e5f"},
    "change_notification_preferences": {"digest_hour": 18},
    "replace_program_templates": {"goals": [], "assignments": []},
    "invite_member": {"email": "friend@example.test", "role": "coach"},
    "change_member": {"role": "assistant"},
    "change_me": {"name": "Somebody"},
    "change_password": {"current_password": "x", "new_password": "larks over the quiet lake"},
    "request_email_change": {"email": "other@example.test"},
    "switch_space": {"workspace_id": "0193e3a0-5c1e-7d6a-9b6e-3f2a1c0d4e5f"},
}
"""By operationId; those without an entry are asked without a body."""

RAW_BODIES: dict[str, bytes] = {
    **FILE_UPLOADS,
    "put_my_photo": b"\x89PNG",
    "upload_image": b"\x89PNG",
}
"""The same for those who take a picture, or a file, as it is."""
