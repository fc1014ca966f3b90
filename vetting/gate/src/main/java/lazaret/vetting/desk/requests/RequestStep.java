package lazaret.vetting.desk.requests;

import java.time.Instant;
import java.util.Optional;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.text.Coded;

/// One step in the handling of a queued request, recorded in the ledger.
///
/// @param kind the step
/// @param at time of the step
/// @param by the person, as in the ledger
/// @param text the detail in the ledger: reason, comment or assignee; empty for steps without a
///   text
public record RequestStep(Kind kind, Instant at, String by, String text) {
  /// The longest text, in characters.
  public static final int MAX_TEXT = Decision.MAX_REASON;

  /// The steps.
  public enum Kind implements Coded {
    /// A person asked for the version and gave a reason.
    ASK("ask", Notice.Kind.REQUEST_MADE, true),
    /// A reviewer closed the request and gave a reason.
    CLOSE("close", Notice.Kind.REQUEST_CLOSED, true),
    /// A reviewer opened a closed request again.
    REOPEN("reopen", Notice.Kind.REQUEST_REOPENED, false),
    /// A reviewer wrote a comment.
    COMMENT("comment", Notice.Kind.REQUEST_COMMENTED, true),
    /// The request was assigned to a person.
    ASSIGN("assign", Notice.Kind.REQUEST_ASSIGNED, true),
    /// The assignment was removed.
    UNASSIGN("unassign", Notice.Kind.REQUEST_UNASSIGNED, false);

    private final String code;

    private final Notice.Kind notice;
    private final boolean needsText;

    Kind(String code, Notice.Kind notice, boolean needsText) {
      this.code = code;
      this.notice = notice;
      this.needsText = needsText;
    }

    /// Returns the kind of the ledger entry.
    public Notice.Kind notice() {
      return notice;
    }

    /// Returns whether the step has a text that must not be blank.
    public boolean needsText() {
      return needsText;
    }

    /// Returns the lower-case form, for example `close`.
    @Override
    public String code() {
      return code;
    }
  }

  /// The author and the text of a requested step.
  ///
  /// @param by the person, as it will be in the ledger
  /// @param text reason, comment or assignee; empty if the step has none
  public record Order(String by, String text) {}

  /// Returns the reason of a request, with its project and lockfile. Other steps have their text as
  /// the words.
  public RequestReason reason() {
    return kind == Kind.ASK ? RequestReason.ofDetail(text) : new RequestReason(text, null, null);
  }

  /// Returns the step that a ledger entry records; empty for entries of other kinds.
  public static Optional<RequestStep> of(Notice notice) {
    for (Kind kind : Kind.values()) {
      if (kind.notice == notice.kind()) {
        return Optional.of(new RequestStep(kind, notice.at(), notice.by(), notice.detail()));
      }
    }
    return Optional.empty();
  }
}
