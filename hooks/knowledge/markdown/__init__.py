"""Our extensions of Python-Markdown."""
