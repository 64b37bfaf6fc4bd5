"""Coverage as files that people send: one summary, computed once, written in many formats."""
