"""A practice's five thousand invoices, to see how PostgreSQL finds some of them."""

INVOICE_SEEDS = (
    """
INSERT INTO invoices (workspace_id, id, contact_id, status, number, sequence, currency, issued_on,
  due_on, seller, buyer, total_minor, subtotal_minor, amount_due_minor)
SELECT workspace_id, gen_random_uuid(), id, state, 'INV-2026-' || email, 1, 'EUR',
  current_date - 30, current_date - ascii(md5(email)) + 80, '{}', '{}', 100, 100,
  CASE state WHEN 'open' THEN 100 ELSE 0 END
FROM contacts, LATERAL (
  SELECT (ARRAY['open', 'paid', 'void'])[1 + ascii(md5(email)) % 3] AS state) AS states
WHERE workspace_id = :workspace_id
""",
    """
INSERT INTO invoice_lines (workspace_id, id, invoice_id, position, description, quantity,
  unit_amount_minor, tax_rate, net_minor, discount_minor)
SELECT workspace_id, gen_random_uuid(), id, 0, 'Coaching', 1, 100, 0, 100, 0
FROM invoices WHERE workspace_id = :workspace_id
""",
    """
INSERT INTO payments (workspace_id, id, invoice_id, contact_id, method, currency, amount_minor,
  received_on)
SELECT workspace_id, gen_random_uuid(), id, contact_id, 'cash', 'EUR', 100, current_date
FROM invoices WHERE workspace_id = :workspace_id AND status = 'paid'
""",
)

INVOICE_LISTS = [
    "/v1/invoices",
    "/v1/invoices?status=open",
    "/v1/invoices?status=overdue",
    "/v1/invoices?contact_id={contact_id}",
]

INVOICE_TABLES = {"invoices", "invoice_lines", "payments"}
