"""How many statements pages and posts cost: few, and as many with 300 rows as with 3."""
