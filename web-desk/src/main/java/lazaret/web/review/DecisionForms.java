package lazaret.web.review;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.DecisionOperations;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.crates.VersionRequest;
import lazaret.vetting.deskapi.decisions.DecideReply;
import lazaret.vetting.deskapi.decisions.DecideRequest;
import lazaret.vetting.deskapi.events.EventInfo;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.diff.ReviewQuery;
import lazaret.web.page.Feedback;
import lazaret.web.page.PageTime;
import org.jspecify.annotations.Nullable;

/// The form that records a decision. A form that is refused is shown again as it was filled.
/// Thread-safe.
final class DecisionForms {
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;

  private final PageWriter writer;
  private final ReviewPage page;

  DecisionForms(PageWriter writer, ReviewPage page) {
    this.writer = writer;
    this.page = page;
  }

  WebResponse send(PageRequest request) {
    ReviewQuery query = ReviewQuery.of(request);
    DecisionFields fields = DecisionFields.of(request.form());
    VersionReply version =
        request.call(CrateOperations.VERSION, new VersionRequest(query.name(), query.version()));
    Sha256 cksum = Sha256.parse(request.form().text("sha256").orElse(""));
    if (!version.cksum().equals(cksum)) {
      return refused(request, fields, CONFLICT, bytesChanged());
    }
    if (!request.form().text("last").orElse("").equals(ReviewPage.last(version))) {
      return refused(request, fields, CONFLICT, overtaken(request, version));
    }
    Map<String, String> mistakes = fields.mistakes(writer.time().now());
    if (!mistakes.isEmpty()) {
      return page.show(
          request,
          new ReviewPage.Sent(
              UNPROCESSABLE,
              fields,
              mistakes,
              new Feedback("bad", "Nothing was recorded.", "The form below has a mistake.")));
    }
    return decide(request, version, fields);
  }

  private WebResponse refused(
      PageRequest request, DecisionFields fields, int status, Feedback say) {
    return page.show(request, new ReviewPage.Sent(status, fields, Map.of(), say));
  }

  private static Feedback bytesChanged() {
    return new Feedback(
        "bad",
        "Nothing was recorded: the bytes changed while you read.",
        "The page shows the present bytes. Your form is kept.");
  }

  /// Returns the sentence about a decision that was recorded since the form was made.
  private Feedback overtaken(PageRequest request, VersionReply version) {
    List<DecisionInfo> decisions = version.decisions();
    if (decisions.isEmpty()) {
      return new Feedback(
          "warn",
          "Nothing was recorded: the decisions changed while you read.",
          "Your form is kept.");
    }
    DecisionInfo last = decisions.getLast();
    String entry =
        DecisionEntries.find(request, last)
            .map(found -> " (entry %s)".formatted(writer.time().number(found.sequence())))
            .orElse("");
    String bold =
        "%s %s this version %s ago%s."
            .formatted(last.by(), past(last.kind()), since(last.at()), entry);
    return new Feedback("warn", bold, "Your form is kept; a decision now would replace that one.");
  }

  private String since(Instant time) {
    String since = writer.time().since(time);
    return since.startsWith("0 ") ? "a moment" : since;
  }

  private static String past(DecisionInfo.Kind kind) {
    return switch (kind) {
      case APPROVE -> "approved";
      case EXEMPT -> "exempted";
      case DENY -> "denied";
      case REVOKE -> "revoked";
    };
  }

  private WebResponse decide(PageRequest request, VersionReply version, DecisionFields fields) {
    return switch (request.reply(DecisionOperations.DECIDE, order(version, fields))) {
      case Reply.Done<DecideReply> done -> recorded(request, done.value());
      case Reply.Refused<DecideReply> refused ->
          refused(
              request,
              fields,
              refused.status(),
              say(request, version, refused.problems().getFirst()));
    };
  }

  private Feedback say(PageRequest request, VersionReply version, Problem problem) {
    if (problem.code() == ErrorCode.CKSUM_MISMATCH) {
      return bytesChanged();
    }
    if (problem.code() == ErrorCode.STALE) {
      var present = new VersionRequest(version.name(), version.version());
      return overtaken(request, request.call(CrateOperations.VERSION, present));
    }
    return new Feedback("bad", "Nothing was recorded.", problem.sentence() + ".");
  }

  private DecideRequest order(VersionReply version, DecisionFields fields) {
    Instant end = fields.end(writer.time().now()).orElse(null);
    boolean delta = fields.approves() && !fields.base().isEmpty();
    CrateVersion base = delta ? CrateVersion.parse(fields.base()) : null;
    return new DecideRequest(
        fields.decision(),
        List.of(),
        List.of(new CrateId(version.name(), version.version(), version.cksum())),
        version.cksum(),
        null,
        null,
        false,
        false,
        fields.reason(),
        end,
        fields.named(),
        base,
        List.of(),
        fields.evidence().isEmpty() ? List.of() : List.of(fields.evidence()),
        version.decisions().size());
  }

  private static WebResponse recorded(PageRequest request, DecideReply reply) {
    ReviewQuery query = ReviewQuery.of(request);
    if (reply.recorded().isEmpty()) {
      return WebResponse.redirect(query.page("done", "same"));
    }
    long entry =
        DecisionEntries.find(request, reply.recorded().getFirst())
            .map(EventInfo::sequence)
            .orElse(0L);
    return WebResponse.redirect(query.page("done", String.valueOf(entry)));
  }

  /// Shows the page of a review, with the result of a decision if the address names its entry.
  WebResponse show(PageRequest request) {
    Optional<String> done = request.query().text("done");
    if (done.isEmpty()) {
      return page.show(request, ReviewPage.Sent.NOTHING);
    }
    ReviewQuery query = ReviewQuery.of(request);
    VersionReply version =
        request.call(CrateOperations.VERSION, new VersionRequest(query.name(), query.version()));
    Feedback say =
        done.get().equals("same")
            ? new Feedback(
                "warn",
                "Nothing was recorded.",
                "The same decision of the same person is in force.")
            : done(request, query, version);
    return page.show(request, new ReviewPage.Sent(200, null, Map.of(), say));
  }

  /// Returns the result of the decision that the address names, or null if the entry is not a
  /// decision on this version. Addresses are foreign text.
  private @Nullable Feedback done(PageRequest request, ReviewQuery query, VersionReply version) {
    int sequence = ReviewBuilder.number(request.query(), "done");
    DecisionInfo decision = DecisionEntries.at(request, sequence).orElse(null);
    if (decision == null
        || !decision.name().equals(version.name())
        || !decision.version().equals(version.version())) {
      return null;
    }
    PageTime time = writer.time();
    String bold =
        "Recorded as entry %s: %s %s is %s by %s."
            .formatted(
                time.number(sequence),
                version.name().published(),
                version.version().text(),
                past(decision.kind()),
                decision.by());
    NextReview next = NextReview.of(request, query, time);
    boolean serves =
        decision.kind() == DecisionInfo.Kind.APPROVE || decision.kind() == DecisionInfo.Kind.EXEMPT;
    return new Feedback(
        "good",
        bold,
        Consequence.of(version, serves),
        new Feedback.Links(
            query.page("kind", serves ? "deny" : "approve") + "#decide",
            next.address(),
            next.words()));
  }
}
