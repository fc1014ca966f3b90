//! Types into the terminal of the user who started the build.
