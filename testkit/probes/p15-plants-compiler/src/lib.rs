//! Leaves programs named like compilers where a later build looks first.
