"""Scene to display list to raster or vector."""
