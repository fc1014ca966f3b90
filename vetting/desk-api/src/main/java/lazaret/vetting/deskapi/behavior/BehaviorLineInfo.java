package lazaret.vetting.deskapi.behavior;

import java.util.List;
import lazaret.vetting.deskapi.crates.TraceInfo;
import org.jspecify.annotations.Nullable;

/// One recorded event, with the places that show it.
///
/// @param group the comparison with the build of the base
/// @param kind the kind of the object
/// @param trace the event as it was recorded
/// @param what the object alone: a host, the path of a program or file, the name of a variable
/// @param crate the crate that caused the event; null if the record does not name one
/// @param places the lines of the sources that show it: those that name the object, otherwise those
///   with a capability that can cause it
/// @param more the number of further lines with such a capability
/// @param statement the origin of the event in one sentence; null if `places` has lines and no
///   other origin is known
public record BehaviorLineInfo(
    Group group,
    BehaviorKind kind,
    TraceInfo trace,
    String what,
    @Nullable String crate,
    List<BehaviorPlaceInfo> places,
    long more,
    @Nullable String statement) {
  public BehaviorLineInfo {
    places = List.copyOf(places);
  }

  /// The results of the comparison with the base, in the order of replies.
  public enum Group {
    /// Only the build of the version shows the event.
    NEW,
    /// Only the build of the base shows the event.
    GONE,
    /// Both builds show the event.
    AS_BEFORE,
    /// The version shows the event, and no base has a record to compare with.
    NOT_COMPARED
  }
}
