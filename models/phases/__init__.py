"""The six phases: periods, release, and reviews that a move owes."""
