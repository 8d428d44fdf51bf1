"""The books of every invoice, and the numbers of every series, audited after a race."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

WRONG = text("""
WITH moved AS (
  SELECT invoice.*,
    CASE status WHEN 'void' THEN 0 ELSE total_minor - note.credited END AS owed,
    payment.received, refund.gone, refund.promised, note.credited
  FROM invoices AS invoice
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(amount_minor), 0) AS received FROM payments AS p
    WHERE p.workspace_id = invoice.workspace_id AND p.invoice_id = invoice.id) AS payment
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(amount_minor) FILTER (WHERE r.status = 'succeeded'), 0) AS gone,
      coalesce(sum(amount_minor) FILTER (WHERE r.status <> 'failed'), 0) AS promised
    FROM refunds AS r
    WHERE r.workspace_id = invoice.workspace_id AND r.invoice_id = invoice.id) AS refund
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(total_minor), 0) AS credited FROM credit_notes AS c
    WHERE c.workspace_id = invoice.workspace_id AND c.invoice_id = invoice.id) AS note
  WHERE status <> 'draft'
)
SELECT number, status, total_minor, owed, received, gone, promised, credited, amount_paid_minor,
  amount_due_minor, amount_refunded_minor, amount_credited_minor, unapplied_minor
FROM moved
WHERE promised > received OR credited > total_minor
  OR (amount_refunded_minor, amount_credited_minor) IS DISTINCT FROM (gone, credited)
  OR unapplied_minor <> greatest(received - promised - owed, 0)
  OR (status = 'paid' AND (amount_due_minor, amount_paid_minor) <> (0, least(received, owed)))
  OR (status <> 'paid' AND amount_paid_minor <> least(received - gone, owed))
  OR (status <> 'paid' AND amount_due_minor <> owed - amount_paid_minor)
""")

GAPS = text("""
SELECT workspace_id, series, array_agg(sequence ORDER BY sequence) AS given
FROM (
  SELECT workspace_id, regexp_replace(number, '-[0-9]+$', '') AS series, sequence FROM invoices
  WHERE number IS NOT NULL
  UNION ALL
  SELECT workspace_id, regexp_replace(number, '-[0-9]+$', ''), sequence FROM credit_notes
) AS numbers
GROUP BY workspace_id, series
HAVING (count(*), count(DISTINCT sequence), min(sequence)) <> (max(sequence), max(sequence), 1)
""")


async def audit_invoices(connection: AsyncConnection) -> None:
    """Fail unless each invoice says what its money comes to, and no number is missing or twice."""
    wrong = (await connection.execute(WRONG)).mappings().all()
    gaps = (await connection.execute(GAPS)).mappings().all()
    assert (wrong, gaps) == ([], [])
