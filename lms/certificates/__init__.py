"""Awards, eligibilities, certificates and their verification."""
