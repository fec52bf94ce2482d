"""What is published: courses, their revisions, and the pages that show them to everyone."""
