package lazaret.cli.review;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.desk.VersionArguments;
import lazaret.cli.lockfile.FeedWarnings;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.vetting.ErrorCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `queue`, which lists requested versions.
@Command(
    name = "queue",
    header = "List and handle requests that wait for a decision",
    description = {
      "",
      "The queue contains the versions that cargo or prefetch requested and did not get, with the"
          + " requesters, the number of requests, the reason at that time (WHY) and the verdict now"
          + " (NOW). A decision removes a request. Without options, the requests that a person must"
          + " decide are listed. Requests that end by themselves, are served now or are closed have"
          + " an option each."
    },
    footer = {
      "Examples:",
      "  vetting-cli queue",
      "  vetting-cli queue --assigned-to alice",
      "  vetting-cli queue assign serde@1.0.230 --to alice",
      "  vetting-cli queue comment serde@1.0.230 'asked the author, ticket 4711'",
      "  vetting-cli queue close serde@1.0.230 --reason 'no longer needed'",
      "  vetting-cli queue --json | jq -r '.requests[] | .name + \"@\" + .version'"
    },
    exitCodeList = {"0:listed, even if empty", "2:see the help of the verb", "3:gate unavailable"})
public final class QueueVerb extends Verb {
  @Option(
      names = "--holds",
      description = "List the requests that end by themselves: cooldown only.")
  boolean holds;

  @Option(names = "--served", description = "List the requests whose version is served now.")
  boolean served;

  @Option(names = "--closed", description = "List the requests that a reviewer closed.")
  boolean closed;

  @Option(
      names = {"-a", "--all"},
      description = "List all open requests.")
  boolean all;

  @Option(
      names = "--assigned-to",
      paramLabel = "PERSON",
      description = "Only requests that are assigned to this person.")
  @Nullable String assignee;

  public QueueVerb(CliSession session) {
    super(session);
  }

  @Override
  public SequencedMap<String, Verb> parts() {
    SequencedMap<String, Verb> parts = new LinkedHashMap<>();
    parts.put("show", new Show(session()));
    parts.put("close", new Close(session()));
    parts.put("reopen", new Reopen(session()));
    parts.put("comment", new Comment(session()));
    parts.put("assign", new Assign(session()));
    parts.put("unassign", new Unassign(session()));
    return parts;
  }

  @Override
  public ExitCode run() {
    QueueView view = view();
    JsonObject queue =
        desk().ask("cannot read the queue", DeskQuestion.get("/queue?view=" + view.code()));
    List<JsonObject> requests =
        queue.objects("requests").stream()
            .filter(r -> assignee == null || r.words("assigned_to").equals(assignee))
            .toList();
    if (session().json()) {
      terminal().json(queue.toBuilder().list("requests", requests, r -> r).build());
    } else {
      new QueueText(terminal(), session().now()).list(queue, requests, view);
      FeedWarnings.print(terminal(), queue);
    }
    return ExitCode.DONE;
  }

