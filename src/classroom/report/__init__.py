"""What a class understood of a lesson: for the table, the page and the CSV files of a report."""
