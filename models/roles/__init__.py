"""Who may do what, and whom a session does not see."""
