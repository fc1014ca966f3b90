package lazaret.web.queue;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.requests.OwnRequestInfo;
import lazaret.vetting.deskapi.requests.OwnRequestsReply;
import lazaret.web.PageRequest;
import lazaret.web.WebVisitor;
import lazaret.web.page.PageLinks;
import lazaret.web.page.VerdictBadge;
import org.jspecify.annotations.Nullable;

/// A request of the reader, with its decision.
///
/// @param info the request
public record OwnRequestRow(OwnRequestInfo info) {
  /// Returns the requests of the reader, the latest first; none for a person who is not signed in.
  public static List<OwnRequestRow> all(PageRequest request) {
    return request.visitor() instanceof WebVisitor.SignedIn
            && request.reply(RequestOperations.OWN_REQUESTS, new EmptyRequest())
                instanceof Reply.Done<OwnRequestsReply> done
        ? done.value().requests().stream().map(OwnRequestRow::new).toList()
        : List.of();
  }

  /// Returns the request of the reader for a version, or null if there is none.
  static @Nullable OwnRequestRow of(PageRequest request, CrateName name, CrateVersion version) {
    return all(request).stream()
        .filter(row -> row.info().name().equals(name) && row.info().version().equals(version))
        .findFirst()
        .orElse(null);
  }

  /// Returns the badge of the state.
  public VerdictBadge badge() {
    return switch (info.state()) {
      case WAITING -> new VerdictBadge("review", "review", "Waits");
      case SERVED -> new VerdictBadge("allow", "allow", "Served");
      case DENIED -> new VerdictBadge("deny", "deny", "Denied");
      case CLOSED -> new VerdictBadge("plain", "note", "Closed");
    };
  }

  /// Returns the address of the page of the request.
  public String address() {
    return PageLinks.request(info.name().published(), info.version().text());
  }

  /// Returns the verb of the decision.
  ///
  /// @throws IllegalStateException if there is no decision
  public String past() {
    DecisionInfo decision = info.decision();
    if (decision == null) {
      throw new IllegalStateException("the request has no decision");
    }
    return switch (decision.kind()) {
      case APPROVE -> "approved";
      case EXEMPT -> "exempted";
      case DENY -> "denied";
      case REVOKE -> "revoked";
    };
  }
}
