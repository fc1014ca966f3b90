package lazaret.vetting.policy.file;

import java.util.Arrays;
import java.util.Locale;
import lazaret.vetting.policy.Reason;

/// What an override may not name.
final class OverrideWords {
  private OverrideWords() {}

  /// Tells whether a word means something that holds whatever a policy says.
  static boolean isHard(String what) {
    return what.toUpperCase(Locale.ROOT).startsWith("MAL-")
        || Arrays.stream(Reason.Code.values())
            .anyMatch(c -> c.holdsInEveryMode() && c.code().equals(what));
  }
}
