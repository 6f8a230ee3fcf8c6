"""The records of a practice: each kind declared once, with its columns and what they may hold.

A record is one row of its table, frozen. `id` and `number` are left out when a record is made; the
store gives them. What a record says about others (a rating about its session's number) is looked up
in the `Dossier`. `fields.py` explains the types; rules that reach beyond one row are in
`schema.py`, and `kinds.py` lists every kind with its table.
"""
