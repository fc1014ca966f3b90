package lazaret.vetting.gate.removal;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;

/// A crate of which upstream no longer lists stored versions.
///
/// @param name the crate
/// @param since the moment of the first response without them
/// @param askAt the moment from which upstream is asked again
/// @param confirmed whether a person confirmed the removal
public record SuspectedRemoval(CrateName name, Instant since, Instant askAt, boolean confirmed) {

  /// Returns this suspicion with another moment of the next request.
  SuspectedRemoval askedAt(Instant moment) {
    return new SuspectedRemoval(name, since, moment, confirmed);
  }

  /// Returns this suspicion after a person confirmed it. Upstream is asked at once.
  SuspectedRemoval confirmedAt(Instant now) {
    return new SuspectedRemoval(name, since, now, true);
  }

  /// Returns the stored form, one line without a line break.
  String line() {
    return "%s %s %s %s".formatted(name.published(), since, askAt, confirmed);
  }

  /// Parses the stored form, or returns empty if the line is damaged.
  static Optional<SuspectedRemoval> parse(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != 4) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SuspectedRemoval(
              CrateName.parse(words[0]),
              Instant.parse(words[1]),
              Instant.parse(words[2]),
              words[3].equals("true")));
    } catch (DateTimeParseException | MalformedException _) {
      return Optional.empty();
    }
  }
}
