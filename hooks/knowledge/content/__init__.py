"""What the site is made of: articles and the data files beside them, as they are read."""
