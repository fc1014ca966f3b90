package lazaret.bundle.trust;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.FolderMetadataSource;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.MetadataReader;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.SignedMetadata;
import lazaret.bundle.tuf.SigningAuthority;
import lazaret.bundle.tuf.TrustStore;
import lazaret.bundle.tuf.TufClient;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;

/// The verification of the metadata of a bundle against a trust store.
public final class BundleTrust {
  private final TrustStore store;
  private final FolderMetadataSource source;
  private final Instant now;
  private final Candidates candidates;

  private BundleTrust(TrustStore store, FolderMetadataSource source, Instant now) {
    this.store = store;
    this.source = source;
    this.now = now;
    this.candidates = new Candidates(store);
  }

  /// The verified metadata of a bundle.
  ///
  /// @param root the newest root, which is in the trust store now
  /// @param policy the policy of that root
  /// @param targets the metadata of the top-level targets role
  /// @param delegated the metadata of delegated roles by role name
  /// @param candidates the files of timestamp, snapshot, targets and delegated roles by role name.
  ///   They must be stored in the batch that publishes the bundle.
  public record Verified(
      Metadata.Root root,
      RootPolicy policy,
      Metadata.Targets targets,
      Map<String, Metadata.Targets> delegated,
      Map<String, Bytes> candidates) {
    /// Copies the maps.
    public Verified {
      delegated = Map.copyOf(delegated);
      candidates = Map.copyOf(candidates);
    }

    /// Returns the description of a target in the top-level targets role.
    public Optional<Metadata.TargetFile> target(String path) {
      return Optional.ofNullable(targets.targets().get(path));
    }
  }

  /// Verifies the metadata of a bundle. Each verified root is stored at once; the files of the
  /// other roles are returned as candidates.
  ///
  /// @param store the trust store, with at least a root, see [StoredTrust]
  /// @param source the metadata of the bundle
  /// @param clock the clock, read once; see [ClockFloor]
  /// @throws BundleException if the bundle is refused
  public static Verified refresh(TrustStore store, FolderMetadataSource source, Clock clock) {
    try {
      return new BundleTrust(store, source, clock.instant()).refresh();
    } catch (IOException e) {
      throw new IllegalStateException("files in memory cannot be read", e);
    }
  }

  private Verified refresh() throws IOException {
    checkRoots(trustedRoot(store));
    TufClient client =
        TufClient.refreshed(
            candidates, source, Clock.fixed(now, ZoneOffset.UTC), new BundleMetadataRule(now));
    Map<String, Metadata.Targets> delegated = delegated(client);
    notOlder(client.root());
    return new Verified(
        client.root(), RootPolicy.of(client.root()), client.targets(), delegated, candidates.files);
  }

  /// Returns the trusted root of a store.
  ///
  /// @throws BundleException `trust-unusable` if there is none
  public static SignedMetadata<Metadata.Root> trustedRoot(TrustStore store) {
    return MetadataReader.root(
        store
            .read(Roles.ROOT)
            .orElseThrow(
                () ->
                    new BundleException(
                        BundleCode.TRUST_UNUSABLE,
                        "cannot verify a bundle: no root is trusted; run 'vetting-cli trust init"
                            + " --root FILE --fingerprint WORDS' first")));
  }

  /// Checks the roots of a bundle. A bundle contains every root from the first one, so a missing or
  /// different root indicates tampering.
  private void checkRoots(SignedMetadata<Metadata.Root> trusted) {
    long known = trusted.content().version();
    long newest =
        source.names().stream()
            .filter(name -> name.endsWith(".root.json"))
            .mapToLong(name -> Long.parseLong(name.substring(0, name.indexOf('.'))))
            .max()
            .orElseThrow(
                () ->
                    new BundleException(
                        BundleCode.METADATA_MISSING,
                        "cannot verify a bundle: it has no root metadata"));
    if (newest < known) {
      throw new BundleException(
          BundleCode.METADATA_ROLLBACK,
          "cannot use the root metadata: version %d is trusted, the newest of the bundle is %d"
              .formatted(known, newest));
    }
    for (long version = known + 1; version <= newest; version++) {
      if (source.file(version + ".root.json").isEmpty()) {
        throw new BundleException(
            BundleCode.ROOT_VERSION_GAP,
            "cannot follow the root from version %d to %d: %d is missing"
                .formatted(known, newest, version));
      }
    }
    source
        .file(known + ".root.json")
        .map(MetadataReader::root)
        .ifPresent(
            same -> {
              sameStream(trusted, same);
              sameContent(trusted, same);
            });
  }

  /// Refuses a bundle of another stream with a message of its own, because the user may have taken
  /// the wrong medium.
  private static void sameStream(
      SignedMetadata<Metadata.Root> trusted, SignedMetadata<Metadata.Root> found) {
    RootPolicy.Stream ours = RootPolicy.of(trusted.content()).stream();
    RootPolicy.Stream theirs;
    try {
      theirs = RootPolicy.of(found.content()).stream();
    } catch (BundleException _) {
      // A later check reports the error.
      return;
    }
    if (!theirs.uuid().equals(ours.uuid())) {
      throw new BundleException(
          BundleCode.BUNDLE_WRONG_STREAM,
          "cannot use a bundle of the stream '%s' (%s): trusted is the stream '%s' (%s)"
              .formatted(theirs.name(), theirs.uuid(), ours.name(), ours.uuid()));
    }
  }

