package lazaret.bundle.tuf;

import java.time.Instant;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import org.jspecify.annotations.Nullable;

/// The metadata that is trusted so far, and the checks of the client workflow for the next file
/// (TUF specification, §5). It reads and stores no files. Not thread-safe.
public final class TrustedMetadata {
  private final Instant now;
  private final RoleRule rule;
  private Metadata.Root root;
  private Metadata.@Nullable Timestamp timestamp;
  private Metadata.@Nullable Snapshot snapshot;

  /// Starts with a root that was trusted before (§5.2).
  ///
  /// @param now the fixed start time of the update (§5.1)
  /// @throws BundleException if the file is not a root, or did not sign itself
  public TrustedMetadata(Bytes root, Instant now, RoleRule rule) {
    this.now = now;
    this.rule = rule;
    SignedMetadata<Metadata.Root> signed = MetadataReader.root(root);
    this.root = signed.verifiedBy(SigningAuthority.of(signed.content(), Roles.ROOT), rule);
  }

  Metadata.Root root() {
    return root;
  }

  /// Verifies and adopts the next root (§5.3.4 to 5.3.6).
  ///
  /// @return whether the keys of timestamp or snapshot changed. The caller must then remove the
  ///   stored files of these roles, so that versions raised with stolen old keys have no effect
  ///   (§5.3.11).
  boolean nextRoot(Bytes file) {
    SignedMetadata<Metadata.Root> signed = MetadataReader.root(file);
    long expected = root.version() + 1;
    long found = signed.content().version();
    if (found != expected) {
      throw new BundleException(
          BundleCode.METADATA_VERSION_MISMATCH,
          "cannot follow root version %d: expected version %d, found %d"
              .formatted(root.version(), expected, found));
    }
    Metadata.Root next = signed.content();
    Optional<BundleException> before = unsigned(signed, root);
    Optional<BundleException> itself = unsigned(signed, next);
    if (before.isPresent() && itself.isPresent()) {
      throw before.get();
    }
    before.ifPresent(e -> chainBroken(e, "the previous root did not sign it"));
    itself.ifPresent(e -> chainBroken(e, "it did not sign itself"));
    boolean rotated =
        !sameSigners(root, next, Roles.TIMESTAMP) || !sameSigners(root, next, Roles.SNAPSHOT);
    root = next;
    return rotated;
  }

  /// Returns the exception if a root lacks signatures of the signers of another root, or empty.
  private Optional<BundleException> unsigned(
      SignedMetadata<Metadata.Root> signed, Metadata.Root by) {
    try {
      signed.verifiedBy(SigningAuthority.of(by, Roles.ROOT), rule);
      return Optional.empty();
    } catch (BundleException e) {
      if (e.reason() == BundleCode.SIGNATURE_THRESHOLD) {
        return Optional.of(e);
      }
      throw e;
    }
  }

  private static void chainBroken(BundleException e, String how) {
    throw new BundleException(BundleCode.ROOT_CHAIN_BROKEN, e.getMessage() + "; " + how, e);
  }

  /// Compares signers by key material, so that an id that now means another key counts as changed.
  private static boolean sameSigners(Metadata.Root before, Metadata.Root after, String role) {
    return before.signers(role).keyIds().stream()
        .allMatch(
            id ->
                after.signers(role).keyIds().contains(id)
                    && isSameKey(before.keys().get(id), after.keys().get(id)));
  }

  private static boolean isSameKey(@Nullable TufKey before, @Nullable TufKey after) {
    if (before == null || after == null) {
      // A root may name an id without a key; such an id cannot sign.
      return before == null && after == null;
    }
    return before.isSameKeyAs(after);
  }

  /// Refuses an expired root (§5.3.10). Only the last root of the chain is checked.
  void finishRoot() {
    expiry("the root metadata", root);
  }

  /// Verifies and adopts a timestamp (§5.4).
  ///
  /// @return false if its version is the one that is already trusted, which is kept
  boolean timestamp(Bytes file) {
    SignedMetadata<Metadata.Timestamp> signed = MetadataReader.timestamp(file);
    Metadata.Timestamp next = signed.verifiedBy(by(Roles.TIMESTAMP), rule);
    Metadata.Timestamp before = timestamp;
    if (before != null) {
      notOlder("the timestamp metadata", before.version(), next.version());
      if (next.version() == before.version()) {
        return false;
      }
      notOlder(
          "the snapshot that the timestamp names",
          before.snapshot().version(),
          next.snapshot().version());
    }
    // An expired timestamp is kept too: later versions are compared with it.
    timestamp = next;
    expiry("the timestamp metadata", next);
    return true;
  }

