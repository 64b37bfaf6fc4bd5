"""Where tags begin, without labels. The figures behind the numbers are in docs/tagging.md."""

LINE = 0.78
"""A topic below it is not given."""
NEXT_LINE = 1.15
"""Second and third topics need more."""
MARGIN = 0.35
"""How far behind the best topic another may stay."""
MOST_TAGS = 3
CLEARLY = 1.0
"""From here a tag without any contradiction counts without a person."""
ASK_NEAR = 0.12
"""A post without a tag is sent to a person when its best topic stays this near below the line."""
