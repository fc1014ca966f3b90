//! Plants what a developer's tools run later.
