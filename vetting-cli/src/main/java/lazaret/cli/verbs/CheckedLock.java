package lazaret.cli.verbs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Style;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.lockfile.Lockfile;

/// A lockfile and what the gate says of it.
///
/// @param file as the user named it
/// @param text its text
/// @param report the desk's answer
record CheckedLock(Path file, String text, JsonObject report) {
  /// Reads a lockfile and asks the gate about it.
  ///
  /// @throws CliException if it cannot be read, or the gate cannot make sense of it
  static CheckedLock check(Session session, Path file) {
    String text = read(session.around().path(file), file);
    JsonObject report =
        session
            .desk()
            .ask(
                "cannot verify " + file,
                DeskQuestion.post("/verify", JsonObject.builder().put("lockfile", text).build())
                    .patient(DeskQuestion.PATIENCE.multipliedBy(10)));
    return new CheckedLock(file, text, report);
  }

  private static String read(Path path, Path named) {
    try (var in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(Lockfile.MAX_BYTES + 1);
      if (bytes.length > Lockfile.MAX_BYTES) {
        throw new CliException(
            ErrorCode.MALFORMED_INPUT,
            "cannot read '%s': over %d bytes, which is no lockfile"
                .formatted(named, Lockfile.MAX_BYTES));
      }
      return Bytes.of(bytes).text();
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

  List<JsonObject> packages() {
    return report.objects("packages");
  }

  List<JsonObject> standing(String standing) {
    return packages().stream().filter(p -> p.words("standing").equals(standing)).toList();
  }

  List<JsonObject> failing() {
    return packages().stream().filter(p -> !p.words("standing").equals("served")).toList();
  }

  ExitCode exitCode() {
    return ExitCode.gravest(packages().stream().map(CheckedLock::exitCode).toList());
  }

  /// Returns how a package that stands so would end a command.
  static ExitCode exitCode(JsonObject line) {
    return switch (line.words("standing")) {
      case "served" -> ExitCode.DONE;
      case "tampered" -> ExitCode.TAMPERED;
      case "unavailable" -> ExitCode.UNAVAILABLE;
      case "unknown", "foreign-source" -> ExitCode.UNKNOWN;
      // Whatever a newer gate may say: it is not handed out.
      default -> ExitCode.REFUSED;
    };
  }

  static Style style(String standing) {
    return switch (standing) {
      case "served" -> Style.GOOD;
      case "tampered" -> Style.BAD;
      default -> Style.WARN;
    };
  }

  /// Returns why a package stands as it does.
  static String why(JsonObject line) {
    List<JsonObject> reasons = line.objects("reasons");
    return reasons.isEmpty() ? line.words("detail") : Verdicts.reason(reasons.getFirst());
  }

  private Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    packages().forEach(p -> counts.merge(p.words("standing"), 1L, Long::sum));
    return counts;
  }

  /// Returns one line: how many packages stand how.
  String summary() {
    List<String> parts = new ArrayList<>();
    counts().forEach((standing, count) -> parts.add(count + " " + standing));
    return "%s: %d %s%s"
        .formatted(
            file,
            packages().size(),
            packages().size() == 1 ? "package" : "packages",
            parts.isEmpty() ? "" : ": " + String.join(", ", parts));
  }

  /// Returns the document of `--json`.
  JsonObject document() {
    JsonObject.Builder counts = JsonObject.builder();
    counts().forEach(counts::put);
    return JsonObject.builder()
        .put("lockfile", file.toString())
        .put("passes", report.flag("passes"))
        .put("counts", counts.build())
        .list("packages", packages(), p -> p)
        .build();
  }
}
