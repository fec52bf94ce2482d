"""People, how they sign in, and what they were granted."""
