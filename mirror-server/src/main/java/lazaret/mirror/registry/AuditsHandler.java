package lazaret.mirror.registry;

import java.util.List;
import lazaret.mirror.budget.ServerBudgets;
import lazaret.mirror.http.EntityTags;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.OverloadResponses;
import lazaret.mirror.http.RequestBudget;
import lazaret.mirror.http.RouteKind;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.audits.AuditService;

/// The handler for local decisions as an `audits.toml` that a project imports by address.
public final class AuditsHandler {
  private final AuditService audits;

  public AuditsHandler(AuditService audits) {
    this.audits = audits;
  }

  /// Responds to a request for the exported audits.
  public HttpResponse respond(HttpRequest question, RequestBudget room) {
    if (!question.reads()) {
      return HttpResponse.method("GET, HEAD");
    }
    if (!question.path().equals(RouteKind.AUDITS.prefix() + "audits.toml")) {
      return HttpResponse.text(404, "nothing is here; our audits are at /audits/audits.toml")
          .coded("unknown");
    }
    if (!room.query(ServerBudgets.QUERY)) {
      return OverloadResponses.queries(question);
    }
    Bytes file = audits.export();
    String etag = '"' + Sha256.of(file).hex() + '"';
    boolean held = EntityTags.match(question.header("if-none-match").orElse(null), etag);
    HttpResponse answer =
        held
            ? new HttpResponse(304, List.of(), Bytes.EMPTY)
            : HttpResponse.of(200, "application/toml; charset=utf-8", file);
    return answer.with("etag", etag).with("cache-control", "no-cache");
  }
}
