"""Charts as Altair specifications, from view models."""
