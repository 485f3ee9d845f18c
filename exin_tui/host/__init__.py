"""What a host needs that serves a vault: keys with their forced commands, the server's configuration, checks."""
