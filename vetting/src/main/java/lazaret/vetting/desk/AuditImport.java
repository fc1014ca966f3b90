package lazaret.vetting.desk;

import java.time.Instant;
import java.util.List;

/// What was taken over of somebody's audits.
///
/// @param peer the nickname
/// @param source where it came from
/// @param at when the source was last known to say this
/// @param crates how many crates it speaks of
/// @param entries how many entries it has
/// @param bound how many versions are bound to a checksum that the index named
/// @param exempted how many versions were exempted with it; 0 where that is not known any more
/// @param warnings what was left out; empty where that is not known any more
public record AuditImport(
    String peer,
    String source,
    Instant at,
    int crates,
    int entries,
    int bound,
    int exempted,
    List<String> warnings) {
  /// Copies the list.
  public AuditImport {
    warnings = List.copyOf(warnings);
  }
}
