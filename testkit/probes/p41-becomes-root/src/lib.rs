//! Asks for the rights of root.
