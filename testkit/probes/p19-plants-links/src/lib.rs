//! Leaves links on the places that the next run mounts or writes.
