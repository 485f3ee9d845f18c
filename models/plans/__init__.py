"""What is agreed: appointments, tasks, applications, and the agenda made of them."""
