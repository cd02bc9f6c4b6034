"""Long work: asked for at the desk, done by a runner, told of honestly, whatever becomes of the tab."""
