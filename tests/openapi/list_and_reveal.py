"""Lists the entries of a project and reveals each, by a client generated from the served document.

Prints a line for each: its variable, environment and value.
"""

import sys

from client.api.entries import list_entries, reveal_entry
from client.client import AuthenticatedClient

url, key, project = sys.argv[1:]
with AuthenticatedClient(base_url=url, token=key, raise_on_unexpected_status=True) as client:
    cursor = None
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = list_entries.sync(client=client, project_name=project, limit=1, **more)
        for entry in page.data:
            revealed = reveal_entry.sync(client=client, id=entry.id).data
            print(revealed.env_var_name, entry.environment.value, revealed.value)
        cursor = page.next_cursor
        if cursor is None:
            break
