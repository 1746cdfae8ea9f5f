"""Articles whose every sentence is a tracked claim."""