  /// Returns the version, length and digests of the expected snapshot.
  Metadata.MetaFile expectedSnapshot() {
    return currentTimestamp().snapshot();
  }

  private Metadata.Timestamp currentTimestamp() {
    Metadata.Timestamp current = timestamp;
    if (current == null) {
      throw new IllegalStateException("snapshot before timestamp");
    }
    expiry("the timestamp metadata", current);
    return current;
  }

  /// Verifies and adopts a snapshot (§5.5).
  ///
  /// @param kept whether the file comes from the trust store. Its digest is then not checked,
  ///   because the timestamp may name a newer one by now.
  void snapshot(Bytes file, boolean kept) {
    Metadata.MetaFile expected = expectedSnapshot();
    if (!kept) {
      TargetDigests.check("the snapshot metadata", file, expected);
    }
    SignedMetadata<Metadata.Snapshot> signed = MetadataReader.snapshot(file);
    Metadata.Snapshot next = signed.verifiedBy(by(Roles.SNAPSHOT), rule);
    Metadata.Snapshot before = snapshot;
    if (before != null) {
      before
          .files()
          .forEach(
              (name, had) ->
                  // A role that is dropped could be brought back in an older version (CVE-2025-2887
                  // of tough).
                  notOlder(
                      "'" + Excerpt.of(name) + "' in the snapshot metadata",
                      had.version(),
                      Optional.ofNullable(next.files().get(name))
                          .map(Metadata.MetaFile::version)
                          .orElse(0L)));
    }
    snapshot = next;
    versionIs("the snapshot metadata", expected.version(), next.version());
    expiry("the snapshot metadata", next);
  }

  /// Returns the version, length and digests of a targets file, or empty if the snapshot does not
  /// name the role.
  Optional<Metadata.MetaFile> expectedTargets(String role) {
    return Optional.ofNullable(currentSnapshot().files().get(role + ".json"));
  }

  private Metadata.Snapshot currentSnapshot() {
    Metadata.Snapshot current = snapshot;
    if (current == null) {
      throw new IllegalStateException("targets before snapshot");
    }
    return current;
  }

  /// Verifies the metadata of the top-level targets role (§5.6).
  Metadata.Targets targets(Bytes file) {
    SignedMetadata<Metadata.Targets> signed = expected(file, Roles.TARGETS);
    return current(signed, signed.verifiedBy(by(Roles.TARGETS), rule));
  }

  /// Verifies the metadata of a delegated role (§5.6.7). It is verified again for each delegator,
  /// because delegators may name different keys for one role.
  Metadata.Targets delegated(
      Bytes file, Metadata.Delegation delegation, Metadata.Delegations delegator) {
    SignedMetadata<Metadata.Targets> signed = expected(file, delegation.name());
    var by = new SigningAuthority(root, delegation.name(), delegation.signers(), delegator.keys());
    return current(signed, signed.verifiedBy(by, rule));
  }

  private SignedMetadata<Metadata.Targets> expected(Bytes file, String role) {
    SignedMetadata<Metadata.Targets> signed = MetadataReader.targets(file, role);
    Metadata.MetaFile expected =
        expectedTargets(role)
            .orElseThrow(
                () ->
                    new BundleException(
                        BundleCode.ROLE_NOT_AUTHORIZED,
                        "cannot use " + signed.what() + ": the snapshot does not name it"));
    TargetDigests.check(signed.what(), file, expected);
    versionIs(signed.what(), expected.version(), signed.content().version());
    return signed;
  }

  private Metadata.Targets current(
      SignedMetadata<Metadata.Targets> signed, Metadata.Targets targets) {
    expiry(signed.what(), targets);
    return targets;
  }

  private SigningAuthority by(String role) {
    return SigningAuthority.of(root, role);
  }

  private void expiry(String what, Metadata metadata) {
    if (!metadata.expires().isAfter(now)) {
      throw new BundleException(
          BundleCode.METADATA_EXPIRED,
          "cannot use %s version %d: it expired at %s, it is %s now"
              .formatted(what, metadata.version(), metadata.expires(), now));
    }
  }

  private static void notOlder(String what, long before, long next) {
    if (next < before) {
      throw new BundleException(
          BundleCode.METADATA_ROLLBACK,
          "cannot use %s: version %d was seen before, this is version %d"
              .formatted(what, before, next));
    }
  }

  private static void versionIs(String what, long expected, long found) {
    if (expected != found) {
      throw new BundleException(
          BundleCode.METADATA_VERSION_MISMATCH,
          "cannot use %s: expected version %d, found %d".formatted(what, expected, found));
    }
  }
}
