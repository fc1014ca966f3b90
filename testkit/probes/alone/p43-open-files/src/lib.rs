//! Takes memory and touches it until there is no more.
