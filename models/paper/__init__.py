"""What can be printed: one model of a document, made into a PDF or into lines of text."""
