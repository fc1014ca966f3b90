package lazaret.bundle.keys;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.trust.SiteTrust;
import lazaret.bundle.tuf.JsonValue;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.RoleKeys;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;

/// The roles of a root in terms of officers instead of keys.
///
/// @param stream the stream of the root
/// @param epoch see [RootPolicy]
/// @param expires the expiry of the root
/// @param officers the public keys of all officers by name
/// @param roles the signers of each top-level role
/// @param decisionKeys the Ed25519 keys that may sign decisions
/// @param site what the inside accepts besides
public record RootPlan(
    RootPolicy.Stream stream,
    long epoch,
    Instant expires,
    Map<String, PublicPair> officers,
    Map<String, Duty> roles,
    List<TufKey> decisionKeys,
    SiteTrust site) {
  /// Creates a plan in which the inside accepts nothing besides.
  public RootPlan(
      RootPolicy.Stream stream,
      long epoch,
      Instant expires,
      Map<String, PublicPair> officers,
      Map<String, Duty> roles,
      List<TufKey> decisionKeys) {
    this(stream, epoch, expires, officers, roles, decisionKeys, SiteTrust.NONE);
  }

  /// The signers of a role.
  ///
  /// @param officers the names of the officers
  /// @param minPairs the number of officers who must sign
  public record Duty(Set<String> officers, long minPairs) {
    /// Sorts the officers.
    ///
    /// @throws BundleException `threshold-invalid` if the number is below 1 or above the number of
    ///   officers
    public Duty {
      officers = Collections.unmodifiableSet(new TreeSet<>(officers));
      if (minPairs < 1 || minPairs > officers.size()) {
        throw new BundleException(
            BundleCode.THRESHOLD_INVALID,
            "cannot require %d of %d officers (%s): expected a number from 1 to %d"
                .formatted(
                    minPairs, officers.size(), String.join(", ", officers), officers.size()));
      }
    }
  }

  /// Copies and sorts the collections.
  ///
  /// @throws BundleException `key-malformed` if two officers have the same key
  public RootPlan {
    officers = Collections.unmodifiableMap(new TreeMap<>(officers));
    Map<Bytes, String> owners = new HashMap<>();
    for (PublicPair pair : officers.values()) {
      for (TufKey key : pair.keys()) {
        String other = owners.put(key.keyBytes(), pair.name());
        if (other != null) {
          throw new BundleException(
              BundleCode.KEY_MALFORMED,
              "cannot plan a root: '%s' and '%s' have the same key".formatted(other, pair.name()));
        }
      }
    }
    roles = Collections.unmodifiableMap(new TreeMap<>(roles));
    decisionKeys = List.copyOf(decisionKeys);
  }

  /// Returns the plan of a root. Officers without a role and keys without an officer are omitted.
  ///
  /// @throws BundleException see [RootPolicy#of]
  public static RootPlan of(Metadata.Root root) {
    RootPolicy policy = RootPolicy.of(root);
    Map<String, PublicPair> officers = new LinkedHashMap<>();
    policy
        .pairs()
        .forEach(
            (name, pair) ->
                officers.put(
                    name,
                    new PublicPair(name, key(root, pair.classical()), key(root, pair.mlDsa()))));
    Map<String, Duty> roles = new HashMap<>();
    for (String role : RootPolicy.ROLES) {
      List<String> ids = root.signers(role).keyIds();
      Set<String> names = new TreeSet<>();
      policy
          .pairs()
          .forEach(
              (name, pair) -> {
                if (ids.contains(pair.classical()) && ids.contains(pair.mlDsa())) {
                  names.add(name);
                }
              });
      roles.put(role, new Duty(names, policy.minPairs(role)));
    }
    return new RootPlan(
        policy.stream(),
        policy.epoch(),
        root.expires(),
        officers,
        roles,
        policy.decisionKeys(),
        SiteTrust.of(root));
  }

  private static TufKey key(Metadata.Root root, String id) {
    return Optional.ofNullable(root.keys().get(id))
        .orElseThrow(() -> new IllegalStateException("a pair without its key"));
  }

  /// Returns the signers of a role.
  ///
  /// @param role a top-level role
  public Duty duty(String role) {
    return Optional.ofNullable(roles.get(role))
        .orElseThrow(() -> new IllegalArgumentException("no officer has the role " + role));
  }

  /// Returns the unsigned root. Its TUF threshold is two signatures for each required pair, for
  /// clients that do not know pairs.
  public Metadata.Root root(long version) {
    Map<String, TufKey> keys = new HashMap<>();
    Map<String, RootPolicy.Pair> pairs = new HashMap<>();
    Map<String, RoleKeys> roleKeys = new HashMap<>();
    Map<String, Long> minPairs = new HashMap<>();
    for (String role : RootPolicy.ROLES) {
      Duty duty = duty(role);
      List<String> ids = new ArrayList<>();
      for (String name : duty.officers()) {
        PublicPair pair = officer(name);
        pair.keys().forEach(key -> keys.put(key.id(), key));
        pairs.put(name, pair.ids());
        pair.keys().forEach(key -> ids.add(key.id()));
      }
      roleKeys.put(role, new RoleKeys(ids, 2 * duty.minPairs()));
      minPairs.put(role, duty.minPairs());
    }
    var policy = new RootPolicy(pairs, minPairs, decisionKeys, epoch, stream);
    Map<String, JsonValue> more = new HashMap<>();
    more.put(RootPolicy.FIELD, policy.form());
    if (!site.equals(SiteTrust.NONE)) {
      more.put(SiteTrust.FIELD, site.form());
    }
    return new Metadata.Root(version, expires, true, keys, roleKeys, more);
  }

  /// Returns the public keys of an officer.
  ///
  /// @throws BundleException `key-malformed` if the plan has no such officer
  public PublicPair officer(String name) {
    return Optional.ofNullable(officers.get(name))
        .orElseThrow(
            () ->
                new BundleException(
                    BundleCode.KEY_MALFORMED,
                    "cannot plan a root: no public keys of '%s'; name the file %s.pub.json"
                        .formatted(name, name)));
  }

  /// Returns this plan with another expiry.
  public RootPlan until(Instant moment) {
    return new RootPlan(stream, epoch, moment, officers, roles, decisionKeys, site);
  }

  /// Returns this plan in another epoch.
  public RootPlan in(long other) {
    return new RootPlan(stream, other, expires, officers, roles, decisionKeys, site);
  }

  /// Returns this plan with another statement of what the inside accepts besides.
  public RootPlan accepting(SiteTrust other) {
    return new RootPlan(stream, epoch, expires, officers, roles, decisionKeys, other);
  }
}
