package lazaret.bundle.trust;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.JsonFields;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.RoleRule;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.SignedMetadata;
import lazaret.bundle.tuf.SigningAuthority;
import lazaret.bundle.tuf.TargetPaths;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;

/// The rule on the metadata of bundles in addition to the TUF specification. Officers must sign
/// with both of their keys, and the form of the metadata must be unambiguous.
public final class BundleMetadataRule implements RoleRule {
  /// The longest validity of a root. The keys must be reviewed at least once in ten years.
  static final Duration LONGEST_ROOT = Duration.ofDays(3_660);

  /// The longest validity of all other metadata.
  static final Duration LONGEST = Duration.ofDays(366);

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern ROLE = Pattern.compile("[a-z0-9-]{1,64}");

  private final Instant now;

  /// Creates a rule.
  ///
  /// @param now the fixed start time of the check
  public BundleMetadataRule(Instant now) {
    this.now = now;
  }

  /// Refuses a file whose signers used only one key of their pairs. This indicates a broken
  /// algorithm rather than a missing officer, and is reported before the threshold, which counts
  /// signatures of either kind.
  @Override
  public void signed(SignedMetadata<?> file, SigningAuthority by, Set<String> good) {
    Optional<RootPolicy> policy = policy(by.root());
    if (policy.isEmpty()) {
      return;
    }
    long needed = policy.get().minPairs(by.role());
    if (pairs(policy.get(), by, good) == 0 && halves(policy.get(), good) >= needed) {
      throw unmet(file, 0, needed);
    }
  }

  @Override
  public void trusted(SignedMetadata<?> file, SigningAuthority by, Set<String> good) {
    RootPolicy policy = RootPolicy.of(by.root());
    long needed = policy.minPairs(by.role());
    long found = pairs(policy, by, good);
    if (found < needed) {
      throw unmet(file, found, needed);
    }
    form(file, by, policy);
  }

  /// Checks the content without regard to signatures. It is also applied before an officer signs.
  public void form(SignedMetadata<?> file, SigningAuthority by) {
    form(file, by, RootPolicy.of(by.root()));
  }

  private void form(SignedMetadata<?> file, SigningAuthority by, RootPolicy policy) {
    onlyAscii(file);
    expiry(file, by.role().equals(Roles.ROOT) ? LONGEST_ROOT : LONGEST);
    switch (file.content()) {
      case Metadata.Root root -> root(policy, by.root(), root);
      case Metadata.Timestamp timestamp ->
          whole(file.what(), "snapshot.json", timestamp.snapshot());
      case Metadata.Snapshot snapshot ->
          snapshot.files().forEach((name, meta) -> whole(file.what(), name, meta));
      case Metadata.Targets targets -> targets(file.what(), by.role(), targets);
    }
  }

  /// Returns the policy of a root, or empty if it is malformed. The signers of the root are not
  /// checked yet.
  private static Optional<RootPolicy> policy(Metadata.Root root) {
    try {
      return Optional.of(RootPolicy.of(root));
    } catch (BundleException _) {
      return Optional.empty();
    }
  }

  /// Returns the number of officers who signed with both keys and whose keys the role names.
  private static long pairs(RootPolicy policy, SigningAuthority by, Set<String> good) {
    return policy.pairs().values().stream()
        .filter(pair -> good.contains(pair.classical()) && good.contains(pair.mlDsa()))
        .filter(pair -> isSame(by, pair.classical()) && isSame(by, pair.mlDsa()))
        .count();
  }

  /// Returns whether a role names the same key as the root under an id. A delegation has keys of
  /// its own, and could list another key under the id of an officer.
  private static boolean isSame(SigningAuthority by, String id) {
    var key = by.keys().get(id);
    var officers = by.root().keys().get(id);
    return key != null && officers != null && key.isSameKeyAs(officers);
  }

  private static long halves(RootPolicy policy, Set<String> good) {
    return policy.pairs().values().stream()
        .filter(pair -> good.contains(pair.classical()) || good.contains(pair.mlDsa()))
        .count();
  }

  private static BundleException unmet(SignedMetadata<?> file, long found, long needed) {
    return new BundleException(
        BundleCode.HYBRID_POLICY_UNMET,
        ("cannot trust %s version %d: %d officers signed it with both their classical and"
                + " their ML-DSA key, %d are needed")
            .formatted(file.what(), file.content().version(), found, needed));
  }

