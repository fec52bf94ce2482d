"""What administrators change about the site itself."""
