package lazaret.bundle.tuf;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;

/// A client that performs the workflow of the TUF specification (§5): from a trusted root to the
/// length and digests of a target. Each verified file is written to a [TrustStore] at once, and the
/// next update is compared with it. Not thread-safe.
public final class TufClient {
  private static final long MOST_ROOT = 512 << 10;
  private static final long MOST_TIMESTAMP = 64 << 10;
  private static final long MOST_SNAPSHOT = 2 << 20;
  private static final long MOST_TARGETS = 5 << 20;
  private static final int MOST_ROOTS = 1024;
  private static final int MOST_DELEGATIONS = 32;

  private final TrustStore store;
  private final MetadataSource source;
  private final TrustedMetadata trusted;
  private final Metadata.Targets targets;

  private TufClient(TrustStore store, MetadataSource source, Clock clock, RoleRule rule)
      throws IOException {
    this.store = store;
    this.source = source;
    Bytes root =
        store
            .read(Roles.ROOT)
            .orElseThrow(
                () ->
                    new BundleException(
                        BundleCode.TRUST_UNUSABLE,
                        "cannot verify metadata: no root is trusted; begin with the root of which you"
                            + " have the fingerprint of"));
    this.trusted = new TrustedMetadata(root, clock.instant(), rule);
    updateRoot();
    updateTimestamp();
    updateSnapshot();
    this.targets = updateTargets();
  }

  /// Updates the trusted metadata from a repository.
  ///
  /// @param store the trust store, with at least a root; receives each verified file
  /// @param source the metadata of the repository
  /// @param clock the clock, read once at the beginning (§5.1)
  /// @throws BundleException if the repository is refused; files that were verified before stay in
  ///   the store
  /// @throws IOException if the source cannot be read
  public static TufClient refreshed(TrustStore store, MetadataSource source, Clock clock)
      throws IOException {
    return new TufClient(store, source, clock, RoleRule.NONE);
  }

  /// Updates the trusted metadata from a repository under an additional rule.
  ///
  /// @param rule the rule that is applied whenever signatures are checked
  /// @throws BundleException if the repository is refused; files that were verified before stay in
  ///   the store
  /// @throws IOException if the source cannot be read
  public static TufClient refreshed(
      TrustStore store, MetadataSource source, Clock clock, RoleRule rule) throws IOException {
    return new TufClient(store, source, clock, rule);
  }

  /// Returns the newest trusted root.
  public Metadata.Root root() {
    return trusted.root();
  }

  /// Returns the metadata of the top-level targets role.
  public Metadata.Targets targets() {
    return targets;
  }

  private void updateRoot() throws IOException {
    for (int step = 0; step < MOST_ROOTS; step++) {
      long next = trusted.root().version() + 1;
      Optional<Bytes> file = source.fetch(next + ".root.json", MOST_ROOT);
      if (file.isEmpty()) {
        trusted.finishRoot();
        return;
      }
      if (trusted.nextRoot(within(file.get(), MOST_ROOT, "root"))) {
        store.remove(Roles.TIMESTAMP);
        store.remove(Roles.SNAPSHOT);
      }
      store.write(Roles.ROOT, file.get());
    }
    throw new BundleException(
        BundleCode.LIMIT_EXCEEDED,
        "cannot follow the root metadata: more than " + MOST_ROOTS + " new versions");
  }

  private void updateTimestamp() throws IOException {
    store.read(Roles.TIMESTAMP).ifPresent(kept -> trying(() -> trusted.timestamp(kept)));
    Bytes file = needed("timestamp.json", MOST_TIMESTAMP);
    if (trusted.timestamp(file)) {
      store.write(Roles.TIMESTAMP, file);
    }
  }

  private void updateSnapshot() throws IOException {
    Metadata.MetaFile expected = trusted.expectedSnapshot();
    Optional<Bytes> kept = store.read(Roles.SNAPSHOT);
    if (kept.isPresent() && trying(() -> trusted.snapshot(kept.get(), true))) {
      return;
    }
    Bytes file = needed(fileName(Roles.SNAPSHOT, expected), most(expected, MOST_SNAPSHOT));
    trusted.snapshot(file, false);
    store.write(Roles.SNAPSHOT, file);
  }

  private Metadata.Targets updateTargets() throws IOException {
    return load(Roles.TARGETS, trusted::targets);
  }

  /// Loads the metadata of a targets role. The stored file is used if it still verifies.
  private Metadata.Targets load(String role, Verification verification) throws IOException {
    Optional<Bytes> kept = store.read(role);
    if (kept.isPresent()) {
      try {
        return verification.of(kept.get());
      } catch (BundleException _) {
        // The version or the delegator has changed: the file is fetched from the repository.
      }
    }
    Metadata.MetaFile expected =
        trusted
            .expectedTargets(role)
            .orElseThrow(
                () ->
                    new BundleException(
                        BundleCode.ROLE_NOT_AUTHORIZED,
                        "cannot use the metadata of '%s': the snapshot does not name it"
                            .formatted(Excerpt.of(role))));
    Bytes file = needed(fileName(role, expected), most(expected, MOST_TARGETS));
    Metadata.Targets verified = verification.of(file);
    store.write(role, file);
    return verified;
  }

