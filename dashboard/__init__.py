"""The screens. A page asks a query, hands the answer to a pure view model, and places widgets."""
