"""In-app notices, e-mail, digests and the preferences of their readers."""
