//! Reads credentials under the home folders that it can find.
