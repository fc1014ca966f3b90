package lazaret.conformance;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The jobs of a CI system that the scripted registry trusts. The text of a job begins with its
/// kind, and is exchanged once.
final class ScriptedJobs {
  /// The kind of jobs that create, publish and yank the crates of the letter j.
  static final String RELEASE = "release-";

  /// The kind of jobs that publish versions of the crates of the letter u, which exist.
  static final String UPDATE = "update-";

  private static final int EACH = 10;

  private final Defect defect;
  private final Set<String> used = new HashSet<>();
  private int exchanged;

  ScriptedJobs(Defect defect) {
    this.defect = defect;
  }

  /// Returns the texts of some jobs, one a line.
  static String texts(String kind) {
    return IntStream.range(0, EACH).mapToObj(i -> kind + i).collect(Collectors.joining("\n"));
  }

  /// Returns how many jobs were exchanged.
  int exchanged() {
    return exchanged;
  }

  /// Exchanges the text of a job for the rights of its token.
  ScriptedRegistry.Holder holder(String text) {
    boolean releases = text.startsWith(RELEASE);
    if (!releases && !text.startsWith(UPDATE) && defect != Defect.ANY_JOB) {
      throw RefusedException.bad("there is no such job");
    }
    if (!used.add(text) && defect != Defect.REPEATED_JOBS) {
      throw RefusedException.bad("the job has a token");
    }
    exchanged++;
    Set<String> scopes = new HashSet<>(Set.of("publish-update"));
    if (releases || defect == Defect.JOBS_CREATE) {
      scopes.add("publish-new");
    }
    if (releases || defect == Defect.JOBS_YANK) {
      scopes.add("yank");
    }
    String pattern = ScriptedRegistry.PREFIX + (releases ? "j*" : "u*");
    return new ScriptedRegistry.Holder(
        "ada", Set.copyOf(scopes), defect == Defect.JOBS_COVER_ALL ? "*" : pattern);
  }
}
