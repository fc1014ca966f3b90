package lazaret.mirror.config;

import java.util.Map;
import java.util.regex.Pattern;

/// The file of a credential that the service manager passes to the server, in a value of the form
/// `credential:NAME`.
///
/// Source: systemd.exec(5), *Credentials*.
final class CredentialFile {
  private static final String PREFIX = "credential:";
  private static final String FOLDER = "CREDENTIALS_DIRECTORY";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,254}");

  private CredentialFile() {}

  /// Returns the path of a credential, or the text itself if it names none.
  ///
  /// @param text the value of a key whose type is a path
  /// @param environment all environment variables
  /// @throws IllegalArgumentException if the name is not one of a credential, or the service
  ///   manager passes none
  static String path(String text, Map<String, String> environment) {
    if (!text.startsWith(PREFIX)) {
      return text;
    }
    String name = text.substring(PREFIX.length());
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "expected the name of a credential after '" + PREFIX + "', of letters, digits, . _ -");
    }
    String folder = environment.getOrDefault(FOLDER, "");
    if (!folder.startsWith("/")) {
      throw new IllegalArgumentException(
          "expected a service with credentials, found no "
              + FOLDER
              + "; add 'LoadCredential="
              + name
              + ":FILE' to the unit");
    }
    return folder + "/" + name;
  }
}
