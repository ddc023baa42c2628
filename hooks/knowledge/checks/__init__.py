"""What `make check` says."""
