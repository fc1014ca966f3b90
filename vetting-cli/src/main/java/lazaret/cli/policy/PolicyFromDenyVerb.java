package lazaret.cli.policy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.file.PolicyMistake;
import lazaret.vetting.policy.file.PolicyParseResult;
import lazaret.vetting.policy.file.PolicyReader;
import lazaret.vetting.policy.file.PolicyWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "from-deny",
    header = "Convert a deny.toml of cargo-deny to a policy",
    description = {
      "",
      "No gate is needed. A key that has no meaning for a registry is a mistake, and its message"
          + " names a replacement; with --lenient, it is left out and listed. docs/policy.md has"
          + " the whole table."
    },
    footer = {
      "Examples:",
      "  vetting-cli policy from-deny deny.toml",
      "  vetting-cli policy from-deny deny.toml --lenient > policy.toml     (a file of 'cargo deny"
          + " init')",
      "  vetting-cli policy from-deny deny.toml --expires 2027-06-30 > policy.toml"
    },
    exitCodeList = {"0:policy printed", "2:unreadable or invalid file"})
final class PolicyFromDenyVerb extends Verb {
  @Parameters(paramLabel = "FILE", description = "A deny.toml of cargo-deny.")
  Path file = Path.of("");

  @Option(
      names = "--expires",
      paramLabel = "WHEN",
      description = "Expiry of ignored advisories: a span (90d), a day or a time. Default: 90d.")
  String expires = "90d";

  @Option(
      names = "--lenient",
      description =
          "Leave out keys that have no meaning for a registry, and list them on standard error.")
  boolean lenient;

  PolicyFromDenyVerb(CliSession session) {
    super(session);
  }

  @Override
  public Target asks() {
    return Target.NOBODY;
  }

  @Override
  public ExitCode run() {
    Bytes document = PolicyVerb.bytes(session(), "file", file);
    PolicyReader.Lenient read = read(document, end());
    return switch (read.outcome()) {
      case PolicyParseResult.Invalid wrong ->
          throw PolicyVerb.wrong("cannot use '" + file + "' as a policy", wrong, file);
      case PolicyParseResult.Valid right -> {
        print(PolicyWriter.difference(right.policy(), Policy.DEFAULT), read.omitted());
        yield ExitCode.DONE;
      }
    };
  }

  private PolicyReader.Lenient read(Bytes document, Instant ignoreUntil) {
    return lenient
        ? PolicyReader.readDenyLeniently(document, Policy.DEFAULT, ignoreUntil)
        : new PolicyReader.Lenient(
            PolicyReader.readDeny(document, Policy.DEFAULT, ignoreUntil), List.of());
  }

  private void print(String policy, List<PolicyMistake> leftOut) {
    leftOut.forEach(left -> terminal().note("left out: " + left.in(file.toString())));
    if (session().json()) {
      terminal()
          .json(
              new Converted(
                  file.toString(),
                  policy,
                  leftOut.stream()
                      .map(left -> new LeftOut(left.line(), left.column(), left.text()))
                      .toList()));
    } else {
      terminal().document(policy);
    }
  }

  /// The JSON of a converted file.
  ///
  /// @param file the file of cargo-deny
  /// @param policy the text of the policy file
  /// @param leftOut the keys that were left out
  private record Converted(String file, String policy, List<LeftOut> leftOut) {}

  /// The JSON of a key that was left out.
  ///
  /// @param line the line of the key
  /// @param column the column of the key
  /// @param detail the key with the reason
  private record LeftOut(long line, long column, String detail) {}

  private Instant end() {
    try {
      return Timestamps.end(expires, session().now());
    } catch (IllegalArgumentException e) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot use --expires '%s': %s".formatted(expires, e.getMessage()),
          e);
    }
  }
}
