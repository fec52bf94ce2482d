"""What all pages share: sign-in, headers, errors, languages, paging."""
