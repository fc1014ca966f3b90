package lazaret.vetting.advisory.feed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.advisory.VersionRange;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// The events of an OSV range as half-open ranges. The events are sorted by version; each turns the
/// state on or off, and each stretch that is on becomes a range. (Keeping a single pair, which a
/// later `introduced` overwrites, is a known defect: git-pkgs/vulns#18.)
///
/// Source: OSV schema 1.7, *affected[].ranges[].events* and *Evaluation*.
final class OsvEvents {
  private OsvEvents() {}

  /// An event of a range.
  ///
  /// @param key `introduced`, `fixed`, `last_affected` or a key without effect on versions
  /// @param version version as the record writes it
  record Event(String key, String version) {}

  /// A change of state.
  ///
  /// @param at first version for which it is valid; null before all
  /// @param on whether versions are affected from there on
  private record Turn(@Nullable CrateVersion at, boolean on) {}

  /// Returns the versions that a range affects.
  ///
  /// @throws MalformedException if an event has an invalid version
  static List<VersionRange> ranges(List<Event> events) {
    List<Turn> turns = new ArrayList<>();
    for (Event event : events) {
      switch (event.key()) {
        case "introduced" ->
            turns.add(
                new Turn(event.version().equals("0") ? null : version(event.version()), true));
        case "fixed" -> turns.add(new Turn(version(event.version()), false));
        case "last_affected" -> {
          CrateVersion after = RequirementRanges.after(version(event.version()));
          if (after != null) {
            turns.add(new Turn(after, false));
          }
        }
        default -> {}
      }
    }
    // The sort is stable: of two events at one version, the later in the document is decisive.
    turns.sort(
        Comparator.comparing(Turn::at, Comparator.nullsFirst(CrateVersion::comparePrecedence)));
    List<VersionRange> ranges = new ArrayList<>();
    boolean on = false;
    @Nullable CrateVersion from = null;
    for (Turn turn : turns) {
      if (on && !turn.on()) {
        ranges.add(new VersionRange(from, turn.at()));
      } else if (!on && turn.on()) {
        from = turn.at();
      }
      on = turn.on();
    }
    if (on) {
      ranges.add(new VersionRange(from, null));
    }
    return ranges;
  }

  /// Returns a version; records of authors other than RustSec omit numbers that are zero.
  private static CrateVersion version(String text) {
    String bare = text.startsWith("v") ? text.substring(1) : text;
    for (String completed : List.of(bare, bare + ".0", bare + ".0.0")) {
      if (CrateVersion.isValid(completed)) {
        return CrateVersion.parse(completed);
      }
    }
    throw new MalformedException(
        "expected a version in an event, found '" + Excerpt.of(text) + "'");
  }
}
