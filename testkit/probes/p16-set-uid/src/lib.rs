//! Makes files that run with their owner's rights.
