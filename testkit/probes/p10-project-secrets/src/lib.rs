//! Reads what must not be read in the project itself.
