"""Where editors work before something is published: accounts, drafts and what was done."""
