"""What the tests of a lesson are worth: tried with right and wrong answers."""
