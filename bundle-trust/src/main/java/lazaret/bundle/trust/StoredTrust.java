package lazaret.bundle.trust;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.MetadataReader;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.SignedMetadata;
import lazaret.bundle.tuf.SigningAuthority;
import lazaret.bundle.tuf.TrustStore;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.ledger.Notice;

/// The trust store in the metadata values of a store. One thread at a time uses it.
public final class StoredTrust implements TrustStore {

  private final Store store;

  /// Creates the trust store of a store.
  public StoredTrust(Store store) {
    this.store = store;
  }

  /// Returns the fingerprint of a root. It does not depend on the signatures.
  ///
  /// @throws BundleException if the file is not a root
  public static Fingerprint fingerprint(Bytes root) {
    return Fingerprint.of(Sha256.of(MetadataReader.root(root).canonical()));
  }

  /// Trusts a first root whose fingerprint a person confirmed, and records it in the ledger.
  ///
  /// @param root the file of a root of any version
  /// @param expected the fingerprint, which the person has from another source than the file
  /// @param now the time
  /// @param by the person who confirms
  /// @return the policy of the root
  /// @throws BundleException `fingerprint-mismatch`, `trust-unusable` if another root is trusted
  ///   already, and the refusals of the root
  public RootPolicy init(Bytes root, Fingerprint expected, Instant now, String by) {
    RootPolicy policy = endorsed(root, expected, now);
    Optional<Bytes> before = read(Roles.ROOT);
    if (before.isPresent() && !before.get().equals(root)) {
      throw new BundleException(
          BundleCode.TRUST_UNUSABLE,
          ("cannot trust the root: root version %d is trusted already; later roots arrive in"
                  + " bundles")
              .formatted(MetadataReader.root(before.get()).content().version()));
    }
    if (before.isEmpty()) {
      RootPolicy.Stream stream = policy.stream();
      String detail =
          "the root of the stream %s (%s) is trusted: version %d, fingerprint %s"
              .formatted(
                  stream.name(),
                  stream.uuid(),
                  MetadataReader.root(root).content().version(),
                  expected.groups());
      store.commit(
          Batch.synced(
              List.of(
                  put(Roles.ROOT, root),
                  new Batch.Write.Append(
                      new Notice(Notice.Kind.ROOT_TRUSTED, now, by, null, null, detail)))));
    }
    return policy;
  }

  /// Verifies a root whose fingerprint a person confirmed. A [lazaret.bundle.tuf.TrustStore] may
  /// start with it.
  ///
  /// @param root the file of a root of any version
  /// @param expected the fingerprint, which the person has from another source than the file
  /// @param now the time
  /// @return the policy of the root
  /// @throws BundleException `fingerprint-mismatch`, and the refusals of the root
  public static RootPolicy endorsed(Bytes root, Fingerprint expected, Instant now) {
    SignedMetadata<Metadata.Root> signed = MetadataReader.root(root);
    Fingerprint found = fingerprint(root);
    if (!found.equals(expected)) {
      throw new BundleException(
          BundleCode.FINGERPRINT_MISMATCH,
          ("cannot trust the root: you typed '%s', and its fingerprint differs in %s; compare them with the"
                  + " paper, and do not continue before you know why")
              .formatted(expected.groups(), expected.differences(found)));
    }
    signed.verifiedBy(
        SigningAuthority.of(signed.content(), Roles.ROOT), new BundleMetadataRule(now));
    return RootPolicy.of(signed.content());
  }

  /// Returns the trusted root, or empty if there is none.
  public Optional<Metadata.Root> root() {
    return read(Roles.ROOT).map(MetadataReader::root).map(SignedMetadata::content);
  }

  @Override
  public Optional<Bytes> read(String role) {
    return store.meta(MetaKey.BUNDLE_TRUST_PREFIX.named(role)).filter(file -> file.length() > 0);
  }

  @Override
  public void write(String role, Bytes file) {
    store.commit(Batch.synced(List.of(put(role, file))));
  }

  /// Replaces the file by an empty value, because the metadata values of a store cannot be removed.
  @Override
  public void remove(String role) {
    write(role, Bytes.EMPTY);
  }

  /// Returns the writes that store the metadata of a bundle, with which the next bundle is
  /// compared.
  ///
  /// @param verified the metadata of the bundle that is published
  /// @param issued the export time in the statement of the bundle
  public List<Batch.Write> published(BundleTrust.Verified verified, Instant issued) {
    List<Batch.Write> writes = new ArrayList<>();
    for (Map.Entry<String, Bytes> file : verified.candidates().entrySet()) {
      writes.add(put(file.getKey(), file.getValue()));
    }
    writes.addAll(accepted(issued));
    return writes;
  }

  /// Returns the writes that raise the clock floor to a signed time; none if it is not below.
  ///
  /// @param issued the export time in the statement of a bundle
  public List<Batch.Write> accepted(Instant issued) {
    return issued.isAfter(clockFloor())
        ? List.of(
            new Batch.Write.PutMeta(MetaKey.BUNDLE_CLOCK_FLOOR, Bytes.utf8(issued.toString())))
        : List.of();
  }

  private static Batch.Write put(String role, Bytes file) {
    return new Batch.Write.PutMeta(MetaKey.BUNDLE_TRUST_PREFIX.named(role), file);
  }

  /// Returns the newest signed time that was accepted, for [ClockFloor]; [Instant#EPOCH] if there
  /// is none.
  ///
  /// @throws BundleException `trust-unusable` if the stored value is malformed
  public Instant clockFloor() {
    Optional<String> text = store.meta(MetaKey.BUNDLE_CLOCK_FLOOR).map(Bytes::text);
    try {
      return text.map(Instant::parse).orElse(Instant.EPOCH);
    } catch (DateTimeParseException e) {
      throw new BundleException(
          BundleCode.TRUST_UNUSABLE, "cannot read the clock floor of the store", e);
    }
  }
}