  /// Refuses characters other than printable ASCII and line ends, so that jq and openssl process
  /// exactly the signed bytes. PEM has line ends.
  private static void onlyAscii(SignedMetadata<?> file) {
    Bytes canonical = file.canonical();
    for (int i = 0; i < canonical.length(); i++) {
      byte b = canonical.at(i);
      if ((b < ' ' || b > '~') && b != '\n') {
        throw JsonFields.malformed(file.what(), "it has characters other than printable ASCII");
      }
    }
  }

  private void expiry(SignedMetadata<?> file, Duration longest) {
    if (file.content().expires().isAfter(now.plus(longest))) {
      throw JsonFields.malformed(
          file.what(),
          "it expires at %s, more than %d days ahead"
              .formatted(file.content().expires(), longest.toDays()));
    }
  }

  private static void root(RootPolicy before, Metadata.Root root, Metadata.Root next) {
    RootPolicy policy = RootPolicy.of(next);
    SiteTrust _ = SiteTrust.of(next);
    if (!next.consistentSnapshot()) {
      throw JsonFields.malformed("the root metadata", "expected consistent snapshots");
    }
    if (next.version() == root.version()) {
      return;
    }
    if (!policy.stream().equals(before.stream())) {
      throw new BundleException(
          BundleCode.BUNDLE_WRONG_STREAM,
          "cannot follow root version %d: it is of the stream %s %s, expected %s %s"
              .formatted(
                  next.version(),
                  policy.stream().name(),
                  policy.stream().uuid(),
                  before.stream().name(),
                  before.stream().uuid()));
    }
    epoch(before.epoch(), policy.epoch(), root, next);
  }

  /// Checks the epoch of a root. The versions of metadata may restart only if no key of the earlier
  /// epoch can sign any more.
  private static void epoch(long before, long after, Metadata.Root root, Metadata.Root next) {
    boolean kept =
        keysOf(next, Roles.TIMESTAMP).containsAll(keysOf(root, Roles.TIMESTAMP))
            && keysOf(next, Roles.SNAPSHOT).containsAll(keysOf(root, Roles.SNAPSHOT));
    boolean replaced =
        disjoint(root, next, Roles.TIMESTAMP) && disjoint(root, next, Roles.SNAPSHOT);
    if (!(after == before && kept) && !(after == before + 1 && replaced)) {
      throw new BundleException(
          BundleCode.BUNDLE_EPOCH_INVALID,
          ("cannot follow root version %d from epoch %d to %d: expected the same epoch"
                  + " where snapshot and timestamp keep their keys, or epoch %d where all of them"
                  + " are new")
              .formatted(next.version(), before, after, before + 1));
    }
  }

  /// Returns whether two roots have no key of a role in common.
  public static boolean disjoint(Metadata.Root root, Metadata.Root next, String role) {
    Set<Bytes> common = keysOf(root, role);
    common.retainAll(keysOf(next, role));
    return common.isEmpty();
  }

  private static Set<Bytes> keysOf(Metadata.Root root, String role) {
    Set<Bytes> keys = new java.util.HashSet<>();
    root.signers(role)
        .keyIds()
        .forEach(
            id -> Optional.ofNullable(root.keys().get(id)).ifPresent(k -> keys.add(k.keyBytes())));
    return keys;
  }

  private static void whole(String what, String name, Metadata.MetaFile meta) {
    if (meta.length().isEmpty() || !hasSha256(meta.hashes())) {
      throw JsonFields.malformed(
          what, "expected length and sha256 of '%s'".formatted(Excerpt.of(name)));
    }
  }

  private static boolean hasSha256(Map<String, String> hashes) {
    String hex = hashes.get("sha256");
    return hex != null && SHA256.matcher(hex).matches();
  }

  private static void targets(String what, String role, Metadata.Targets targets) {
    targets
        .targets()
        .forEach(
            (path, file) -> {
              if (!hasSha256(file.hashes())) {
                throw JsonFields.malformed(
                    what, "expected the sha256 of '%s'".formatted(Excerpt.of(path)));
              }
            });
    targets
        .delegations()
        .ifPresent(
            delegations -> {
              if (!role.equals(Roles.TARGETS)) {
                throw JsonFields.malformed(
                    what, "expected a delegated role without further delegations");
              }
              delegations.keys().values().forEach(PublicKeyForms::checked);
              delegations.roles().forEach(delegation -> delegation(what, delegation));
            });
  }

  private static void delegation(String what, Metadata.Delegation delegation) {
    if (!ROLE.matcher(delegation.name()).matches()
        || !(delegation.paths() instanceof TargetPaths.Patterns)) {
      throw JsonFields.malformed(
          what,
          "expected a delegation by patterns to a role named by a to z, 0 to 9 and '-', found '%s'"
              .formatted(Excerpt.of(delegation.name())));
    }
  }
}
