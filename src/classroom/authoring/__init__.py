"""Make the lessons: run them, release them, hand them out, keep the question bank."""
