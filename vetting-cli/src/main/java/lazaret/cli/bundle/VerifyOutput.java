package lazaret.cli.bundle;

import lazaret.vetting.deskapi.bundles.BundleInfo;
import lazaret.vetting.json.Inline;

/// The output of `bundle verify --json`.
///
/// @param bundle the metadata of the bundle
/// @param root the root by which the bundle was verified
/// @param checked the contents that were verified
record VerifyOutput(@Inline BundleInfo bundle, BundleRoot root, Contents checked) {
  /// The contents of a bundle.
  ///
  /// @param crates the number of crates
  /// @param versions the number of versions
  /// @param artifacts the number of artifacts
  /// @param bytes their size in bytes
  /// @param elsewhere the number of artifacts that the importing network must have stored
  record Contents(long crates, long versions, long artifacts, long bytes, long elsewhere) {}
}
