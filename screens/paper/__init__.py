"""What is printed, and reading a document."""
