//! Looks whether files are there, as honest tools do, and opens none.
