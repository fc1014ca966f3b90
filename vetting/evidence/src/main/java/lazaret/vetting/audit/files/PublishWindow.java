package lazaret.vetting.audit.files;

import java.time.LocalDate;

/// The releases that a wildcard audit or a trust entry covers: those of one publisher within a
/// period.
///
/// @param publisher the publisher
/// @param start first day, UTC
/// @param end day after the last. cargo-vet's code excludes the end, although its book states
///   otherwise
public record PublishWindow(PublisherId publisher, LocalDate start, LocalDate end) {
  /// Returns whether a release is within the window.
  ///
  /// @param who publisher of the release
  /// @param day day of the release, UTC
  public boolean holds(PublisherId who, LocalDate day) {
    return publisher.equals(who) && !day.isBefore(start) && day.isBefore(end);
  }
}
