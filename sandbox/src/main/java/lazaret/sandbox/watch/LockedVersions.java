package lazaret.sandbox.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.sandbox.Violation;
import lazaret.sandbox.Violation.Origin;

/// The versions of the candidates for a denied call, read from a lockfile. A procedural macro is
/// known to rustc by its library, whose name lacks the version. The lockfile has it, and the build
/// cannot change the lockfile. All locked versions of a crate are candidates. Immutable.
public final class LockedVersions {
  private static final int MOST_BYTES = 16 << 20;

  /// A package in exactly the form that cargo writes.
  private static final Pattern PACKAGE =
      Pattern.compile("(?m)^name = \"([A-Za-z0-9_-]{1,64})\"\\R^version = \"([^\"\\s]{1,64})\"$");

  /// The candidates by crate name with underscores.
  private final Map<String, TreeSet<String>> candidates = new HashMap<>();

  private LockedVersions(String lockfile) {
    Matcher locked = PACKAGE.matcher(lockfile);
    while (locked.find()) {
      candidates
          .computeIfAbsent(locked.group(1).replace('-', '_'), _ -> new TreeSet<>())
          .add(locked.group(1) + " " + locked.group(2));
    }
  }

  /// Reads a lockfile. No versions are known if it cannot be read or is not a regular file; a FIFO
  /// would block the reader.
  public static LockedVersions of(Path lockfile) {
    if (!Files.isRegularFile(lockfile)) {
      return new LockedVersions("");
    }
    try (InputStream in = Files.newInputStream(lockfile)) {
      return new LockedVersions(new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return new LockedVersions("");
    }
  }

  /// Returns the same violations, with versions for the candidates as far as they are known.
  public List<Violation> complete(List<Violation> violations) {
    return violations.stream().map(this::complete).toList();
  }

  private Violation complete(Violation violation) {
    Origin origin = violation.origin();
    List<String> named =
        origin.candidates().stream()
            .flatMap(c -> candidates.containsKey(c) ? candidates.get(c).stream() : Stream.of(c))
            .toList();
    return new Violation(
        violation.kind(),
        violation.resource(),
        new Origin(origin.crate(), origin.version(), origin.program(), named),
        violation.count(),
        violation.rule(),
        violation.allow());
  }
}
