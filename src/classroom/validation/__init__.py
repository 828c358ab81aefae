"""The Validate button: a learner's notebook run from the top, and what that says."""
