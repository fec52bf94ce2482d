"""The demo of `make run`: people and their doings, never content. Nothing else imports it."""
