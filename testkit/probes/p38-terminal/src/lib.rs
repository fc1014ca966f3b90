//! Types into the terminal of whoever started the build.
