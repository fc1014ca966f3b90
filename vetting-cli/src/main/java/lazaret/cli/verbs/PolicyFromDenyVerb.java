package lazaret.cli.verbs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Moments;
import lazaret.mirror.config.PolicyFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.file.PolicyOutcome;
import lazaret.vetting.policy.file.PolicyReader;
import lazaret.vetting.policy.file.PolicyWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "from-deny",
    header = "Writes what cargo-deny's deny.toml says as a policy.",
    description = {
      "",
      "Asks no gate. Keys that make no sense for a registry are mistakes that say what to do instead;"
          + " docs/policy.md has the whole table. A policy can also stand on a deny.toml as it is:"
          + " [deny-toml] file = \"deny.toml\"."
    },
    footer = {
      "Examples:",
      "  vetting-cli policy from-deny deny.toml",
      "  vetting-cli policy from-deny deny.toml --expires 2027-06-30 > policy.toml"
    },
    exitCodeList = {"0:the policy is printed", "2:the file cannot be read, or has mistakes"})
final class PolicyFromDenyVerb extends Verb {
  @Parameters(paramLabel = "FILE", description = "The deny.toml.")
  Path file = Path.of("");

  @Option(
      names = "--expires",
      paramLabel = "WHEN",
      description =
          "When what it ignores counts again: a span (90d), a day or a moment. Default: 90d.")
  String expires = "90d";

  PolicyFromDenyVerb(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    return switch (PolicyReader.readDeny(bytes(), Policy.DEFAULT, end())) {
      case PolicyOutcome.Wrong wrong ->
          throw PolicyVerb.wrong("cannot use '" + file + "' as a policy", wrong, file);
      case PolicyOutcome.Right right -> {
        String text = PolicyWriter.difference(right.policy(), Policy.DEFAULT);
        if (session().json()) {
          terminal()
              .json(JsonObject.builder().put("file", file.toString()).put("policy", text).build());
        } else {
          terminal().document(text);
        }
        yield ExitCode.DONE;
      }
    };
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
