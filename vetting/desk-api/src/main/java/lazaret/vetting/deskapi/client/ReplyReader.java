package lazaret.vetting.deskapi.client;

import java.time.Duration;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.deskapi.DeskJson;
import lazaret.vetting.deskapi.ErrorReply;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.Reply;
import org.jspecify.annotations.Nullable;

/// The reading of HTTP responses as replies.
///
/// @param where the place of the desk for messages
public record ReplyReader(String where) {
  /// An HTTP response.
  ///
  /// @param status the status
  /// @param body the body
  /// @param retryAfter the value of `Retry-After`; null without one
  public record Response(int status, Bytes body, @Nullable Duration retryAfter) {}

  /// Returns the reply of an operation.
  ///
  /// @throws DeskException with the code `server-unavailable` if the response is not that of a desk
  public <R extends Record> Reply<R> read(Operation<?, R> operation, Response response) {
    try {
      if (response.status() < 300) {
        R value = DeskJson.reply(operation.reply(), response.body());
        return new Reply.Done<>(value, response::body);
      }
      List<Problem> problems = DeskJson.reply(ErrorReply.class, response.body()).errors();
      if (!problems.isEmpty()) {
        return new Reply.Refused<>(problems, response.status(), response.retryAfter());
      }
      throw foreign(response, null);
    } catch (MalformedException e) {
      throw foreign(response, e);
    }
  }

  private DeskException foreign(Response response, @Nullable MalformedException cause) {
    return new DeskException(
        ErrorCode.SERVER_UNAVAILABLE,
        "cannot read the reply of %s: expected that of a desk, found status %d and '%s'%s; check that the address is that of the gate"
            .formatted(
                where,
                response.status(),
                Excerpt.of(response.body().text()),
                cause == null ? "" : " (" + cause.getMessage() + ")"),
        cause);
  }
}
