package lazaret.vetting.desk;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.policy.PolicyPart;
import org.jspecify.annotations.Nullable;

/// What another policy would change.
///
/// @param judged how many versions were judged under both
/// @param changes those that would be judged otherwise, by the whole or by one part of it alone
/// @param unjudged those that could not be
/// @param complete false where there are more changes than are told
public record PolicyTrialReport(
    int judged, List<Change> changes, List<Unjudged> unjudged, boolean complete) {
  /// The most changes that are told.
  public static final int MAX_CHANGES = 10_000;

  /// Copies the lists.
  public PolicyTrialReport {
    changes = List.copyOf(changes);
    unjudged = List.copyOf(unjudged);
  }

  /// One version that would be judged otherwise.
  ///
  /// @param name the crate or package
  /// @param version its version
  /// @param before how it is judged
  /// @param after how it would be
  /// @param alone how it would be if only one part of the policy changed, for each part that alone
  ///   makes a difference
  public record Change(
      String name, String version, Side before, Side after, SortedMap<PolicyPart, Side> alone) {
    /// Copies the map.
    public Change {
      alone = Collections.unmodifiableSortedMap(new TreeMap<>(alone));
    }

    static Change of(
        String name, String version, Side before, Side after, Map<PolicyPart, Side> all) {
      Map<PolicyPart, Side> alone = new EnumMap<>(PolicyPart.class);
      all.forEach(
          (part, side) -> {
            if (side.differs(before)) {
              alone.put(part, side);
            }
          });
      return new Change(name, version, before, after, new TreeMap<>(alone));
    }

    /// Tells whether it is served and would not be.
    public boolean withheld() {
      return before.served() && !after.served();
    }

    /// Tells whether it is not served and would be.
    public boolean freed() {
      return !before.served() && after.served();
    }

    boolean matters() {
      return after.differs(before) || !alone.isEmpty();
    }
  }

  /// A verdict.
  ///
  /// @param kind `allow`, `hold`, `review` or `deny`; `foreign` of what goes round the gate
  /// @param served whether it is handed out, or may go round the gate
  /// @param until when a hold ends; null for others
  /// @param code the code of the deciding reason; `source` of what goes round the gate
  /// @param detail the reason in words
  public record Side(
      String kind, boolean served, @Nullable Instant until, String code, String detail) {
    /// Tells whether another verdict is another one for whoever builds or decides: why something is
    /// allowed does not count.
    boolean differs(Side other) {
      boolean allows = kind.equals("allow") && other.kind.equals("allow");
      return !kind.equals(other.kind)
          || served != other.served
          || (!allows && !code.equals(other.code));
    }
  }

  /// A version that could not be judged.
  ///
  /// @param unavailable whether it could be later: upstream could not be asked
  /// @param why one clause for a person
  public record Unjudged(String name, String version, boolean unavailable, String why) {}

  /// Returns how many versions are served and would not be.
  public long withheld() {
    return changes.stream().filter(Change::withheld).count();
  }

  /// Returns how many are not served and would be.
  public long freed() {
    return changes.stream().filter(Change::freed).count();
  }
}
