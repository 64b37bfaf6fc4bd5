"""A site's page template: learned from a few pages that were read carefully, applied to the others at parser speed."""
