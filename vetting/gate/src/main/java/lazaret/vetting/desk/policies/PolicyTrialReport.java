package lazaret.vetting.desk.policies;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.policy.PolicyPart;
import org.jspecify.annotations.Nullable;

/// The changes that another policy would cause.
///
/// @param judged the number of versions that were evaluated under both policies
/// @param changes the versions with another verdict, under the whole policy or under one part of it
///   alone
/// @param unjudged the versions that could not be evaluated
/// @param complete false if there are more changes than are listed
public record PolicyTrialReport(
    int judged, List<Change> changes, List<Unjudged> unjudged, boolean complete) {
  /// The maximum number of changes that are listed.
  public static final int MAX_CHANGES = 10_000;

  /// Copies the lists.
  public PolicyTrialReport {
    changes = List.copyOf(changes);
    unjudged = List.copyOf(unjudged);
  }

  /// A version with another verdict.
  ///
  /// @param name the crate or package
  /// @param version its version
  /// @param before the verdict under the policy in force
  /// @param after the verdict under the other policy
  /// @param alone the verdict if only one part of the policy changed, for each part that alone
  ///   makes a difference
  public record Change(
      String name,
      String version,
      Outcome before,
      Outcome after,
      SortedMap<PolicyPart, Outcome> alone) {
    /// Copies the map.
    public Change {
      alone = Collections.unmodifiableSortedMap(new TreeMap<>(alone));
    }

    static Change of(
        String name, String version, Outcome before, Outcome after, Map<PolicyPart, Outcome> all) {
      Map<PolicyPart, Outcome> alone = new EnumMap<>(PolicyPart.class);
      all.forEach(
          (part, side) -> {
            if (side.differs(before)) {
              alone.put(part, side);
            }
          });
      return new Change(name, version, before, after, new TreeMap<>(alone));
    }

    /// Returns whether it is served and would not be.
    public boolean withheld() {
      return before.served() && !after.served();
    }

    /// Returns whether it is not served and would be.
    public boolean released() {
      return !before.served() && after.served();
    }

    boolean matters() {
      return after.differs(before) || !alone.isEmpty();
    }
  }

  /// A verdict under one policy.
  ///
  /// @param kind `allow`, `hold`, `review` or `deny`; `foreign` for a package that bypasses the
  ///   gate
  /// @param served whether it is served, or may bypass the gate
  /// @param until the end of a hold; null for other kinds
  /// @param code the code of the deciding reason; `source` for a package that bypasses the gate
  /// @param detail the reason in words
  public record Outcome(
      String kind, boolean served, @Nullable Instant until, String code, String detail) {
    /// Returns whether another verdict makes a difference to a build or a decision. The reason for
    /// which a version is allowed does not.
    boolean differs(Outcome other) {
      boolean allows = kind.equals("allow") && other.kind.equals("allow");
      return !kind.equals(other.kind)
          || served != other.served
          || (!allows && !code.equals(other.code));
    }
  }

  /// A version that could not be evaluated.
  ///
  /// @param name the crate or package
  /// @param version its version
  /// @param unavailable whether it may be possible later, since upstream was unavailable
  /// @param why one clause for a person
  public record Unjudged(String name, String version, boolean unavailable, String why) {}

  /// Returns the number of versions that are served and would not be.
  public long withheld() {
    return changes.stream().filter(Change::withheld).count();
  }

  /// Returns the number of versions that are not served and would be.
  public long released() {
    return changes.stream().filter(Change::released).count();
  }
}
