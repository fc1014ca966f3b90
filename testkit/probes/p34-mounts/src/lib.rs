//! Mounts, moves and remounts file systems.
