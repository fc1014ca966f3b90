package lazaret.bundle.ceremony;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.keys.KeyFolder;
import lazaret.bundle.keys.PublicPair;
import lazaret.bundle.keys.RootPlan;
import lazaret.bundle.trust.BundleMetadataRule;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.trust.SiteTrust;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.TufKey;
import org.jspecify.annotations.Nullable;

/// The making of the next root with changed officers and roles. It is valid after the officers of
/// the previous root and its own officers have signed it.
///
/// @param lifetime the validity of the next root
/// @param inputs the public keys of new officers, and additional decision keys
/// @param replaced the name of the successor in all roles by the name of each leaving officer; both
///   names are equal if only the keys are new
/// @param removed the names of officers who leave without a successor
/// @param roles the new signers of a top-level role, for other changes than those above
/// @param droppedDecisions the ids of decision keys that are no longer valid
/// @param attendees the names of the persons present
/// @param site what the inside accepts besides; null for what the previous root states
public record RootRotation(
    Duration lifetime,
    List<CeremonyInput> inputs,
    Map<String, String> replaced,
    Set<String> removed,
    Map<String, RootPlan.Duty> roles,
    Set<String> droppedDecisions,
    List<String> attendees,
    @Nullable SiteTrust site) {
  /// Creates a rotation that keeps what the inside accepts besides.
  public RootRotation(
      Duration lifetime,
      List<CeremonyInput> inputs,
      Map<String, String> replaced,
      Set<String> removed,
      Map<String, RootPlan.Duty> roles,
      Set<String> droppedDecisions,
      List<String> attendees) {
    this(lifetime, inputs, replaced, removed, roles, droppedDecisions, attendees, null);
  }

  /// Copies the collections.
  public RootRotation {
    inputs = List.copyOf(inputs);
    replaced = Map.copyOf(replaced);
    removed = Set.copyOf(removed);
    roles = Map.copyOf(roles);
    droppedDecisions = Set.copyOf(droppedDecisions);
    attendees = List.copyOf(attendees);
  }

  /// Makes the root that follows the newest one of a folder. The epoch increases if all keys of
  /// snapshot and timestamp are new; the sequences of bundles may restart then.
  ///
  /// @param keys the folder of keys
  /// @param now the time, truncated to seconds
  /// @throws BundleException `bundle-epoch-invalid` if only some of those keys are replaced,
  ///   `threshold-invalid` if a role has too few officers, and other refusals of a root
  public RootProposal propose(KeyFolder keys, Instant now) {
    Metadata.Root root = keys.root();
    RootPlan before = RootPlan.of(root);
    Map<String, PublicPair> come = RootCeremony.officers(inputs);
    Map<String, RootPlan.Duty> duties = duties(before, come);
    Set<String> busy = new TreeSet<>();
    duties.values().forEach(duty -> busy.addAll(duty.officers()));
    Map<String, PublicPair> officers = new HashMap<>(before.officers());
    officers.putAll(come);
    officers.keySet().retainAll(busy);
    idle(come.keySet(), busy);
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    List<TufKey> decisions = decisions(before);
    var same =
        new RootPlan(
            before.stream(),
            before.epoch(),
            second.plus(lifetime),
            officers,
            duties,
            decisions,
            site == null ? before.site() : site);
    RootPlan plan = isNewEpoch(root, same) ? same.in(before.epoch() + 1) : same;
    var meeting = new RootProposal.Meeting(second, inputs, attendees, changes(before, plan), false);
    return RootProposal.of(plan, List.of(root), meeting);
  }

  private Map<String, RootPlan.Duty> duties(RootPlan before, Map<String, PublicPair> come) {
    Stream.concat(replaced.keySet().stream(), removed.stream())
        .filter(name -> !before.officers().containsKey(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw malformed("'%s' is not an officer of the newest root".formatted(name));
            });
    replaced.values().stream()
        .filter(name -> !come.containsKey(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw malformed("there is no file with the public keys of '%s'".formatted(name));
            });
    Map<String, RootPlan.Duty> duties = new HashMap<>();
    for (String role : RootPolicy.ROLES) {
      RootPlan.Duty duty = before.duty(role);
      Set<String> names = new TreeSet<>();
      for (String name : duty.officers()) {
        if (!removed.contains(name)) {
          names.add(replaced.getOrDefault(name, name));
        }
      }
      duties.put(
          role,
          roles.containsKey(role)
              ? roles.getOrDefault(role, duty)
              : new RootPlan.Duty(names, duty.minPairs()));
    }
    return duties;
  }

  private static void idle(Set<String> come, Set<String> busy) {
    come.stream()
        .filter(name -> !busy.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw malformed("'%s' has no role; remove the file or assign a role".formatted(name));
            });
  }

  private List<TufKey> decisions(RootPlan before) {
    List<TufKey> keys = new ArrayList<>();
    for (TufKey key : before.decisionKeys()) {
      if (!droppedDecisions.contains(key.id())) {
        keys.add(key);
      }
    }
    if (before.decisionKeys().size() - keys.size() != droppedDecisions.size()) {
      throw malformed("one of the dropped keys of decisions is not in the newest root");
    }
    for (CeremonyInput input : inputs) {
      input
          .decisions()
          .filter(key -> keys.stream().noneMatch(key::isSameKeyAs))
          .ifPresent(keys::add);
    }
    if (keys.isEmpty()) {
      throw malformed("no key would sign decisions");
    }
    return keys;
  }

  /// Returns whether all keys of snapshot and timestamp are new. If only some are new, the rule on
  /// metadata refuses the root.
  private static boolean isNewEpoch(Metadata.Root root, RootPlan plan) {
    Metadata.Root next = plan.root(root.version() + 1);
    return BundleMetadataRule.disjoint(root, next, Roles.TIMESTAMP)
        && BundleMetadataRule.disjoint(root, next, Roles.SNAPSHOT);
  }

  private static List<String> changes(RootPlan before, RootPlan after) {
    List<String> changes = new ArrayList<>();
    for (PublicPair pair : before.officers().values()) {
      if (!pair.equals(after.officers().get(pair.name()))) {
        changes.add(
            "without the keys of %s: %s".formatted(pair.name(), pair.fingerprint().groups()));
      }
    }
    for (PublicPair pair : after.officers().values()) {
      if (!pair.equals(before.officers().get(pair.name()))) {
        changes.add("with keys of %s: %s".formatted(pair.name(), pair.fingerprint().groups()));
      }
    }
    for (String role : RootPolicy.ROLES) {
      if (!before.duty(role).equals(after.duty(role))) {
        changes.add("other officers for " + role);
      }
    }
    if (!before.decisionKeys().equals(after.decisionKeys())) {
      changes.add("other keys of decisions");
    }
    if (!before.site().equals(after.site())) {
      changes.add("other keys and hosts that the inside accepts besides");
    }
    if (before.epoch() != after.epoch()) {
      changes.add(
          "epoch %d: snapshot and timestamp have new keys, bundle numbers start again"
              .formatted(after.epoch()));
    }
    return changes;
  }

  private static BundleException malformed(String found) {
    return new BundleException(BundleCode.KEY_MALFORMED, "cannot plan the next root: " + found);
  }
}
