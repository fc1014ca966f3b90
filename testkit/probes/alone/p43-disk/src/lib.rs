//! Fills every folder that it can write, by size and by number of files.