  /// Returns the metadata of a role that the top-level targets role delegates to.
  ///
  /// @param role the name of the delegated role
  /// @return the metadata, or empty if nothing is delegated to the role or the snapshot does not
  ///   name it
  /// @throws BundleException if its metadata is refused
  /// @throws IOException if the source cannot be read
  public Optional<Metadata.Targets> delegated(String role) throws IOException {
    Optional<Metadata.Delegations> delegator = targets.delegations();
    if (delegator.isEmpty() || trusted.expectedTargets(role).isEmpty()) {
      return Optional.empty();
    }
    for (Metadata.Delegation delegation : delegator.get().roles()) {
      if (delegation.name().equals(role)) {
        return Optional.of(
            load(role, file -> trusted.delegated(file, delegation, delegator.get())));
      }
    }
    return Optional.empty();
  }

  /// Finds the description of a target. The top-level role has precedence, then the first delegated
  /// role that names the target, depth first in the order of delegations (§5.6.7).
  ///
  /// @param path the path of the target
  /// @return the target, or empty if no trusted role names it
  /// @throws BundleException if a role on the way is refused
  /// @throws IOException if the source cannot be read
  public Optional<Target> find(String path) throws IOException {
    record Step(Metadata.Delegations delegator, Metadata.Delegation delegation) {}
    if (targets.targets().containsKey(path)) {
      return Optional.of(target(path, targets));
    }
    Deque<Step> open = new ArrayDeque<>();
    Set<String> visited = new HashSet<>();
    Metadata.Targets at = targets;
    while (true) {
      Optional<Metadata.Delegations> delegations = at.delegations();
      if (delegations.isPresent()) {
        List<Metadata.Delegation> matching = matching(path, delegations.get());
        if (!matching.isEmpty() && matching.getLast().terminating()) {
          open.clear();
        }
        matching.reversed().forEach(d -> open.push(new Step(delegations.get(), d)));
      }
      Step step = open.poll();
      while (step != null && visited.contains(step.delegation().name())) {
        step = open.poll();
      }
      if (step == null) {
        return Optional.empty();
      }
      visited.add(step.delegation().name());
      if (visited.size() > MOST_DELEGATIONS) {
        throw new BundleException(
            BundleCode.LIMIT_EXCEEDED,
            "cannot find '%s': more than %d delegations on the way"
                .formatted(Excerpt.of(path), MOST_DELEGATIONS));
      }
      Step chosen = step;
      at =
          load(
              chosen.delegation().name(),
              file -> trusted.delegated(file, chosen.delegation(), chosen.delegator()));
      if (at.targets().containsKey(path)) {
        return Optional.of(target(path, at));
      }
    }
  }

  /// Returns the delegations that match a path, up to the first terminating one.
  private static List<Metadata.Delegation> matching(String path, Metadata.Delegations delegations) {
    List<Metadata.Delegation> matching =
        delegations.roles().stream().filter(d -> d.paths().contains(path)).toList();
    for (int i = 0; i < matching.size(); i++) {
      if (matching.get(i).terminating()) {
        return matching.subList(0, i + 1);
      }
    }
    return matching;
  }

  private Target target(String path, Metadata.Targets role) {
    Metadata.TargetFile file = role.targets().get(path);
    if (file == null) {
      throw new IllegalStateException("asked for a target that is not there");
    }
    return new Target(path, file, trusted.root().consistentSnapshot());
  }

  private Bytes needed(String name, long most) throws IOException {
    Bytes file =
        source
            .fetch(name, most)
            .orElseThrow(
                () ->
                    new BundleException(
                        BundleCode.METADATA_MISSING,
                        "cannot find '%s' in the repository".formatted(Excerpt.of(name))));
    return within(file, most, name);
  }

  private static Bytes within(Bytes file, long most, String name) {
    if (file.length() > most) {
      throw new BundleException(
          BundleCode.LIMIT_EXCEEDED,
          "cannot read '%s': more than %d bytes".formatted(Excerpt.of(name), most));
    }
    return file;
  }

  private String fileName(String role, Metadata.MetaFile expected) {
    String name = role + ".json";
    return trusted.root().consistentSnapshot() ? expected.version() + "." + name : name;
  }

  private static long most(Metadata.MetaFile expected, long otherwise) {
    return Math.min(expected.length().orElse(otherwise), otherwise);
  }

  /// Returns whether a stored file verifies. It may have expired, or its keys may no longer count.
  private static boolean trying(Runnable update) {
    try {
      update.run();
      return true;
    } catch (BundleException _) {
      return false;
    }
  }

  private interface Verification {
    Metadata.Targets of(Bytes file);
  }
}
