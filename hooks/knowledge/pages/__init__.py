"""What a template is given: one view of a page."""
