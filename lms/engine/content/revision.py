"""The name of a revision: a hash of nothing but its paths and bytes."""

import hashlib
from collections.abc import Mapping


def blob_hash(data: bytes) -> str:
    """Return the SHA-256 of raw bytes in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def revision_hash(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of the sorted manifest of (path, SHA-256 of the raw bytes)."""
    return manifest_hash({path: blob_hash(data) for path, data in files.items()})


def manifest_hash(blobs: Mapping[str, str]) -> str:
    """Return the name of a revision from its paths and the hashes of their bytes.

    A line of the manifest is the hash, two spaces, the path and a line feed. No path that
    a course may have holds a line feed, so that two trees never share a manifest.
    """
    manifest = "".join(f"{blobs[path]}  {path}\n" for path in sorted(blobs))
    return hashlib.sha256(manifest.encode()).hexdigest()
