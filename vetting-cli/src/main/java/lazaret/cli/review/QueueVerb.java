package lazaret.cli.review;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.VersionArguments;
import lazaret.cli.lockfile.FeedWarnings;
import lazaret.cli.report.ExitCode;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.DeskJson;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.requests.QueueReply;
import lazaret.vetting.deskapi.requests.QueueRequest;
import lazaret.vetting.deskapi.requests.QueuedVersionReply;
import lazaret.vetting.deskapi.requests.QueuedVersionRequest;
import lazaret.vetting.deskapi.requests.RequestStepRequest;
import lazaret.vetting.text.KebabCase;
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
    QueueReply queue =
        filtered(
            desk()
                .call(
                    RequestOperations.QUEUE,
                    new QueueRequest(view.requested()),
                    "cannot read the queue"));
    if (session().json()) {
      terminal().json(DeskJson.encode(queue));
    } else {
      new QueueText(terminal(), session().now()).list(queue, view);
      FeedWarnings.note(terminal(), queue.feedWarnings());
    }
    return ExitCode.DONE;
  }

  private QueueReply filtered(QueueReply queue) {
    String person = assignee;
    if (person == null) {
      return queue;
    }
    return new QueueReply(
        queue.more(),
        queue.dropped(),
        queue.expired(),
        queue.counts(),
        queue.requests().stream().filter(each -> person.equals(each.assignedTo())).toList(),
        queue.feedWarnings());
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

  /// A verb that records a step in the handling of one request.
  abstract static class Step extends DeskVerb<RequestStepRequest, QueuedVersionReply> {
    @Parameters(index = "0", paramLabel = "NAME@VERSION", description = "One exact version.")
    String word = "";

    Step(CliSession session) {
      super(session);
    }

    /// Returns the kind of the step.
    abstract RequestStepRequest.Step step();

    /// Returns the reason, the comment or the person; null if the step has none.
    @Nullable String text() {
      return null;
    }

    @Override
    protected final Operation<RequestStepRequest, QueuedVersionReply> operation() {
      return RequestOperations.STEP;
    }

    @Override
    protected final RequestStepRequest request() {
      VersionArguments.Exact exact = VersionArguments.exact(word);
      return new RequestStepRequest(exact.name(), exact.version(), step(), text());
    }

    @Override
    protected final String attempt() {
      return "cannot %s the request for %s".formatted(KebabCase.of(step()), word);
    }

    @Override
    protected final void print(QueuedVersionReply reply) {
      new QueueText(terminal(), session().now()).history(reply);
    }
  }

  @Command(
      name = "show",
      header = "Show one request with its history",
      footer = {"Examples:", "  vetting-cli queue show serde@1.0.230"},
      exitCodeList = {"0:success", "3:gate unavailable", "5:no open request for this version"})
  static final class Show extends DeskVerb<QueuedVersionRequest, QueuedVersionReply> {
    @Parameters(index = "0", paramLabel = "NAME@VERSION", description = "One exact version.")
    String word = "";

    Show(CliSession session) {
      super(session);
    }

    @Override
    protected Operation<QueuedVersionRequest, QueuedVersionReply> operation() {
      return RequestOperations.QUEUED_VERSION;
    }

    @Override
    protected QueuedVersionRequest request() {
      VersionArguments.Exact exact = VersionArguments.exact(word);
      return new QueuedVersionRequest(exact.name(), exact.version());
    }

    @Override
    protected String attempt() {
      return "cannot show the request for " + word;
    }

    @Override
    protected void print(QueuedVersionReply reply) {
      new QueueText(terminal(), session().now()).history(reply);
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
  static final class Close extends Step {
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
    RequestStepRequest.Step step() {
      return RequestStepRequest.Step.CLOSE;
    }

    @Override
    String text() {
      return reason;
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
  static final class Reopen extends Step {
    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description = "Reason in your own words; kept permanently.")
    @Nullable String reason;

    Reopen(CliSession session) {
      super(session);
    }

    @Override
    RequestStepRequest.Step step() {
      return RequestStepRequest.Step.REOPEN;
    }

    @Override
    @Nullable String text() {
      return reason;
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
  static final class Comment extends Step {
    @Parameters(
        index = "1",
        paramLabel = "TEXT",
        description = "Comment of at most 2,000 characters; kept permanently.")
    String text = "";

    Comment(CliSession session) {
      super(session);
    }

    @Override
    RequestStepRequest.Step step() {
      return RequestStepRequest.Step.COMMENT;
    }

    @Override
    String text() {
      return text;
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
  static final class Assign extends Step {
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
    RequestStepRequest.Step step() {
      return RequestStepRequest.Step.ASSIGN;
    }

    @Override
    String text() {
      return person;
    }
  }

  @Command(
      name = "unassign",
      header = "Remove the assignment of a request",
      footer = {"Examples:", "  vetting-cli queue unassign serde@1.0.230"},
      exitCodeList = {"0:removed", "3:gate unavailable", "5:no open request for this version"})
  static final class Unassign extends Step {
    Unassign(CliSession session) {
      super(session);
    }

    @Override
    RequestStepRequest.Step step() {
      return RequestStepRequest.Step.UNASSIGN;
    }
  }
}
