//! Prints without end.
