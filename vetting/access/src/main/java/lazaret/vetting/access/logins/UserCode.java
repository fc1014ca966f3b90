package lazaret.vetting.access.logins;

import java.util.Locale;
import java.util.random.RandomGenerator;
import lazaret.vetting.MalformedException;

/// The code that a person types or compares: eight of twenty consonants, about 34 bits. It has no
/// vowels, so that it forms no words.
///
/// Source: RFC 8628 §6.1.
///
/// @param text eight letters of `BCDFGHJKLMNPQRSTVWXZ`
record UserCode(String text) {
  private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
  private static final int LENGTH = 8;
  private static final int MAX_TYPED = 32;

  UserCode {
    if (text.length() != LENGTH || !text.chars().allMatch(c -> LETTERS.indexOf(c) >= 0)) {
      throw malformed();
    }
  }

  /// Returns a random code.
  static UserCode random(RandomGenerator random) {
    StringBuilder letters = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return new UserCode(letters.toString());
  }

  /// Parses a code. Case, dashes and spaces have no effect.
  ///
  /// @throws MalformedException if the rest is not a code. The message does not repeat it
  static UserCode parse(String typed) {
    // In upper case, some letters of other scripts are ASCII.
    if (typed.length() > MAX_TYPED || !typed.chars().allMatch(c -> c < 0x80)) {
      throw malformed();
    }
    return new UserCode(typed.replace("-", "").replace(" ", "").toUpperCase(Locale.ROOT));
  }

  private static MalformedException malformed() {
    return new MalformedException(
        "cannot find the login: expected a code like BCDF-GHJK, found another text; type the code"
            + " that the command printed");
  }

  /// Returns the code in two groups: `BCDF-GHJK`.
  String shown() {
    return text.substring(0, LENGTH / 2) + "-" + text.substring(LENGTH / 2);
  }
}
