"""What changes something: each workflow takes the open store, what a person gave, who it is and what time it is."""
