package lazaret.vetting.desk;

import java.time.Instant;
import java.util.List;

/// What was taken over of a peer.
///
/// @param peer the nickname
/// @param source where the file came from
/// @param at when
/// @param crates how many crates it speaks of
/// @param entries how many entries it has
/// @param bound how many versions are bound to a checksum that the index named then
/// @param warnings what was left out of the peer's file; empty where that is not known any more
public record AuditImport(
    String peer,
    String source,
    Instant at,
    int crates,
    int entries,
    int bound,
    List<String> warnings) {
  /// Copies the list.
  public AuditImport {
    warnings = List.copyOf(warnings);
  }
}
