"""Documents as PDF: typeset, taken in, marked, sealed and checked; in processes of their own."""
