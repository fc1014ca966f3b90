package lazaret.vetting.desk.requests;

import java.util.List;
import java.util.Optional;
import lazaret.vetting.MalformedException;
import lazaret.vetting.gate.store.SeenLockfile;
import org.jspecify.annotations.Nullable;

/// The reason of a person's request, with the project and the lockfile that need the version.
///
/// The ledger stores it as the detail of a notice `request-made`: the words on the first line, then
/// the lines `project: NAME` and `lockfile: PATH` if they are named. Details of earlier builds have
/// the words alone.
///
/// @param words the reason in the person's own words, on one line
/// @param project the project that needs the version; null if none is named
/// @param lockfile the path of the lockfile that names the version; null if none is named
public record RequestReason(String words, @Nullable String project, @Nullable String lockfile) {
  /// The maximum length of the words, in characters.
  public static final int MAX_WORDS = 500;

  /// The maximum length of a project and of a path, in characters.
  public static final int MAX_NAME = SeenLockfile.MAX_NAME;

  private static final String PROJECT = "project: ";
  private static final String LOCKFILE = "lockfile: ";

  /// Returns a reason that a person gives.
  ///
  /// @throws MalformedException if the words are blank, a part is too long or has a line break
  public static RequestReason of(
      String words, @Nullable String project, @Nullable String lockfile) {
    if (words.isBlank() || words.length() > MAX_WORDS) {
      throw new MalformedException(
          "cannot request a version: expected a reason of 1 to %d characters, found %d"
              .formatted(MAX_WORDS, words.length()));
    }
    RequestReason reason = new RequestReason(words, named(project), named(lockfile));
    reason.require("project", reason.project());
    reason.require("lockfile", reason.lockfile());
    if (words.indexOf('\n') >= 0) {
      throw new MalformedException(
          "cannot request a version: expected a reason on one line, found a line break");
    }
    return reason;
  }

  private static @Nullable String named(@Nullable String name) {
    return name == null || name.isBlank() ? null : name;
  }

  private void require(String part, @Nullable String name) {
    if (name != null && (name.length() > MAX_NAME || name.indexOf('\n') >= 0)) {
      throw new MalformedException(
          "cannot request a version: expected a %s of at most %d characters on one line, found %d"
              .formatted(part, MAX_NAME, name.length()));
    }
  }

  /// Returns the reason that a detail of the ledger contains. Each text is accepted, since a stored
  /// detail cannot be refused.
  public static RequestReason ofDetail(String detail) {
    List<String> lines = detail.lines().toList();
    List<String> named = lines.stream().skip(1).toList();
    return new RequestReason(
        lines.isEmpty() ? "" : lines.getFirst(),
        value(named, PROJECT).orElse(null),
        value(named, LOCKFILE).orElse(null));
  }

  private static Optional<String> value(List<String> lines, String label) {
    return lines.stream()
        .filter(line -> line.startsWith(label))
        .map(line -> line.substring(label.length()))
        .findFirst();
  }

  /// Returns the detail for the ledger, which [#ofDetail] reads.
  public String detail() {
    StringBuilder detail = new StringBuilder(words);
    if (project != null) {
      detail.append('\n').append(PROJECT).append(project);
    }
    if (lockfile != null) {
      detail.append('\n').append(LOCKFILE).append(lockfile);
    }
    return detail.toString();
  }
}
