package lazaret.vetting.deskapi.behavior;

import java.util.List;
import lazaret.vetting.deskapi.crates.CapabilityInfo;

/// One capability of the code that runs in one place, with its uses in the version and in the base.
///
/// @param where the place in which the code runs
/// @param what the capability, for example `env-read`
/// @param title the capability in words, for example `Reads variables`
/// @param change the change since the base; `gained` if there is no base
/// @param before the number of uses in the base; 0 if there is no base
/// @param now the number of uses in the version
/// @param places the lines of the version that show it, the new ones first
/// @param unlisted the number of uses of the version without a line in `places`, because the limit
///   is reached
public record CapabilityCountInfo(
    CapabilityInfo.Place where,
    String what,
    String title,
    Change change,
    long before,
    long now,
    List<CapabilityPlaceInfo> places,
    long unlisted) {
  public CapabilityCountInfo {
    places = List.copyOf(places);
  }

  /// The changes of a capability, in the order of replies.
  public enum Change {
    /// Only the version has the capability.
    GAINED,
    /// Both have it, with other counts or on other lines.
    CHANGED,
    /// Only the base has the capability.
    LOST,
    /// Both have it with the same count, and no line is new.
    SAME
  }
}
