package lazaret.cli.retention;

import lazaret.cli.command.CliSession;
import lazaret.cli.command.EmptyRequestVerb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.deskapi.RetentionOperations;
import lazaret.vetting.deskapi.retention.RetentionReply;
import lazaret.vetting.deskapi.retention.RetentionRuleInfo;
import lazaret.vetting.deskapi.retention.RetentionTrialReply;
import lazaret.vetting.deskapi.retention.ScrubInfo;
import lazaret.vetting.text.KebabCase;
import lazaret.vetting.text.SizeText;
import picocli.CommandLine.Command;

/// The command `retention status`, which shows whether the rules are followed.
@Command(
    name = "status",
    header = "Show whether the rules are followed, and the progress of the scrub",
    footer = {
      "Examples:",
      "  vetting-cli retention status",
      "  vetting-cli retention status --json | jq -r .state"
    },
    exitCodeList = {"0:success, in each state", "3:gate unavailable"})
final class RetentionStatusVerb extends EmptyRequestVerb<RetentionReply> {
  RetentionStatusVerb(CliSession session) {
    super(session, () -> RetentionOperations.RETENTION, "cannot read the state of retention");
  }

  @Override
  protected void print(RetentionReply reply) {
    terminal().line(Cell.of("rules     "), state(reply));
    if (reply.rules() != null) {
      terminal().line("file      " + reply.rules().hex());
    }
    RetentionTrialReply trial = reply.trial();
    if (trial != null) {
      long artifacts = trial.counts().stream().mapToLong(RetentionRuleInfo::artifacts).sum();
      long bytes = trial.counts().stream().mapToLong(RetentionRuleInfo::bytes).sum();
      terminal()
          .line(
              "trial     %s by %s: %d artifacts, %s%s"
                  .formatted(
                      Timestamps.minute(trial.at()),
                      trial.by(),
                      artifacts,
                      SizeText.text(bytes),
                      trial.rules().equals(reply.rules()) ? "" : ", of other rules"));
    }
    if (reply.followed() != null) {
      terminal().line("followed  " + Timestamps.minute(reply.followed()));
    }
    ScrubInfo scrub = reply.scrub();
    if (scrub != null) {
      terminal()
          .line(
              "scrub     %s: %d artifacts, %s, %d damaged"
                  .formatted(
                      scrub.ended() == null
                          ? "runs since " + Timestamps.minute(scrub.begun())
                          : "ended " + Timestamps.minute(scrub.ended()),
                      scrub.artifacts(),
                      SizeText.text(scrub.bytes()),
                      scrub.damaged()));
    }
  }

  private static Cell state(RetentionReply reply) {
    TextStyle style =
        switch (reply.state()) {
          case OFF -> TextStyle.PLAIN;
          case IN_FORCE -> reply.detail() == null ? TextStyle.GOOD : TextStyle.WARN;
          case PAUSED, SUSPENDED -> TextStyle.WARN;
          case INVALID -> TextStyle.BAD;
        };
    String state =
        switch (reply.state()) {
          case OFF -> "none: 'retention.artifacts' names no file, and artifacts are kept";
          case IN_FORCE -> "in force";
          case PAUSED, SUSPENDED, INVALID -> KebabCase.of(reply.state());
        };
    return Cell.of(style, reply.detail() == null ? state : state + ": " + reply.detail());
  }
}
