package lazaret.bundle.keys;

import java.nio.file.Path;
import java.time.Instant;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.MetadataReader;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.Signed;
import lazaret.vetting.Bytes;

/// A root to look at, wherever it comes from.
///
/// @param signed the file; whether its signatures suffice is another matter
public record RootView(Signed<Metadata.Root> signed) {
  /// Reads a root from the disk.
  ///
  /// @throws BundleException `metadata-missing`, or where it is no root of a bundle
  public static RootView read(Path file) {
    return of(RootSigning.read(file));
  }

  /// Takes the root that a person vouches for, see [StoredTrust#vouched].
  ///
  /// @throws BundleException `fingerprint-mismatch`, or what is wrong with the root itself
  public static RootView vouched(Bytes file, Fingerprint expected, Instant now) {
    RootPolicy _ = StoredTrust.vouched(file, expected, now);
    return of(file);
  }

  /// Takes the newest root of a folder of keys.
  ///
  /// @throws BundleException `key-unusable` where there is none
  public static RootView of(KeyFolder keys) {
    return new RootView(keys.chain().roots().getLast());
  }

  /// Takes the root that a store trusts.
  ///
  /// @throws BundleException `trust-unusable` where there is none
  public static RootView of(StoredTrust trust) {
    return new RootView(BundleTrust.trustedRoot(trust));
  }

  /// Takes a root that is proposed.
  public static RootView of(Proposal proposal) {
    return new RootView(proposal.root());
  }

  /// Takes a root that is being signed.
  public static RootView of(RootSigning signing) {
    return of(signing.file());
  }

  /// Takes a root file that a store trusts.
  ///
  /// @throws BundleException if it is not the root of a bundle
  public static RootView of(Bytes file) {
    Signed<Metadata.Root> signed = MetadataReader.root(file);
    RootPolicy _ = RootPolicy.of(signed.content());
    return new RootView(signed);
  }

  /// Returns what it says.
  public Metadata.Root root() {
    return signed.content();
  }

  /// Returns what it says by officers.
  public RootPlan plan() {
    return RootPlan.of(root());
  }

  /// Returns what people compare.
  public Fingerprint fingerprint() {
    return StoredTrust.fingerprint(signed.raw());
  }

  /// Returns which of its own officers have signed it.
  public Tally tally() {
    return Tally.of(signed, root(), Roles.ROOT);
  }
}
