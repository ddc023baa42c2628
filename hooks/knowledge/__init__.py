"""What the site is, in plain Python that imports no MkDocs: one module per noun."""
