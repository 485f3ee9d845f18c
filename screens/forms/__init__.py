"""Forms: fields, pages, drafts that outlive them, conflicts."""
