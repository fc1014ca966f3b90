package lazaret.vetting.policy.file;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import lazaret.vetting.policy.Reason;

/// The restrictions on the words that an override may name.
final class OverrideTargets {
  /// The explanation in the refusal of a word.
  static final String WHY =
      "a policy cannot set it aside; two persons can waive malware with 'vetting-cli approve --waive'";

  private static final Pattern ADVISORY = Pattern.compile("[A-Z]+-.+");

  private OverrideTargets() {}

  /// Returns whether a word can be the id of an advisory. Only advisories can be overridden for
  /// every crate.
  static boolean isAdvisory(String what) {
    return ADVISORY.matcher(what).matches();
  }

  /// Returns whether a word names a reason that holds whatever the policy says.
  static boolean isHard(String what) {
    return what.toUpperCase(Locale.ROOT).startsWith("MAL-")
        || Arrays.stream(Reason.Code.values())
            .anyMatch(c -> c.holdsInEveryMode() && c.code().equals(what));
  }
}
