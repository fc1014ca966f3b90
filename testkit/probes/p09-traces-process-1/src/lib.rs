//! Attaches to process 1, reads its memory and takes its descriptors.
