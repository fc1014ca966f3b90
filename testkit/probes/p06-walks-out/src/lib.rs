//! Leaves the project by .., absolute paths and links of /proc.
