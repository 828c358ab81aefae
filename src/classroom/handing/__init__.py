"""Hand out to learners, and take in what they hand in."""
