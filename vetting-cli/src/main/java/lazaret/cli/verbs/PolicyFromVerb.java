package lazaret.cli.verbs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Moments;
import lazaret.mirror.config.PolicyFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.file.PolicyMistake;
import lazaret.vetting.policy.file.PolicyOutcome;
import lazaret.vetting.policy.file.PolicyWriter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A verb that writes the file of another tool as a policy. It does not use a gate.
abstract class PolicyFromVerb extends Verb {
  @Parameters(paramLabel = "FILE", description = "The file of the other tool.")
  Path file = Path.of("");

  @Option(
      names = "--expires",
      paramLabel = "WHEN",
      description =
          "When what it ignores counts again: a span (90d), a day or a moment. Default: 90d.")
  String expires = "90d";

  private List<PolicyMistake> leftOut = List.of();

  PolicyFromVerb(Session session) {
    super(session);
  }

  /// Reads the file as a policy.
  ///
  /// @param ignoreUntil the end of the exceptions in the file
  abstract PolicyOutcome read(Bytes document, Instant ignoreUntil);

  @Override
  Asks asks() {
    return Asks.NOBODY;
  }

  @Override
  ExitCode run() {
    return switch (read(bytes(), end())) {
      case PolicyOutcome.Wrong wrong ->
          throw PolicyVerb.wrong("cannot use '" + file + "' as a policy", wrong, file);
      case PolicyOutcome.Right right -> {
        leftOut.forEach(left -> terminal().note("left out: " + left.in(file.toString())));
        String text = PolicyWriter.difference(right.policy(), Policy.DEFAULT);
        if (session().json()) {
          terminal()
              .json(
                  JsonObject.builder()
                      .put("file", file.toString())
                      .put("policy", text)
                      .list("left_out", leftOut, this::document)
                      .build());
        } else {
          terminal().document(text);
        }
        yield ExitCode.DONE;
      }
    };
  }

  /// Records the keys that have no equivalent in the policy.
  final void leftOut(List<PolicyMistake> keys) {
    leftOut = List.copyOf(keys);
  }

  private JsonObject document(PolicyMistake left) {
    return JsonObject.builder()
        .put("line", left.line())
        .put("column", left.column())
        .put("detail", left.text())
        .build();
  }

  private Instant end() {
    try {
      return Moments.end(expires, session().now());
    } catch (IllegalArgumentException e) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot use --expires '%s': %s".formatted(expires, e.getMessage()),
          e);
    }
  }

  private Bytes bytes() {
    try {
      return PolicyFiles.bytes(session().around().path(file));
    } catch (IOException e) {
      throw PolicyVerb.unreadable("file", file, e);
    }
  }
}
