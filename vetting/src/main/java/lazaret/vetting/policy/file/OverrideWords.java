package lazaret.vetting.policy.file;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import lazaret.vetting.policy.Reason;

/// What an override may not name.
final class OverrideWords {
  /// Why it may not.
  static final String WHY =
      "no policy sets it aside; two persons can waive malware with 'vetting-cli approve --waive'";

  private static final Pattern ADVISORY = Pattern.compile("[A-Z]+-.+");

  private OverrideWords() {}

  /// Tells whether a word can be an advisory's id, which alone may be set aside for every crate.
  static boolean isAdvisory(String what) {
    return ADVISORY.matcher(what).matches();
  }

  /// Tells whether a word means something that holds whatever a policy says.
  static boolean isHard(String what) {
    return what.toUpperCase(Locale.ROOT).startsWith("MAL-")
        || Arrays.stream(Reason.Code.values())
            .anyMatch(c -> c.holdsInEveryMode() && c.code().equals(what));
  }
}
