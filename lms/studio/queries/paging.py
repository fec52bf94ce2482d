"""Addresses outlive lists: a page that is no longer there is the last one."""

from lms.core.web.pagination import PAGE_SIZE


def last_page(wanted: int, total: int) -> int:
    """Return the wanted page, or the last one of a list that has become shorter."""
    return min(wanted, max(1, -(-total // PAGE_SIZE)))
