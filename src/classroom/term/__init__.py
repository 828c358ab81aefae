"""Change a course in mid-term: dates, points, cells, lessons; what a person gave by hand stays."""
