"""The professional network and its gatherings: members, programme, attendance, tasks, what was sent outside."""
