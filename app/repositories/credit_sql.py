"""The ledger's statements: each adds its entries and moves the account's sums at once.

Two of them about one account at the same time wait for each other at the account's row, and the
second one sees what the first has left.
"""

from sqlalchemy import ARRAY, Uuid, bindparam, text

WORKSPACE = bindparam("workspace_id", type_=Uuid())

RESERVE = text("""
WITH account AS (
  UPDATE credit_accounts
  SET balance = balance - :total, reserved = reserved + :total, updated_at = :at
  WHERE workspace_id = :workspace_id AND enrollment_id = :enrollment_id
    AND appointment_type_id = :appointment_type_id
    AND balance >= :total AND (expires_at IS NULL OR expires_at > :at)
  RETURNING id
)
INSERT INTO credit_entries (workspace_id, id, account_id, kind, amount, seat_id)
SELECT :workspace_id, seat.entry_id, account.id, 'reserve', :amount, seat.id
FROM account, unnest(:seat_ids, :entry_ids) AS seat(id, entry_id)
RETURNING id
""").bindparams(
    WORKSPACE,
    bindparam("enrollment_id", type_=Uuid()),
    bindparam("appointment_type_id", type_=Uuid()),
    bindparam("seat_ids", type_=ARRAY(Uuid())),
    bindparam("entry_ids", type_=ARRAY(Uuid())),
)

END_RESERVATIONS = text("""
WITH ended AS (
  INSERT INTO credit_entries
    (workspace_id, id, account_id, kind, amount, seat_id, reservation_id)
  SELECT reserved.workspace_id, seat.entry_id, reserved.account_id, cast(:kind AS text),
    reserved.amount, reserved.seat_id, reserved.id
  FROM unnest(:seat_ids, :entry_ids) AS seat(id, entry_id)
  JOIN credit_entries AS reserved
    ON reserved.workspace_id = :workspace_id AND reserved.seat_id = seat.id
    AND reserved.kind = 'reserve'
  WHERE NOT EXISTS (
    SELECT FROM credit_entries AS ending
    WHERE ending.workspace_id = reserved.workspace_id AND ending.reservation_id = reserved.id)
  ON CONFLICT (workspace_id, reservation_id) DO NOTHING
  RETURNING account_id, amount
), moved AS (
  SELECT account_id, cast(sum(amount) AS integer) AS amount FROM ended GROUP BY account_id
)
UPDATE credit_accounts
SET reserved = reserved - moved.amount,
  used = used + CASE WHEN cast(:kind AS text) = 'release' THEN 0 ELSE moved.amount END,
  balance = balance + CASE WHEN cast(:kind AS text) = 'release' THEN moved.amount ELSE 0 END,
  updated_at = :at
FROM moved
WHERE credit_accounts.workspace_id = :workspace_id AND credit_accounts.id = moved.account_id
RETURNING moved.amount
""").bindparams(
    WORKSPACE,
    bindparam("seat_ids", type_=ARRAY(Uuid())),
    bindparam("entry_ids", type_=ARRAY(Uuid())),
)

GRANT = text("""
WITH given AS MATERIALIZED (
  SELECT * FROM jsonb_to_recordset(cast(:grants AS jsonb)) AS g(
    account_id uuid, entry_id uuid, enrollment_id uuid, appointment_type_id uuid, unit text,
    amount integer, expires_at timestamptz, position integer)
), opened AS (
  INSERT INTO credit_accounts (workspace_id, id, enrollment_id, appointment_type_id, unit,
    granted, balance, expires_at, position)
  SELECT :workspace_id, account_id, enrollment_id, appointment_type_id, unit, amount, amount,
    expires_at, position
  FROM given
)
INSERT INTO credit_entries (workspace_id, id, account_id, kind, amount)
SELECT :workspace_id, entry_id, account_id, 'grant', amount FROM given
""").bindparams(WORKSPACE)

ADJUST = text("""
WITH account AS (
  UPDATE credit_accounts
  SET balance = balance + :amount, granted = granted + :amount, updated_at = :at,
    expires_at = CASE WHEN :moves_expiry THEN cast(:expires_at AS timestamptz) ELSE expires_at END
  WHERE workspace_id = :workspace_id AND enrollment_id = :enrollment_id
    AND appointment_type_id = :appointment_type_id AND balance + :amount >= 0
  RETURNING id
)
INSERT INTO credit_entries (workspace_id, id, account_id, kind, amount, reason, made_by)
SELECT :workspace_id, :entry_id, account.id, 'adjust', :amount, :reason, :made_by FROM account
RETURNING id
""").bindparams(
    WORKSPACE,
    bindparam("enrollment_id", type_=Uuid()),
    bindparam("appointment_type_id", type_=Uuid()),
    bindparam("entry_id", type_=Uuid()),
    bindparam("made_by", type_=Uuid()),
)

OPEN_ACCOUNT = text("""
INSERT INTO credit_accounts
  (workspace_id, id, enrollment_id, appointment_type_id, unit, position)
VALUES (:workspace_id, :account_id, :enrollment_id, :appointment_type_id, :unit, :position)
ON CONFLICT (workspace_id, enrollment_id, appointment_type_id) DO NOTHING
""").bindparams(
    WORKSPACE,
    bindparam("account_id", type_=Uuid()),
    bindparam("enrollment_id", type_=Uuid()),
    bindparam("appointment_type_id", type_=Uuid()),
)

UNIT = text("""
SELECT unit, expires_at FROM credit_accounts
WHERE workspace_id = :workspace_id AND enrollment_id = :enrollment_id
  AND appointment_type_id = :appointment_type_id
FOR UPDATE
""").bindparams(
    WORKSPACE,
    bindparam("enrollment_id", type_=Uuid()),
    bindparam("appointment_type_id", type_=Uuid()),
)

POSTPONE = text("""
UPDATE credit_accounts
SET expires_at = expires_at + cast(:by AS interval), updated_at = :at
WHERE workspace_id = :workspace_id AND enrollment_id = :enrollment_id AND expires_at IS NOT NULL
""").bindparams(WORKSPACE, bindparam("enrollment_id", type_=Uuid()))
