package lazaret.sandbox.watch;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.sandbox.Violation.Origin;

/// A snapshot of the crates and programs that run in the sandbox, for example when a limit is
/// reached.
public final class RunningCrates {
  private static final Pattern NAMED = Pattern.compile("(\\S+) (\\S+)");

  private RunningCrates() {}

  /// Returns the crate whose code runs, or all such crates as candidates if there are several.
  public static Origin now() {
    Origin all = new FileOpeners(new CrateAttribution(0)).running();
    Matcher only = NAMED.matcher(all.candidates().size() == 1 ? all.candidates().getFirst() : "");
    return only.matches()
        ? new Origin(
            Optional.of(only.group(1)), Optional.of(only.group(2)), Optional.empty(), List.of())
        : all;
  }

  /// Returns the programs that run in the sandbox, by their paths there. Programs that the launcher
  /// uses for the setup and the limits are left out.
  public static Set<String> programs() {
    Optional<String> here = ProcFolder.of(ProcessHandle.current().pid()).processes();
    Set<String> programs = new TreeSet<>();
    ProcessHandle.current()
        .descendants()
        .map(process -> ProcFolder.of(process.pid()))
        .filter(process -> process.processes().isPresent() && !process.processes().equals(here))
        .forEach(
            process ->
                process
                    .program()
                    .filter(program -> !isOurs(program, process.numberInside()))
                    .ifPresent(programs::add));
    return programs;
  }

  /// Returns whether a program belongs to the launcher. The first process is bubblewrap; the second
  /// starts as bubblewrap and then sets limits.
  private static boolean isOurs(String program, int number) {
    boolean begins = program.endsWith("/bwrap") || program.endsWith("/prlimit");
    return number <= 1 || (number == 2 && begins);
  }
}
