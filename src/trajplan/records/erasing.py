"""Everything about one client taken out of the practice, beyond recall (R119)."""

from __future__ import annotations

from trajplan.errors import StoreFault
from trajplan.records import belongings
from trajplan.records.store import Store


def erase(store: Store, client_id: int) -> dict[str, int]:
    """Delete a client with all that belongs to them; return how many rows of each table went.

    The schema's cascades do the deleting: its guards of what is append-only let a row go with its
    client and in no other way, so none of them has to be lifted. `store.rewrite` is to follow when
    the transaction is over. Raises StoreFault when a row would have stayed behind.
    """
    # The words are overwritten where they stood, so that they are gone from the moment of commit.
    store.run("PRAGMA secure_delete = ON")
    found = belongings.of_client(store, client_id)
    store.run("DELETE FROM clients WHERE id = ?", (client_id,))
    left = belongings.still_there(store, found)
    if left:
        raise StoreFault(
            f"{left} records would have stayed behind, so nothing was erased from {store.path}"
        )
    return {table: len(ids) for table, ids in found.items() if ids}
