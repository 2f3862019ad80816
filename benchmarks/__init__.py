"""Speed, as ratios within one run (`make bench`). The bounds are those that the project set itself."""
