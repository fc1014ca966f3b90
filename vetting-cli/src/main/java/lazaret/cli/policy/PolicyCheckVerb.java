package lazaret.cli.policy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.lockfile.CheckedLockfile;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.Bytes;
import lazaret.vetting.deskapi.PolicyOperations;
import lazaret.vetting.deskapi.policy.NotEvaluatedInfo;
import lazaret.vetting.deskapi.policy.PolicyChangeInfo;
import lazaret.vetting.deskapi.policy.PolicyCheckReply;
import lazaret.vetting.deskapi.policy.PolicyCheckRequest;
import lazaret.vetting.deskapi.policy.PolicyPartInfo;
import lazaret.vetting.deskapi.policy.PolicyVerdictInfo;
import lazaret.vetting.text.KebabCase;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "check",
    header = "Show what a policy file would change if it were in force",
    description = {
      "",
      "The gate evaluates versions with its policy in force, with the file, and with each part of"
          + " the file alone; it does not adopt the file. Without --lockfile, all versions whose"
          + " bytes are stored are evaluated. The role 'reviewer' or 'auditor' is needed."
    },
    footer = {
      "Examples:",
      "  vetting-cli policy check policy.toml",
      "  vetting-cli policy check policy.toml --lockfile Cargo.lock --lockfile ../app/Cargo.lock",
      "  vetting-cli policy check policy.toml --json | jq -r '.changes[] | select(.before.served) |"
          + " .name'"
    },
    exitCodeList = {
      "0:no served version would be withheld",
      "1:a served version would be withheld",
      "2:invalid policy file, or unreadable lockfile",
      "3:gate or upstream unavailable"
    })
final class PolicyCheckVerb extends Verb {
  @Parameters(paramLabel = "FILE", description = "Policy file.")
  Path file = Path.of("");

  @Option(
      names = "--lockfile",
      paramLabel = "FILE",
      description = "Evaluate the packages of this Cargo.lock. May be given several times.")
  List<Path> lockfiles = new ArrayList<>();

  private final SequencedMap<String, PolicyChangeInfo> changes = new LinkedHashMap<>();
  private final SequencedMap<String, NotEvaluatedInfo> unjudged = new LinkedHashMap<>();
  private long judged;
  private boolean complete = true;

  PolicyCheckVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    Bytes policy = PolicyVerb.bytes(session(), "policy", file);
    if (lockfiles.isEmpty()) {
      ask("cannot check '" + file + "'", policy, null);
    }
    for (Path lockfile : lockfiles) {
      ask(
          "cannot check '%s' with '%s'".formatted(file, CheckedLockfile.shown(lockfile)),
          policy,
          CheckedLockfile.text(session(), lockfile));
    }
    if (session().json()) {
      terminal().json(report());
    } else {
      print();
    }
    boolean unavailable = unjudged.values().stream().anyMatch(NotEvaluatedInfo::unavailable);
    return unavailable ? ExitCode.UNAVAILABLE : withheld() > 0 ? ExitCode.REFUSED : ExitCode.DONE;
  }

  private void ask(String attempt, Bytes policy, @Nullable String lockfile) {
    PolicyCheckReply reply =
        desk()
            .call(
                PolicyOperations.CHECK_POLICY,
                new PolicyCheckRequest(policy.text(), file.toString(), lockfile),
                attempt);
    judged += reply.judged();
    complete &= reply.complete();
    reply
        .changes()
        .forEach(change -> changes.putIfAbsent(spec(change.name(), change.version()), change));
    reply.unjudged().forEach(one -> unjudged.putIfAbsent(spec(one.name(), one.version()), one));
  }

  private static String spec(String name, String version) {
    return name + "@" + version;
  }

  private long withheld() {
    return changes.values().stream().filter(c -> turns(c, true)).count();
  }

  private long released() {
    return changes.values().stream().filter(c -> turns(c, false)).count();
  }

  /// Returns whether a change ends the given state of a version.
  ///
  /// @param served the state before the change: true for served, false for withheld
  private static boolean turns(PolicyChangeInfo change, boolean served) {
    return change.before().served() == served && change.after().served() != served;
  }

  private Report report() {
    return new Report(
        file.toString(),
        lockfiles.stream().map(Path::toString).toList(),
        judged,
        complete,
        withheld(),
        released(),
        List.copyOf(changes.values()),
        List.copyOf(unjudged.values()));
  }

  /// The JSON of a comparison with some lockfiles.
  ///
  /// @param file the policy file
  /// @param lockfiles the lockfiles; none for all stored versions
  /// @param judged the number of versions that were evaluated
  /// @param complete whether all changes are listed
  /// @param withheld the number of versions that would no longer be served
  /// @param released the number of versions that would be served in addition
  /// @param changes the changes, one for each version
  /// @param unjudged the versions that were not evaluated
  private record Report(
      String file,
      List<String> lockfiles,
      long judged,
      boolean complete,
      long withheld,
      long released,
      List<PolicyChangeInfo> changes,
      List<NotEvaluatedInfo> unjudged) {}

  private void print() {
    Map<String, List<PolicyChangeInfo>> parts = new TreeMap<>();
    List<PolicyChangeInfo> together = new ArrayList<>();
    for (PolicyChangeInfo change : changes.values()) {
      change
          .alone()
          .forEach(part -> parts.computeIfAbsent(part.part(), _ -> new ArrayList<>()).add(change));
      String after = verdict(change.after());
      if (change.alone().stream().noneMatch(part -> verdict(verdictOf(part)).equals(after))) {
        together.add(change);
      }
    }
    parts.forEach((part, concerned) -> group("by '" + part + "' alone", concerned, part));
    group(parts.isEmpty() ? "changed" : "by all parts together", together, "");
    unjudged.forEach(
        (spec, one) ->
            terminal()
                .line(
                    Cell.of(TextStyle.WARN, "not evaluated: "),
                    Cell.of(spec + ": " + one.detail())));
    if (!complete) {
      terminal().line("more changes exist than are listed here");
    }
    long otherwise =
        changes.values().stream()
            .filter(c -> !turns(c, true) && !turns(c, false))
            .filter(c -> !verdict(c.before()).equals(verdict(c.after())))
            .count();
    terminal()
        .line(
            "%d evaluated: %d would be withheld that %s served, %d would be served that %s withheld, %d would change otherwise"
                .formatted(
                    judged,
                    withheld(),
                    withheld() == 1 ? "is" : "are",
                    released(),
                    released() == 1 ? "is" : "are",
                    otherwise));
  }

  /// Prints the changes of one part.
  ///
  /// @param part the part whose verdicts are shown; empty for the whole file
  private void group(String heading, List<PolicyChangeInfo> concerned, String part) {
    if (concerned.isEmpty()) {
      return;
    }
    TextTable table = new TextTable("PACKAGE", "NOW", "WOULD BE");
    for (PolicyChangeInfo change : concerned) {
      PolicyVerdictInfo before = change.before();
      PolicyVerdictInfo then =
          change.alone().stream()
              .filter(alone -> alone.part().equals(part))
              .findFirst()
              .map(PolicyCheckVerb::verdictOf)
              .orElse(change.after());
      table.row(
          Cell.of(spec(change.name(), change.version())),
          Cell.of(style(before), verdict(before)),
          Cell.of(style(then), verdict(then) + ": " + then.detail() + until(then)));
    }
    terminal().line(Cell.of(TextStyle.STRONG, heading + ":"));
    terminal().table(table);
    terminal().line("");
  }

  private String until(PolicyVerdictInfo verdict) {
    Instant until = verdict.until();
    return until == null ? "" : "; until " + Timestamps.until(until, session().now());
  }

  private static PolicyVerdictInfo verdictOf(PolicyPartInfo part) {
    return new PolicyVerdictInfo(
        part.kind(), part.served(), part.until(), part.code(), part.detail());
  }

  private static TextStyle style(PolicyVerdictInfo verdict) {
    return verdict.served()
        ? TextStyle.GOOD
        : verdict.kind() == PolicyVerdictInfo.Kind.DENY ? TextStyle.BAD : TextStyle.WARN;
  }

  private static String verdict(PolicyVerdictInfo verdict) {
    boolean audit = verdict.served() && verdict.kind() != PolicyVerdictInfo.Kind.ALLOW;
    return KebabCase.of(verdict.kind()) + (audit ? " (served: audit)" : "") + ": " + verdict.code();
  }
}
