"""Public addresses of certificates, for mails, documents and status records."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Links:
    """Addresses that start with the site's public one; they work outside of a request too."""

    base_url: str

    def verification(self, code: str) -> str:
        """Where anyone can verify a certificate."""
        return f"{self.base_url}/verify/{code}"

    def record(self, code: str) -> str:
        """Where a program can read the state of a certificate."""
        return f"{self.verification(code)}.json"

    @property
    def mine(self) -> str:
        """Where a holder finds all of them."""
        return f"{self.base_url}/certificates"
