"""`python -m bamsat` is the same as `bamsat`."""

from bamsat.cli import main

main()
