"""What a session leaves behind, from an empty form to the records (R94-R102, R133, R134).

1. `form.py` makes a `WrapForm`: what is known of the session, and what is asked of it.
2. `form_text.py` prints it with its answers in it; `draft.py` keeps what is typed until it is
   saved, and adds what `live` kept.
3. `reading.py` makes a `HandedInWrap` of what comes back, form or YAML: a `Wrap`, and the line of
   each of its values.
4. `check.py` holds it against the dossier and gathers every fault. What it means is then settled in
   a `CheckedWrap`: days, goals, questions asked, the question that went home.
5. `save.py` saves that in one transaction, as a `WrapRecord` and the records beside it, and gives
   the sheet and the hints.
"""
