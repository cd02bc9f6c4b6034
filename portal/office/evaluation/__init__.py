"""Evaluation: periods, the cadre's own account, frozen dossiers, what a council did with opinions."""
