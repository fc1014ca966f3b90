package lazaret.cli.policy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextStyle;
import lazaret.vetting.Bytes;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.file.PolicyExample;
import lazaret.vetting.policy.file.PolicyParseResult;
import lazaret.vetting.policy.file.PolicyReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "test",
    header = "Check a policy file and run its examples",
    description = {
      "",
      "No gate is needed. Settings that the file leaves out have their defaults. docs/policy.md"
          + " shows how to write examples."
    },
    footer = {"Examples:", "  vetting-cli policy test /etc/lazaret/policy.toml"},
    exitCodeList = {"0:all examples pass", "1:an example fails", "2:unreadable or invalid file"})
final class PolicyTestVerb extends Verb {
  @Parameters(paramLabel = "FILE", description = "Policy file.")
  Path file = Path.of("");

  PolicyTestVerb(CliSession session) {
    super(session);
  }

  @Override
  public Target asks() {
    return Target.NOBODY;
  }

  @Override
  public ExitCode run() {
    Bytes document = PolicyVerb.bytes(session(), "policy", file);
    return switch (PolicyReader.read(document, Policy.DEFAULT, session().now())) {
      case PolicyParseResult.Valid right -> examples(right);
      case PolicyParseResult.Invalid wrong ->
          throw PolicyVerb.wrong("cannot use the policy '" + file + "'", wrong, file);
    };
  }

  private ExitCode examples(PolicyParseResult.Valid right) {
    right.formerNames().forEach(note -> terminal().note(note.in(file.toString())));
    List<PolicyExample.Outcome> outcomes = new ArrayList<>();
    right.examples().forEach(e -> outcomes.add(e.run(right.policy(), session().now())));
    boolean pass = outcomes.stream().allMatch(PolicyExample.Outcome::passes);
    if (session().json()) {
      terminal()
          .json(
              new Tested(
                  file.toString(), pass, outcomes.stream().map(PolicyTestVerb::example).toList()));
    } else {
      outcomes.forEach(this::tell);
      terminal()
          .line(
              outcomes.isEmpty()
                  ? file + " is a valid policy without examples"
                  : "%d of %d examples pass"
                      .formatted(
                          outcomes.stream().filter(PolicyExample.Outcome::passes).count(),
                          outcomes.size()));
    }
    return pass ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private static TestedExample example(PolicyExample.Outcome outcome) {
    return new TestedExample(
        outcome.example().line(),
        outcome.example().title(),
        outcome.passes(),
        outcome.example().expected().code(),
        found(outcome));
  }

  /// The JSON of a tested policy file.
  ///
  /// @param file the policy file
  /// @param passes whether all examples pass
  /// @param examples the examples in the order of the file
  private record Tested(String file, boolean passes, List<TestedExample> examples) {}

  /// The JSON of one example.
  ///
  /// @param line the line of the example in the file
  /// @param name the title of the example
  /// @param passes whether the verdict is the expected one
  /// @param expected the expected verdict
  /// @param found the verdict with the code and detail of its deciding reason
  private record TestedExample(
      long line, String name, boolean passes, String expected, String found) {}

  private void tell(PolicyExample.Outcome outcome) {
    PolicyExample example = outcome.example();
    if (outcome.passes()) {
      terminal().line(Cell.of(TextStyle.GOOD, "ok      "), Cell.of(example.title()));
      return;
    }
    String reason = example.reason() == null ? "" : ": " + example.reason();
    terminal().line(Cell.of(TextStyle.BAD, "fails   "), Cell.of(example.title()));
    terminal()
        .line(
            "        %s:%d: expected %s%s, found %s"
                .formatted(
                    file, example.line(), example.expected().code(), reason, found(outcome)));
  }

  /// Returns the verdict with the code and detail of its deciding reason.
  private static String found(PolicyExample.Outcome outcome) {
    return "%s: %s: %s"
        .formatted(
            outcome.verdict().code(),
            outcome.verdict().reason().code().code(),
            outcome.verdict().reason().detail());
  }
}
