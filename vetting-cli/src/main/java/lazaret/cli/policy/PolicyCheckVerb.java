package lazaret.cli.policy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.lockfile.CheckedLockfile;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.Bytes;
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
          + " bytes are stored are evaluated. The scope 'review' is needed."
    },
    footer = {
      "Examples:",
      "  vetting-cli policy check policy.toml",
      "  vetting-cli policy check policy.toml --lockfile Cargo.lock --lockfile ../app/Cargo.lock",
      "  vetting-cli policy check policy.toml --json | jq -r '.changes[] | select(.before.served) | .name'"
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

  private final SequencedMap<String, JsonObject> changes = new LinkedHashMap<>();
  private final SequencedMap<String, JsonObject> unjudged = new LinkedHashMap<>();
  private long judged;
  private boolean complete = true;

  PolicyCheckVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    Bytes policy = PolicyVerb.bytes(session(), "policy", file);
    JsonObject.Builder question =
        JsonObject.builder().put("policy", policy.text()).put("name", file.toString());
    if (lockfiles.isEmpty()) {
      ask("cannot check '" + file + "'", question);
    }
    for (Path lockfile : lockfiles) {
      ask(
          "cannot check '%s' with '%s'".formatted(file, CheckedLockfile.shown(lockfile)),
          question.put("lockfile", CheckedLockfile.text(session(), lockfile)));
    }
    if (session().json()) {
      terminal().json(document());
    } else {
      print();
    }
    boolean unavailable = unjudged.values().stream().anyMatch(one -> one.flag("unavailable"));
    return unavailable ? ExitCode.UNAVAILABLE : withheld() > 0 ? ExitCode.REFUSED : ExitCode.DONE;
  }

  private void ask(String tried, JsonObject.Builder question) {
    JsonObject answer =
        desk()
            .ask(
                tried,
                DeskQuestion.post("/policy/check", question.build())
                    .patient(DeskQuestion.PATIENCE.multipliedBy(10)));
    judged += answer.number("judged");
    complete &= answer.flag("complete");
    answer.objects("changes").forEach(change -> changes.putIfAbsent(spec(change), change));
    answer.objects("unjudged").forEach(one -> unjudged.putIfAbsent(spec(one), one));
  }

  private static String spec(JsonObject version) {
    return version.words("name") + "@" + version.words("version");
  }

  private long withheld() {
    return changes.values().stream().filter(c -> turns(c, true)).count();
  }

  private long freed() {
    return changes.values().stream().filter(c -> turns(c, false)).count();
  }

  /// Returns whether a change ends the given state of a version.
  ///
  /// @param served the state before the change: true for served, false for withheld
  private static boolean turns(JsonObject change, boolean served) {
    return change.object("before").flag("served") == served
        && change.object("after").flag("served") != served;
  }

  private JsonObject document() {
    return JsonObject.builder()
        .put("file", file.toString())
        .texts("lockfiles", lockfiles.stream().map(Path::toString).toList())
        .put("judged", judged)
        .put("complete", complete)
        .put("withheld", withheld())
        .put("freed", freed())
        .list("changes", changes.values(), c -> c)
        .list("unjudged", unjudged.values(), u -> u)
        .build();
  }

  private void print() {
    Map<String, List<JsonObject>> parts = new TreeMap<>();
    List<JsonObject> together = new ArrayList<>();
    for (JsonObject change : changes.values()) {
      List<JsonObject> alone = change.objects("alone");
      alone.forEach(
          part -> parts.computeIfAbsent(part.words("part"), _ -> new ArrayList<>()).add(change));
      if (alone.stream().noneMatch(part -> verdict(part).equals(verdict(change.object("after"))))) {
        together.add(change);
      }
    }
    parts.forEach((part, concerned) -> group("by '" + part + "' alone", concerned, part));
    group(parts.isEmpty() ? "changed" : "by all parts together", together, "");
    unjudged
        .values()
        .forEach(
            one ->
                terminal()
                    .line(
                        Cell.of(TextStyle.WARN, "not evaluated: "),
                        Cell.of(spec(one) + ": " + one.words("detail"))));
    if (!complete) {
      terminal().line("more changes exist than are listed here");
    }
    long otherwise =
        changes.values().stream()
            .filter(c -> !turns(c, true) && !turns(c, false))
            .filter(c -> !verdict(c.object("before")).equals(verdict(c.object("after"))))
            .count();
    terminal()
        .line(
            "%d evaluated: %d would be withheld that %s served, %d would be served that %s withheld, %d would change otherwise"
                .formatted(
                    judged,
                    withheld(),
                    withheld() == 1 ? "is" : "are",
                    freed(),
                    freed() == 1 ? "is" : "are",
                    otherwise));
  }

  /// Prints the changes of one part.
  ///
  /// @param part the part whose verdicts are shown; empty for the whole file
  private void group(String heading, List<JsonObject> concerned, String part) {
    if (concerned.isEmpty()) {
      return;
    }
    TextTable table = new TextTable("PACKAGE", "NOW", "WOULD BE");
    for (JsonObject change : concerned) {
      JsonObject before = change.object("before");
      JsonObject then =
          change.objects("alone").stream()
              .filter(a -> a.words("part").equals(part))
              .findFirst()
              .orElse(change.object("after"));
      table.row(
          Cell.of(spec(change)),
          Cell.of(style(before), verdict(before)),
          Cell.of(style(then), verdict(then) + ": " + then.words("detail") + until(then)));
    }
    terminal().line(Cell.of(TextStyle.STRONG, heading + ":"));
    terminal().table(table);
    terminal().line("");
  }

  private String until(JsonObject side) {
    return side.text("until")
        .map(until -> "; until " + Timestamps.until(until, session().now()))
        .orElse("");
  }

  private static TextStyle style(JsonObject side) {
    return side.flag("served")
        ? TextStyle.GOOD
        : side.words("kind").equals("deny") ? TextStyle.BAD : TextStyle.WARN;
  }

  private static String verdict(JsonObject side) {
    String kind = side.words("kind");
    boolean audit = side.flag("served") && !kind.equals("allow");
    return kind + (audit ? " (served: audit)" : "") + ": " + side.words("code");
  }
}
