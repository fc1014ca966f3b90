package lazaret.mirror.http;

import java.util.List;
import lazaret.mirror.budget.Budgets;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.audits.AuditService;

/// The handler for local decisions as an `audits.toml` that a project imports by address.
final class AuditsDoor {
  private final AuditService audits;

  AuditsDoor(AuditService audits) {
    this.audits = audits;
  }

  Answer answer(Question question, RequestBudget room) {
    if (!question.reads()) {
      return Answer.method("GET, HEAD");
    }
    if (!question.path().equals(Door.AUDITS.prefix() + "audits.toml")) {
      return Answer.text(404, "nothing is here; our audits are at /audits/audits.toml")
          .coded("unknown");
    }
    if (!room.query(Budgets.QUERY)) {
      return Crowded.queries(question);
    }
    Bytes file = audits.export();
    String etag = '"' + Sha256.of(file).hex() + '"';
    boolean held = EntityTags.match(question.header("if-none-match").orElse(null), etag);
    Answer answer =
        held
            ? new Answer(304, List.of(), Bytes.EMPTY)
            : Answer.of(200, "application/toml; charset=utf-8", file);
    return answer.with("etag", etag).with("cache-control", "no-cache");
  }
}
