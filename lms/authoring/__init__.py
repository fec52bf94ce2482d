"""From a folder of Markdown to a published revision and back."""
