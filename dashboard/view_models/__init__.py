"""What a page shows, decided without a screen: pure functions of what queries give."""
