package lazaret.results;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.vetting.MalformedException;
import lazaret.vetting.Secret;

/// The file with the tokens that this gate sends to the gates of its feeds: a line `NAME TOKEN` for
/// each. Blank lines, and lines that begin with `#`, are ignored. Thread-safe; blocks.
///
/// @param path the file
public record ResultTokenFile(Path path) {
  private static final int MAX_BYTES = 64 << 10;
  private static final Pattern LINE = Pattern.compile("([a-z0-9-]+)[ \\t]+([!-~]{1,4096})");

  /// The service manager gives a credential to its service by the rights of a group.
  private static final Set<PosixFilePermission> FORBIDDEN =
      Set.of(
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  /// Returns the tokens by the names of the gates. The file is read each time, so that a new token
  /// needs no restart.
  ///
  /// @throws MalformedException if the file cannot be read, if other users can read or change it,
  ///   if a line has another form, or if two lines have the same name
  public Map<String, Secret> tokens() {
    String text;
    try {
      requirePrivate();
      text = text();
    } catch (IOException e) {
      throw refused("expected a readable file, found " + e.getClass().getSimpleName());
    }
    Map<String, Secret> tokens = new HashMap<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String stripped = line.strip();
      if (stripped.isEmpty() || stripped.startsWith("#")) {
        continue;
      }
      Matcher form = LINE.matcher(stripped);
      if (!form.matches()) {
        throw refused("expected NAME TOKEN in line %d, found another form".formatted(number));
      }
      if (tokens.put(form.group(1), new Secret(form.group(2))) != null) {
        throw refused(
            "expected each name once, found '%s' in line %d again"
                .formatted(form.group(1), number));
      }
    }
    return Map.copyOf(tokens);
  }

  private void requirePrivate() throws IOException {
    if (!Files.getFileStore(path).supportsFileAttributeView("posix")) {
      return;
    }
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(path);
    if (!Collections.disjoint(found, FORBIDDEN)) {
      throw refused(
          "expected a file that only its owner and group can read, found %s; run 'chmod 600 %s', and revoke the tokens in it if others may have read them"
              .formatted(PosixFilePermissions.toString(found), path));
    }
  }

  private String text() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw refused("expected at most %d bytes, found more".formatted(MAX_BYTES));
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private MalformedException refused(String why) {
    return new MalformedException("cannot read the tokens in '%s': %s".formatted(path, why));
  }
}