  private Map<String, Metadata.Targets> delegated(TufClient client) throws IOException {
    Map<String, Metadata.Targets> delegated = new LinkedHashMap<>();
    Optional<Metadata.Delegations> delegations = client.targets().delegations();
    if (delegations.isEmpty()) {
      return delegated;
    }
    for (Metadata.Delegation delegation : delegations.get().roles()) {
      Optional<Metadata.Targets> role = client.delegated(delegation.name());
      if (role.isPresent()) {
        role.get().targets().keySet().forEach(path -> authorized(path, delegation));
        delegated.put(delegation.name(), role.get());
      }
    }
    return delegated;
  }

  private static void authorized(String path, Metadata.Delegation delegation) {
    if (!delegation.paths().contains(path)) {
      throw new BundleException(
          BundleCode.ROLE_NOT_AUTHORIZED,
          "cannot use '%s': the role '%s' is not authorized for it"
              .formatted(Excerpt.of(path), delegation.name()));
    }
  }

  /// Compares the new metadata with the stored metadata. Stored files that no current key signed
  /// belong to an earlier epoch and are ignored (§5.3.11 of the specification).
  private void notOlder(Metadata.Root root) {
    kept(Roles.TIMESTAMP, root, MetadataReader::timestamp)
        .ifPresent(kept -> newer(kept, MetadataReader.timestamp(candidate(Roles.TIMESTAMP))));
    Optional<SignedMetadata<Metadata.Snapshot>> snapshot =
        kept(Roles.SNAPSHOT, root, MetadataReader::snapshot);
    if (snapshot.isEmpty()) {
      return;
    }
    SignedMetadata<Metadata.Snapshot> next = MetadataReader.snapshot(candidate(Roles.SNAPSHOT));
    Map<String, Metadata.MetaFile> files = next.content().files();
    snapshot
        .get()
        .content()
        .files()
        .forEach(
            (name, had) -> {
              long found =
                  Optional.ofNullable(files.get(name)).map(Metadata.MetaFile::version).orElse(0L);
              if (found < had.version()) {
                throw rollback("'" + Excerpt.of(name) + "' in the snapshot", had.version(), found);
              }
            });
    newer(snapshot.get(), next);
    store
        .read(Roles.TARGETS)
        .map(file -> MetadataReader.targets(file, Roles.TARGETS))
        .ifPresent(
            kept -> newer(kept, MetadataReader.targets(candidate(Roles.TARGETS), Roles.TARGETS)));
  }

  private <M extends Metadata> Optional<SignedMetadata<M>> kept(
      String role,
      Metadata.Root root,
      java.util.function.Function<Bytes, SignedMetadata<M>> reader) {
    return store
        .read(role)
        .map(reader)
        .filter(file -> !file.signedBy(SigningAuthority.of(root, role)).isEmpty());
  }

  private Bytes candidate(String role) {
    return Optional.ofNullable(candidates.files.get(role))
        .orElseThrow(() -> new IllegalStateException("a refresh without " + role));
  }

  private static <M extends Metadata> void newer(SignedMetadata<M> kept, SignedMetadata<M> next) {
    if (next.content().version() < kept.content().version()) {
      throw rollback(next.what(), kept.content().version(), next.content().version());
    }
    if (next.content().version() == kept.content().version()) {
      sameContent(kept, next);
    }
  }

  private static <M extends Metadata> void sameContent(
      SignedMetadata<M> kept, SignedMetadata<M> next) {
    if (!kept.canonical().equals(next.canonical())) {
      throw new BundleException(
          BundleCode.METADATA_CONTENT_CHANGED,
          "cannot use %s: its version %d is known with other content"
              .formatted(next.what(), kept.content().version()));
    }
  }

  private static BundleException rollback(String what, long known, long found) {
    return new BundleException(
        BundleCode.METADATA_ROLLBACK,
        "cannot use %s: version %d is known, this is version %d".formatted(what, known, found));
  }

  /// A trust store that shows only the stored root, so that all other metadata comes from the
  /// medium.
  private static final class Candidates implements TrustStore {
    private final TrustStore store;
    private final Map<String, Bytes> files = new HashMap<>();

    Candidates(TrustStore store) {
      this.store = store;
    }

    @Override
    public Optional<Bytes> read(String role) {
      return role.equals(Roles.ROOT) ? store.read(role) : Optional.ofNullable(files.get(role));
    }

    @Override
    public void write(String role, Bytes file) {
      if (role.equals(Roles.ROOT)) {
        store.write(role, file);
      } else {
        files.put(role, file);
      }
    }

    @Override
    public void remove(String role) {
      files.remove(role);
    }
  }
}
