"""Refreshes repositories in folders with python3-tuf, one line of verdict each.

Arguments: the moment of the refresh as seconds since 1970, and a folder of cases. A case is a folder with `kept` (what was
trusted before, as python3-tuf keeps it) and `metadata` (what the repository has).
"""
import datetime
import json
import os
import sys

from tuf.api.exceptions import DownloadHTTPError
from tuf.ngclient import FetcherInterface, Updater


class FolderFetcher(FetcherInterface):
    def __init__(self, folder):
        self.folder = folder

    def _fetch(self, url):
        path = os.path.join(self.folder, url.rsplit("/", 1)[1])
        if not os.path.isfile(path):
            raise DownloadHTTPError("not there", 404)
        with open(path, "rb") as file:
            return iter([file.read()])


def refresh(case, now):
    client = Updater(
        os.path.join(case, "kept"), "http://localhost/", fetcher=FolderFetcher(os.path.join(case, "metadata"))
    )
    trusted = client._trusted_set
    trusted.reference_time = now
    client.refresh()
    targets = {
        path: [file.length, dict(sorted(file.hashes.items()))] for path, file in sorted(trusted.targets.targets.items())
    }
    versions = [trusted[role].version for role in ("root", "timestamp", "snapshot", "targets")]
    return json.dumps([versions, targets], separators=(",", ":"), ensure_ascii=True)


moment = datetime.datetime.fromtimestamp(int(sys.argv[1]), datetime.timezone.utc)
for name in sorted(os.listdir(sys.argv[2])):
    try:
        print(name, "takes", refresh(os.path.join(sys.argv[2], name), moment))
    except Exception as refusal:  # whatever it stumbles over, it does not take it
        why = str(refusal) + " " + str(refusal.__cause__ or "")
        print(name, "refuses", type(refusal).__name__, why.replace("\n", " ")[:160])
