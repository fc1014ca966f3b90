package lazaret.vetting.access.logins;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// The names of tokens that logins create: `login-PERSON-MACHINE-xxxx` with four hexadecimal
/// digits. Person and machine are cut, and characters that names do not have become dashes.
final class LoginTokenName {
  private static final String PREFIX = "login-";
  private static final int MAX_PERSON = 24;
  private static final int MAX_MACHINE = 24;
  private static final int DIGITS = 4;

  private LoginTokenName() {}

  /// Returns a random name, which may be in use.
  static String random(String person, String machine, RandomGenerator random) {
    return PREFIX
        + part(person, MAX_PERSON)
        + "-"
        + part(machine, MAX_MACHINE)
        + "-"
        + HexFormat.of().toHexDigits(random.nextLong(), DIGITS);
  }

  /// Returns whether a token has the name of one that a login made.
  static boolean isOfLogin(String name) {
    return name.startsWith(PREFIX);
  }

  private static String part(String text, int most) {
    String cut = text.length() > most ? text.substring(0, most) : text;
    return cut.replaceAll("[^A-Za-z0-9._-]", "-");
  }
}
