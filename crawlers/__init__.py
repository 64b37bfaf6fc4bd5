"""Channels → posts: only registered official outlets, gently, each post once, one CrawlRun for each look."""
