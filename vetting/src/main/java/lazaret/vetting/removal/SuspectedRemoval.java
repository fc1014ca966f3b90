package lazaret.vetting.removal;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;

/// A crate of which upstream stopped listing versions that are held.
///
/// @param since the moment of the first answer without them
/// @param askAt the moment from which upstream is asked again
/// @param confirmed whether a person confirmed the removal
public record SuspectedRemoval(CrateName name, Instant since, Instant askAt, boolean confirmed) {

  /// Returns this suspicion with another moment of the next request.
  SuspectedRemoval askedAt(Instant moment) {
    return new SuspectedRemoval(name, since, moment, confirmed);
  }

  /// Returns this suspicion as a person confirmed it: upstream is asked at once.
  SuspectedRemoval confirmedAt(Instant now) {
    return new SuspectedRemoval(name, since, now, true);
  }

  /// Returns the stored form, one line without its break.
  String line() {
    return "%s %s %s %s".formatted(name.published(), since, askAt, confirmed);
  }

  /// Reads the stored form; empty if the line is damaged.
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
