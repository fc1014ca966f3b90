//! Reads the registry token where cargo keeps it.
