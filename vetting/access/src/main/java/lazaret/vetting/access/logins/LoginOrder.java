package lazaret.vetting.access.logins;

import java.util.List;
import lazaret.vetting.MalformedException;
import lazaret.vetting.text.Printable;

/// The properties of a login that the command states. Machine and client are foreign text for the
/// person who confirms.
///
/// @param machine the name of the machine, 1 to 64 printable characters
/// @param client the program, 1 to 64 printable characters
/// @param wanted the wanted roles; at least one
/// @param address the IP address of the command
record LoginOrder(String machine, String client, List<String> wanted, String address) {
  private static final int MAX_TEXT = 64;

  /// Checks the texts.
  ///
  /// @throws MalformedException if a text has another form
  public LoginOrder {
    check("machine", machine);
    check("client", client);
    wanted = List.copyOf(wanted);
  }

  private static void check(String field, String text) {
    boolean fits =
        !text.isBlank()
            && text.length() <= MAX_TEXT
            && text.codePoints().allMatch(Printable::prints);
    if (!fits) {
      throw new MalformedException(
          "cannot start a login: expected `%s` of 1 to %d printable characters, found %s"
              .formatted(
                  field,
                  MAX_TEXT,
                  text.isBlank() ? "none" : text.length() + " characters, or unprintable ones"));
    }
  }
}
