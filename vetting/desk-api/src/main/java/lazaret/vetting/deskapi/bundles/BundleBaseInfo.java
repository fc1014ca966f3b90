package lazaret.vetting.deskapi.bundles;

import lazaret.vetting.crates.Sha256;

/// A snapshot that a delta applies to.
///
/// @param sequence the sequence
/// @param stateRoot the state root
public record BundleBaseInfo(long sequence, Sha256 stateRoot) {}
