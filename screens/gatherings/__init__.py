"""The professional network: gatherings, members, attendance, tasks with their answers."""
