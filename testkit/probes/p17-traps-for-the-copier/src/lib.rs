//! Leaves links, pipes and devices where the artifact is expected.
