package lazaret.cli.bundle;

import lazaret.vetting.deskapi.bundles.BundleInfo;
import lazaret.vetting.json.Inline;

/// The output of `bundle inspect --json`.
///
/// @param bundle the metadata of the bundle
/// @param root the root by which the metadata was verified
/// @param trusted whether the user named the root
record InspectOutput(@Inline BundleInfo bundle, BundleRoot root, boolean trusted) {}
