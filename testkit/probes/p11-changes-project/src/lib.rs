//! Changes the project's own files.
