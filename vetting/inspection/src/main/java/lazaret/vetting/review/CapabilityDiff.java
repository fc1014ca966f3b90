package lazaret.vetting.review;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.vetting.inspect.CapabilityTable;
import lazaret.vetting.inspect.CapabilityTable.Entry;
import lazaret.vetting.inspect.CapabilityTable.Location;
import lazaret.vetting.inspect.ExecutionContext;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.review.CapabilityChange.Kind;
import lazaret.vetting.review.CapabilityChange.Place;
import org.jspecify.annotations.Nullable;

/// The difference of two artifacts in the lines that show capabilities.
///
/// @param before the places of the base; [CapabilityTable#NONE] if there is no base
/// @param now the places of the version
public record CapabilityDiff(CapabilityTable before, CapabilityTable now) {
  /// The maximum number of lines of one capability.
  public static final int MAX_PLACES = 1_000;

  private static final List<ExecutionContext> PLACES =
      List.of(ExecutionContext.BUILD, ExecutionContext.MACRO, ExecutionContext.RUNTIME);

  /// The capabilities whose absence is not reported: they only lessen others, or are not searched.
  private static final Set<Capability> NOT_REPORTED =
      EnumSet.of(
          Capability.NETWORK_CLIENT,
          Capability.IOC,
          Capability.CALLERS_SERVICE,
          Capability.VERIFIED_DOWNLOAD,
          Capability.PINNED_DOWNLOAD,
          Capability.CALLERS_WORD,
          Capability.RUNNER_ANSWER,
          Capability.GIT_QUERY,
          Capability.PLAIN_TOOLS);

  /// Returns the capabilities of both, by change, place and capability.
  public List<CapabilityChange> changes() {
    List<CapabilityChange> changes = new ArrayList<>();
    for (ExecutionContext where : PLACES) {
      for (Capability what : Capability.values()) {
        change(where, what).ifPresent(changes::add);
      }
    }
    changes.sort(
        Comparator.comparing(CapabilityChange::kind)
            .thenComparing(CapabilityChange::where)
            .thenComparing(CapabilityChange::what));
    return changes;
  }

  private Optional<CapabilityChange> change(ExecutionContext where, Capability what) {
    Entry old = before.find(where, what).orElse(null);
    Entry current = now.find(where, what).orElse(null);
    if (current == null) {
      return old == null
          ? Optional.empty()
          : Optional.of(new CapabilityChange(where, what, Kind.LOST, old.count(), 0, List.of(), 0));
    }
    List<Location> known = old == null ? List.of() : old.locations();
    int count = old == null ? 0 : old.count();
    List<Place> places = new KnownLines(known).mark(current.locations());
    List<Place> listed =
        places.stream()
            .sorted(Comparator.comparing(place -> !place.added()))
            .limit(MAX_PLACES)
            .toList();
    return Optional.of(
        new CapabilityChange(
            where,
            what,
            kind(old, current, places),
            count,
            current.count(),
            listed,
            Math.max(0, current.count() - occurrences(listed))));
  }

  private static Kind kind(@Nullable Entry old, Entry current, List<Place> places) {
    if (old == null) {
      return Kind.GAINED;
    }
    boolean same = old.count() == current.count() && places.stream().noneMatch(Place::added);
    return same ? Kind.SAME : Kind.CHANGED;
  }

  private static long occurrences(List<Place> places) {
    return places.stream().mapToLong(place -> place.location().occurrences()).sum();
  }

  /// Returns the capabilities that neither has, for each place in which code of one of both runs.
  public List<AbsentCapabilities> absent() {
    return PLACES.stream()
        .filter(where -> before.contexts().contains(where) || now.contexts().contains(where))
        .map(where -> new AbsentCapabilities(where, absent(where)))
        .toList();
  }

  private List<Capability> absent(ExecutionContext where) {
    return Stream.of(Capability.values())
        .filter(what -> !NOT_REPORTED.contains(what))
        .filter(what -> before.find(where, what).isEmpty() && now.find(where, what).isEmpty())
        .toList();
  }

  /// Returns whether all places are known: those of the version, and of the base if there is one.
  ///
  /// @param based whether there is a base
  public boolean whole(boolean based) {
    return whole(now) && (!based || whole(before));
  }

  private static boolean whole(CapabilityTable locations) {
    return locations.whole() && locations.entries().stream().allMatch(Entry::complete);
  }
}
