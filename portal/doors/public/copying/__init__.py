"""A static copy of the public site: asked of the public door page by page, so it can hold nothing else."""
