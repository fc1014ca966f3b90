package lazaret.cli.verbs;

import java.util.List;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Moments;
import lazaret.cli.report.Style;
import lazaret.cli.report.Table;
import picocli.CommandLine.Command;

@Command(
    name = "queue",
    header = "What was asked for and not given, and waits for a person.",
    description = {
      "",
      "A version that cargo or prefetch asked for and did not get appears here by itself, with who"
          + " asked, how often, and why it was withheld. A decision on it takes it off."
    },
    footer = {
      "Examples:",
      "  vetting-cli queue",
      "  vetting-cli queue --json | jq -r '.requests[] | .name + \"@\" + .version'"
    },
    exitCodeList = {"0:told, even where nothing waits", "3:no gate answers"})
final class QueueVerb extends Verb {
  QueueVerb(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    JsonObject queue = desk().ask("cannot read the queue", DeskQuestion.get("/queue"));
    if (session().json()) {
      terminal().json(queue);
      return ExitCode.DONE;
    }
    List<JsonObject> requests = queue.objects("requests");
    if (requests.isEmpty()) {
      terminal().line("nothing waits");
      rest(queue);
      return ExitCode.DONE;
    }
    Table table = new Table("CRATE", "VERSION", "WHY", "ASKED", "LAST", "BY");
    for (JsonObject request : requests) {
      table.row(
          Cell.of(Style.STRONG, request.words("name")),
          Cell.of(request.words("version")),
          Cell.of(why(request)),
          Cell.of(request.number("count")),
          Cell.of(Moments.minute(request.words("last"))),
          Cell.of(String.join(", ", request.texts("askers"))));
    }
    terminal().table(table);
    rest(queue);
    return ExitCode.DONE;
  }

  private void rest(JsonObject queue) {
    if (queue.number("more") > 0) {
      terminal().line("%d more wait that are not shown".formatted(queue.number("more")));
    }
    if (queue.number("dropped") + queue.number("expired") > 0) {
      terminal()
          .line(
              "%d requests were dropped because there were too many, %d because of their age"
                  .formatted(queue.number("dropped"), queue.number("expired")));
    }
  }

  private static String why(JsonObject request) {
    List<String> approvers = request.texts("approved_by");
    return approvers.isEmpty()
        ? request.words("reason")
        : "%s, %s approved".formatted(request.words("reason"), String.join(" and ", approvers));
  }
}
