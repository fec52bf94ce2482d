"""The certificate as a printable document: a Typst template and what it is filled with."""
