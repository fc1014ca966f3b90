package lazaret.vetting.review;

import java.util.List;
import lazaret.vetting.inspect.CapabilityTable.Location;
import lazaret.vetting.inspect.ExecutionContext;
import lazaret.vetting.inspect.source.Capability;

/// One capability of the code that runs in one place, in two versions of a crate.
///
/// @param where the place in which the code runs
/// @param what the capability
/// @param kind the change since the base
/// @param before the number of occurrences in the base
/// @param now the number of occurrences in the version
/// @param places the lines of the version that show it, new ones first
/// @param unlisted the number of occurrences of the version without a line
public record CapabilityChange(
    ExecutionContext where,
    Capability what,
    Kind kind,
    int before,
    int now,
    List<Place> places,
    long unlisted) {
  /// Copies the list.
  public CapabilityChange {
    places = List.copyOf(places);
  }

  /// The kinds of changes, in the order of reports.
  public enum Kind {
    /// Only the version has the capability, or there is no base.
    GAINED,
    /// Both have it, with other counts or on other lines.
    CHANGED,
    /// Only the base has it.
    LOST,
    /// Both have it with the same count, and no line is new.
    SAME
  }

  /// A line that shows the capability.
  ///
  /// @param location the line
  /// @param added whether the base lacks a line with this content and capability
  public record Place(Location location, boolean added) {}
}
