package lazaret.cli.verbs;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.doctor.ManifestRequirements;
import lazaret.cli.files.ProjectFile;
import lazaret.cli.report.JsonObject;
import lazaret.cli.verify.PackageLine;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.repair.Requirement;
import org.jspecify.annotations.Nullable;

/// A lockfile and what the gate says of it.
///
/// @param file as the user named it
/// @param text its text
/// @param packages the desk's answer
/// @param local what lies in folders here: `NAME VERSION`
/// @param feedWarnings what the gate says of its feeds
record CheckedLock(
    Path file,
    String text,
    List<PackageLine> packages,
    List<String> local,
    List<JsonObject> feedWarnings) {
  /// The word for standard input, which is shown as if it were a lockfile here.
  private static final Path INPUT = Path.of("-");

  private static final Path USUAL = Path.of("Cargo.lock");

  /// Copies the lists.
  CheckedLock {
    packages = List.copyOf(packages);
    local = List.copyOf(local);
    feedWarnings = List.copyOf(feedWarnings);
  }

  /// Reads a lockfile and asks the gate about it.
  ///
  /// @throws CliException if it cannot be read, or the gate cannot make sense of it
  static CheckedLock check(Session session, Path file) {
    return check(session, file, List.of());
  }

  /// Reads a lockfile and asks the gate about it.
  ///
  /// @param criteria what an approval must vouch for; empty where the policy's rules are meant
  /// @throws CliException if it cannot be read, or the gate cannot make sense of it
  static CheckedLock check(Session session, Path file, List<String> criteria) {
    return check(session, file, text(session, file), criteria);
  }

  /// Asks the gate about the text of a lockfile.
  ///
  /// @param file where it is or is to be
  /// @param criteria what an approval must vouch for; empty where the policy's rules are meant
  /// @throws CliException if the gate cannot make sense of it
  static CheckedLock check(Session session, Path file, String text, List<String> criteria) {
    JsonObject.Builder question =
        JsonObject.builder().put("lockfile", text).put("lockfile_name", name(session, file));
    String requirements =
        ManifestRequirements.read(folder(session, file)).stream()
            .map(Requirement::line)
            .collect(Collectors.joining("\n"));
    if (!requirements.isEmpty()) {
      question.put("requirements", requirements);
    }
    if (!criteria.isEmpty()) {
      question.texts("criteria", criteria);
    }
    JsonObject answer =
        session
            .desk()
            .ask(
                "cannot verify " + shown(file),
                DeskQuestion.post("/verify", question.build())
                    .patient(DeskQuestion.PATIENCE.multipliedBy(10)));
    return of(file, text, answer);
  }

  /// Returns a lockfile with what was said of it.
  static CheckedLock of(Path file, String text, JsonObject answer) {
    String name = shown(file).toString();
    return new CheckedLock(
        shown(file),
        text,
        answer.objects("packages").stream()
            .map(p -> PackageLine.of(name, p).withFixes(answer.objects("fixes")))
            .toList(),
        answer.texts("local"),
        answer.objects("feed_warnings"));
  }

  /// Returns the folder of the project that a lockfile belongs to.
  private static Path folder(Session session, Path file) {
    Path whole = session.around().path(shown(file)).toAbsolutePath().normalize();
    Path folder = whole.getParent();
    return folder == null ? whole : folder;
  }

  /// Returns what the gate shall remember a lockfile as: its name after that of its folder, which
  /// tells projects apart; null for standard input.
  static @Nullable String name(Session session, Path file) {
    if (file.equals(INPUT)) {
      return null;
    }
    Path whole = session.around().path(file).toAbsolutePath().normalize();
    int names = whole.getNameCount();
    return whole.subpath(Math.max(0, names - 2), names).toString();
  }

  /// Returns what a lockfile is called in reports.
  static Path shown(Path file) {
    return file.equals(INPUT) ? USUAL : file;
  }

  /// Reads the text of a lockfile.
  ///
  /// @param named a path, or `-` for standard input
  /// @throws CliException if it cannot be read
  static String text(Session session, Path named) {
    try {
      return named.equals(INPUT)
          ? session.terminal().read(Lockfile.MAX_BYTES)
          : read(session.around().path(named));
    } catch (NoSuchFileException e) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot read '%s': there is no such file; name a Cargo.lock, or make one with 'cargo generate-lockfile'"
              .formatted(named),
          e);
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT, "cannot read '" + named + "': " + e.getMessage(), e);
    }
  }

  private static String read(Path path) throws IOException {
    return Bytes.of(ProjectFile.read(path, Lockfile.MAX_BYTES)).text();
  }
}
