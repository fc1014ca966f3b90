//! Looks for secrets in its own environment.
