"""What everything else rests on: languages, problems, the cache, the worker. It imports nothing of ours."""
