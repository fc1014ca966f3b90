package lazaret.cli.bundle;

import java.time.Instant;
import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.trust.StoredTrust;
import lazaret.bundle.tuf.Metadata;
import lazaret.vetting.Bytes;

/// The root by which a bundle was verified.
///
/// @param fingerprint the fingerprint of the root that was trusted at the start, in groups
/// @param version the version of the newest root that it leads to
/// @param expires the time at which the newest root expires
record BundleRoot(String fingerprint, long version, Instant expires) {
  /// Returns the root of an inspected bundle.
  ///
  /// @param trusted the file of the root that was trusted at the start
  static BundleRoot of(BundleInspection bundle, Bytes trusted) {
    Metadata.Root newest = bundle.trust().root();
    return new BundleRoot(
        StoredTrust.fingerprint(trusted).groups(), newest.version(), newest.expires());
  }
}
