"""What the words of the product mean: types and rules, standard library only, no input or output."""
