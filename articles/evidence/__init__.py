"""What stands behind citations: sources fetched, copies kept, quotes looked for in them."""
