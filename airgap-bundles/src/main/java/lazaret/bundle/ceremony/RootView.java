package lazaret.bundle.ceremony;

import java.nio.file.Path;
import java.time.Instant;
import lazaret.bundle.BundleException;
import lazaret.bundle.keys.KeyFolder;
import lazaret.bundle.keys.RootPlan;
import lazaret.bundle.signing.RootSigningSession;
import lazaret.bundle.signing.SignatureTally;
import lazaret.bundle.trust.BundleTrust;
import lazaret.bundle.trust.Fingerprint;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.trust.StoredTrust;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.MetadataReader;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.SignedMetadata;
import lazaret.vetting.Bytes;

/// A root for display, from any source.
///
/// @param signed the file of the root; its signatures need not suffice
public record RootView(SignedMetadata<Metadata.Root> signed) {
  /// Reads a root from the disk.
  ///
  /// @throws BundleException `metadata-missing`, or the refusal of a file that is not the root of a
  ///   bundle
  public static RootView read(Path file) {
    return of(RootSigningSession.read(file));
  }

  /// Returns a root with a fingerprint confirmed by a person, see [StoredTrust#endorsed].
  ///
  /// @throws BundleException `fingerprint-mismatch`, or the refusal of the root
  public static RootView endorsed(Bytes file, Fingerprint expected, Instant now) {
    RootPolicy _ = StoredTrust.endorsed(file, expected, now);
    return of(file);
  }

  /// Returns the newest root of a folder of keys.
  ///
  /// @throws BundleException `key-unusable` if there is none
  public static RootView of(KeyFolder keys) {
    return new RootView(keys.chain().roots().getLast());
  }

  /// Returns the trusted root of a store.
  ///
  /// @throws BundleException `trust-unusable` if there is none
  public static RootView of(StoredTrust trust) {
    return new RootView(BundleTrust.trustedRoot(trust));
  }

  /// Returns a proposed root.
  public static RootView of(RootProposal proposal) {
    return new RootView(proposal.root());
  }

  /// Returns a root that is being signed.
  public static RootView of(RootSigningSession signing) {
    return of(signing.file());
  }

  /// Returns the root in a file.
  ///
  /// @throws BundleException if it is not the root of a bundle
  public static RootView of(Bytes file) {
    SignedMetadata<Metadata.Root> signed = MetadataReader.root(file);
    RootPolicy _ = RootPolicy.of(signed.content());
    return new RootView(signed);
  }

  /// Returns the content of the root.
  public Metadata.Root root() {
    return signed.content();
  }

  /// Returns the officers and roles of the root.
  public RootPlan plan() {
    return RootPlan.of(root());
  }

  /// Returns the fingerprint that people compare.
  public Fingerprint fingerprint() {
    return StoredTrust.fingerprint(signed.raw());
  }

  /// Returns the signatures of the root by its own officers.
  public SignatureTally tally() {
    return SignatureTally.of(signed, root(), Roles.ROOT);
  }
}
