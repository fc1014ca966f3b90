package lazaret.vetting.audit;

import java.time.LocalDate;

/// The releases that a wildcard audit or a trust entry is about: those of one publisher within a
/// span of days.
///
/// @param publisher who published
/// @param start the first day, UTC
/// @param end the day after the last: cargo-vet's code takes the end as exclusive, although its
///   book reads otherwise
public record PublishWindow(PublisherId publisher, LocalDate start, LocalDate end) {
  /// Tells whether a release falls within.
  ///
  /// @param who its publisher
  /// @param day the day on which it was published, UTC
  public boolean holds(PublisherId who, LocalDate day) {
    return publisher.equals(who) && !day.isBefore(start) && day.isBefore(end);
  }
}
