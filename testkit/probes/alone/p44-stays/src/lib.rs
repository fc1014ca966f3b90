//! Stays: ignores requests to end, leaves daemons, keeps standard output open.
