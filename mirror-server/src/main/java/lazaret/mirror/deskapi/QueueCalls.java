package lazaret.mirror.deskapi;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.requests.RequestHistory;
import lazaret.vetting.desk.requests.RequestQueue;
import lazaret.vetting.desk.requests.RequestState;
import lazaret.vetting.desk.requests.RequestStep;
import lazaret.vetting.gate.retention.DropCounts;
import lazaret.vetting.gate.retention.DropKind;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.policy.Verdict;

/// The handlers for the queue and for its processing by reviewers.
final class QueueCalls {
  private static final String ALL = "all";

  private final Desk desk;

  QueueCalls(Desk desk) {
    this.desk = desk;
  }

  /// Lists the requests of one state. Without a state, it lists those that wait for a person.
  DeskResponse list(Target target) {
    String view =
        target.parameters(List.of("view")).getOrDefault("view", RequestState.WAITING.code());
    List<String> views =
        Stream.concat(Stream.of(RequestState.values()).map(RequestState::code), Stream.of(ALL))
            .toList();
    if (!views.contains(view)) {
      throw new MalformedException(
          "cannot list the view '%s': expected one of %s"
              .formatted(Excerpt.of(view), String.join(", ", views)));
    }
    RequestQueue.Report report = desk.requests().report();
    DropCounts dropped = desk.dropped();
    List<RequestQueue.Queued> shown =
        report.requests().stream()
            .filter(one -> view.equals(ALL) || one.state().code().equals(view))
            .toList();
    return DeskResponse.ok(
        json -> {
          json.put("more", report.more())
              .put("dropped", dropped.count(DropKind.REQUESTS))
              .put("expired", dropped.count(DropKind.OLD_REQUESTS));
          json.object(
              "counts",
              counts -> {
                for (RequestState state : RequestState.values()) {
                  counts.put(state.code(), report.count(state));
                }
              });
          json.list("requests", shown, QueueCalls::queued);
          ReportJson.feedWarnings(json, desk);
        });
  }

  /// Shows one request with its history.
  DeskResponse show(Target target) {
    return reply(target, desk.requests().find(target.name(), meant(target)));
  }

  /// Records a step of a reviewer.
  DeskResponse act(Target target, DeskRequest request) {
    JsonIn in = JsonIn.parse(request.body());
    RequestStep.Kind kind = kind(in.text("act"));
    String text = in.textOrNull("text");
    in.done();
    RequestStep.Order order =
        new RequestStep.Order(request.caller().owner(), text == null ? "" : text);
    return reply(target, desk.requests().act(target.name(), meant(target), kind, order));
  }

  private CrateVersion meant(Target target) {
    return new Spelling(desk).meant(target.name(), target.version());
  }

  private static RequestStep.Kind kind(String word) {
    // ASK is excluded: it creates a request, by another route.
    return Stream.of(RequestStep.Kind.values())
        .filter(kind -> kind != RequestStep.Kind.ASK && kind.code().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new MalformedException(
                    "cannot '%s' a request: expected close, reopen, comment, assign or unassign"
                        .formatted(Excerpt.of(word))));
  }

  private static DeskResponse reply(Target target, Optional<RequestQueue.Queued> found) {
    return found
        .map(
            one ->
                DeskResponse.ok(
                    json -> {
                      queued(json, one);
                      json.list("history", one.history().acts(), QueueCalls::act);
                    }))
        .orElseGet(
            () ->
                DeskResponse.error(
                    ErrorCode.UNKNOWN,
                    "there is no open request for '%s %s'"
                        .formatted(target.name(), target.version())));
  }

  private static void queued(JsonWriter json, RequestQueue.Queued one) {
    ReportJson.request(json, one.request(), true);
    json.texts("approved_by", one.approvedBy()).put("state", one.state().code());
    Verdict verdict = one.verdict();
    if (verdict != null) {
      json.object("verdict", out -> ReportJson.verdict(out, verdict));
    }
    RequestHistory history = one.history();
    json.put("assigned_to", history.assignee()).put("acts", history.total());
    if (!history.acts().isEmpty()) {
      json.object("last_act", out -> act(out, history.acts().getLast()));
    }
  }

  private static void act(JsonWriter json, RequestStep act) {
    json.put("act", act.kind().code()).put("at", act.at()).put("by", act.by());
    json.put("text", act.text().isEmpty() ? null : act.text());
  }
}
