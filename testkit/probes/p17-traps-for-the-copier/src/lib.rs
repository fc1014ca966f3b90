//! Leaves links, pipes and devices where the artefact is expected.
