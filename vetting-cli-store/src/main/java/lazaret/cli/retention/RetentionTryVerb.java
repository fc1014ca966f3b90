package lazaret.cli.retention;

import lazaret.cli.command.CliSession;
import lazaret.cli.command.EmptyRequestVerb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.RetentionOperations;
import lazaret.vetting.deskapi.retention.PlannedRemovalInfo;
import lazaret.vetting.deskapi.retention.RetentionRuleInfo;
import lazaret.vetting.deskapi.retention.RetentionTrialReply;
import lazaret.vetting.text.SizeText;
import picocli.CommandLine.Command;

/// The command `retention try`, which lists what the rules would remove.
@Command(
    name = "try",
    header = "List the artifacts that the rules would remove now",
    description = {
      "",
      "Nothing is removed. The result is stored, and 'retention resume' requires it. The list has"
          + " the first 500 artifacts, the sums have all."
    },
    footer = {
      "Examples:",
      "  vetting-cli retention try",
      "  vetting-cli retention try --json | jq -r .rules"
    },
    exitCodeList = {
      "0:success, even if nothing would be removed",
      "2:no rules, or rules with mistakes",
      "3:gate unavailable"
    })
final class RetentionTryVerb extends EmptyRequestVerb<RetentionTrialReply> {
  RetentionTryVerb(CliSession session) {
    super(session, () -> RetentionOperations.TRY_RETENTION, "cannot try the rules");
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  protected Reply<RetentionTrialReply> reply() {
    return awaited("trying the rules", "retention", super::reply);
  }

  @Override
  protected void print(RetentionTrialReply trial) {
    TextTable removals = new TextTable("CRATE", "VERSION", "SIZE", "LAST USE", "RULE");
    for (PlannedRemovalInfo removal : trial.removals()) {
      removals.row(
          Cell.of(TextStyle.STRONG, removal.name()),
          Cell.of(removal.version()),
          Cell.of(SizeText.text(removal.bytes())),
          Cell.of(removal.used()),
          Cell.of(removal.rule()));
    }
    terminal().table(removals);
    TextTable rules = new TextTable("ARTIFACTS", "SIZE", "RULE");
    for (RetentionRuleInfo rule : trial.counts()) {
      rules.row(
          Cell.of(rule.artifacts()), Cell.of(SizeText.text(rule.bytes())), Cell.of(rule.rule()));
    }
    terminal().table(rules);
    terminal()
        .line(
            "%d artifacts with %s are stored"
                .formatted(trial.artifacts(), SizeText.text(trial.bytes())));
    if (trial.excess() > 0) {
      terminal()
          .line(
              Cell.of(
                  TextStyle.WARN,
                  "protected artifacts exceed 'max-size' by " + SizeText.text(trial.excess())));
    }
    if (trial.counts().isEmpty()) {
      terminal().line("nothing would be removed now");
    }
    terminal()
        .line("next: vetting-cli retention resume %s --reason TEXT".formatted(trial.rules().hex()));
  }
}
