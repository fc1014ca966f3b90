package lazaret.conformance;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import lazaret.conformance.cases.CaseContext;
import lazaret.conformance.client.RegistryClient;

/// The program `registry-conformance`.
public final class Main {
  private static final int USAGE = 2;

  private Main() {}

  /// Runs the program and ends the process.
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.out, System.err));
  }

  /// Runs the program.
  ///
  /// @return the exit code
  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    if (arguments.isEmpty() || arguments.contains("--help")) {
      out.print(ConformanceOptions.HELP);
      return arguments.isEmpty() ? USAGE : 0;
    }
    try {
      ConformanceOptions options = ConformanceOptions.parse(arguments);
      ConformanceReport report = report(options, out);
      Path json = options.json();
      if (json != null) {
        Files.writeString(json, report.json());
      }
      out.println(report.summary());
      return report.count(CaseResult.Kind.FAILED) == 0 ? 0 : 1;
    } catch (IllegalArgumentException
        | IllegalStateException
        | IOException
        | UncheckedIOException e) {
      err.println("cannot run the suite: " + e.getMessage());
      return USAGE;
    }
  }

  /// Runs the suite.
  ///
  /// @param out receives a line for each case
  static ConformanceReport report(ConformanceOptions options, PrintStream out) {
    try (HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build()) {
      RegistryClient owner = RegistryClient.open(http, options.index(), options.ownerToken());
      CaseContext context =
          new CaseContext(
              owner,
              owner.as(options.otherToken()),
              options.declared(),
              options.prefix(),
              Clock.systemUTC());
      return new ConformanceReport(
          new ConformanceRun(context).run(options.groups(), result -> print(result, out)));
    }
  }

  private static void print(CaseResult result, PrintStream out) {
    out.println(
        "%-4s %-12s %s"
            .formatted(result.tested().id(), result.kind().words(), result.tested().sentence()));
    if (result.kind() == CaseResult.Kind.FAILED) {
      out.println("     expected " + result.expected());
      out.println("     found    " + result.found());
    }
  }
}
