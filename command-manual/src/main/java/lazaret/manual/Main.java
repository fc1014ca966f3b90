package lazaret.manual;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/// The program that writes the manual pages and completions of all programs, for packages.
public final class Main {
  private static final int MISUSED = 2;
  private static final int FAILED = 3;

  /// The date of the entries of all jars, see `project.build.outputTimestamp`.
  private static final LocalDate DATE = LocalDate.of(2026, 1, 1);

  private Main() {}

  /// Writes all files, and ends the process with 0, 2 for a wrong command line or 3 for a failure.
  ///
  /// @param arguments the folder
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.getenv()));
  }

  private static int run(List<String> arguments, Map<String, String> environment) {
    if (arguments.size() != 1) {
      System.err.println("usage: java -cp JARS lazaret.manual.Main FOLDER");
      return MISUSED;
    }
    try {
      ManualFolder.write(programs(), date(environment), Path.of(arguments.getFirst()));
      return 0;
    } catch (IOException e) {
      System.err.println("error: cannot write the manual: " + e);
      return FAILED;
    }
  }

  /// Returns the server, and the programs of the jars in the class path.
  private static List<ManualProgram> programs() {
    List<ManualProgram> programs = new ArrayList<>(List.of(ManualProgram.server()));
    ServiceLoader.load(ManualSource.class).forEach(source -> programs.addAll(source.programs()));
    return programs;
  }

  private static LocalDate date(Map<String, String> environment) {
    String epoch = environment.getOrDefault("SOURCE_DATE_EPOCH", "");
    return epoch.matches("\\d{1,11}")
        ? LocalDate.ofInstant(Instant.ofEpochSecond(Long.parseLong(epoch)), ZoneOffset.UTC)
        : DATE;
  }
}