  private QueueView view() {
    int named = (holds ? 1 : 0) + (served ? 1 : 0) + (closed ? 1 : 0) + (all ? 1 : 0);
    if (named > 1) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot list the queue: expected one of --holds, --served, --closed and --all");
    }
    return holds
        ? QueueView.HOLD
        : served
            ? QueueView.SERVED
            : closed ? QueueView.CLOSED : all ? QueueView.ALL : QueueView.WAITING;
  }

  /// A verb about one request.
  abstract static class OfRequest extends Verb {
    @Parameters(index = "0", paramLabel = "NAME@VERSION", description = "One exact version.")
    String word = "";

    OfRequest(CliSession session) {
      super(session);
    }

    static String path(VersionArguments.Exact exact) {
      return DeskQuestion.path("queue", exact.name(), exact.version());
    }

    final ExitCode done(JsonObject request) {
      if (session().json()) {
        terminal().json(request);
      } else {
        new QueueText(terminal(), session().now()).history(request);
      }
      return ExitCode.DONE;
    }

    final ExitCode act(String act, @Nullable String text) {
      VersionArguments.Exact exact = VersionArguments.exact(word);
      JsonObject.Builder order = JsonObject.builder().put("act", act);
      if (text != null) {
        order.put("text", text);
      }
      return done(
          desk()
              .ask(
                  "cannot %s the request for %s".formatted(act, word),
                  DeskQuestion.post(path(exact), order.build())));
    }
  }

  @Command(
      name = "show",
      header = "Show one request with its history",
      footer = {"Examples:", "  vetting-cli queue show serde@1.0.230"},
      exitCodeList = {"0:success", "3:gate unavailable", "5:no open request for this version"})
  static final class Show extends OfRequest {
    Show(CliSession session) {
      super(session);
    }

    @Override
    public ExitCode run() {
      VersionArguments.Exact exact = VersionArguments.exact(word);
      return done(desk().ask("cannot show the request for " + word, DeskQuestion.get(path(exact))));
    }
  }

  @Command(
      name = "close",
      header = "Close a request without a decision",
      description = {
        "",
        "The version stays withheld. The request leaves the queue until it is reopened or decided,"
            + " however often the version is requested. The reason is kept in the ledger."
      },
      footer = {"Examples:", "  vetting-cli queue close serde@1.0.230 --reason 'no longer used'"},
      exitCodeList = {
        "0:closed",
        "2:no reason, or already closed",
        "3:gate unavailable",
        "5:no open request for this version"
      })
  static final class Close extends OfRequest {
    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        required = true,
        description = "Reason in your own words; kept permanently.")
    String reason = "";

    Close(CliSession session) {
      super(session);
    }

    @Override
    public ExitCode run() {
      return act("close", reason);
    }
  }

  @Command(
      name = "reopen",
      header = "Open a closed request again",
      footer = {"Examples:", "  vetting-cli queue reopen serde@1.0.230 --reason 'needed again'"},
      exitCodeList = {
        "0:reopened",
        "2:the request is not closed",
        "3:gate unavailable",
        "5:no open request for this version"
      })
  static final class Reopen extends OfRequest {
    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description = "Reason in your own words; kept permanently.")
    @Nullable String reason;

    Reopen(CliSession session) {
      super(session);
    }

    @Override
    public ExitCode run() {
      return act("reopen", reason);
    }
  }

  @Command(
      name = "comment",
      header = "Add a comment to a request",
      footer = {"Examples:", "  vetting-cli queue comment serde@1.0.230 'asked the author'"},
      exitCodeList = {
        "0:added",
        "2:no text",
        "3:gate unavailable",
        "5:no open request for this version"
      })
  static final class Comment extends OfRequest {
    @Parameters(
        index = "1",
        paramLabel = "TEXT",
        description = "Comment of at most 2,000 characters; kept permanently.")
    String text = "";

    Comment(CliSession session) {
      super(session);
    }

    @Override
    public ExitCode run() {
      return act("comment", text);
    }
  }

  @Command(
      name = "assign",
      header = "Assign a request to a person",
      footer = {"Examples:", "  vetting-cli queue assign serde@1.0.230 --to alice"},
      exitCodeList = {
        "0:assigned",
        "2:no person, or a malformed name",
        "3:gate unavailable",
        "5:no open request for this version"
      })
  static final class Assign extends OfRequest {
    @Option(
        names = "--to",
        paramLabel = "PERSON",
        required = true,
        description = "Owner of a token, as 'token list' shows it.")
    String person = "";

    Assign(CliSession session) {
      super(session);
    }

    @Override
    public ExitCode run() {
      return act("assign", person);
    }
  }

  @Command(
      name = "unassign",
      header = "Remove the assignment of a request",
      footer = {"Examples:", "  vetting-cli queue unassign serde@1.0.230"},
      exitCodeList = {"0:removed", "3:gate unavailable", "5:no open request for this version"})
  static final class Unassign extends OfRequest {
    Unassign(CliSession session) {
      super(session);
    }

    @Override
    public ExitCode run() {
      return act("unassign", null);
    }
  }
}
