//! Tries the calls by which kernels were broken and machines changed, with arguments that do nothing.
