package lazaret.cli.policy;

import java.time.Instant;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.text.Printable;
import picocli.CommandLine.Command;

@Command(
    name = "show",
    header = "Print the policy in force as a policy file",
    description = {
      "",
      "All settings are printed, whether they come from a file, from mirror.toml or are defaults."
          + " Settings that are not part of a policy file are in comments."
    },
    footer = {
      "Examples:",
      "  vetting-cli policy show",
      "  vetting-cli policy show > policy.toml",
      "  vetting-cli policy show --json | jq -r '.overrides[] | select(.expired) | .what'"
    },
    exitCodeList = {"0:printed", "3:gate unavailable"})
final class PolicyShowVerb extends Verb {
  PolicyShowVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    JsonObject found = desk().ask("cannot show the policy", DeskQuestion.get("/policy"));
    if (session().json()) {
      terminal().json(found);
      return ExitCode.DONE;
    }
    terminal().line("# mode " + found.words("mode") + ", generation " + found.words("generation"));
    terminal().line("# from " + origin(found, session().now()));
    found
        .text("refused")
        .ifPresent(why -> terminal().line("# the current file is not in force: " + why));
    for (JsonObject override : found.objects("overrides")) {
      terminal()
          .line(
              "# override of %s for %s: %s %s"
                  .formatted(
                      override.words("what"),
                      override.text("crate").orElse("every crate"),
                      override.flag("expired") ? "expired" : "ends",
                      Timestamps.distant(override.words("expires"), session().now())));
    }
    terminal().line("");
    found.words("policy").lines().forEach(line -> terminal().line(Printable.line(line)));
    return ExitCode.DONE;
  }

  private static String origin(JsonObject found, Instant now) {
    return found
        .text("file")
        .map(
            file ->
                "%s, sha256 %s, in force since %s"
                    .formatted(
                        file, found.words("sha256"), Timestamps.distant(found.words("since"), now)))
        .orElse("the gate's configuration, which names no policy file");
  }
}
