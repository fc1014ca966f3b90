package lazaret.mirror.http;

import java.time.Duration;
import java.util.List;
import lazaret.mirror.budget.Reservation;
import lazaret.mirror.budget.ServerBudgets;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.Problem;

/// The responses of a server whose budgets are used up: 503 with the time after which to repeat the
/// request.
public final class OverloadResponses {
  /// The time after which a refused client repeats the request.
  public static final Duration RETRY_AFTER = ServerBudgets.RETRY_AFTER;

  private static final String CODE = ErrorCode.SERVER_UNAVAILABLE.code();

  /// The heap that a response with a file uses apart from its stream: the piece, and the library's
  /// copies of it.
  private static final long FILE_PIECES = ServerBudgets.SLICES + ResponseWriter.PIECE;

  private OverloadResponses() {}

  /// Returns the response to a request for which no memory could be reserved. It has no body: over
  /// HTTP/2 a body would wait for the window of the client.
  public static HttpResponse withoutBody() {
    return new HttpResponse(503, List.of(), Bytes.EMPTY, CODE).retryAfter(RETRY_AFTER);
  }

  /// Returns the response to a request whose body or response does not fit into the budget.
  public static HttpResponse respond(HttpRequest question, long bytes) {
    return of(question, "expected %d bytes of free memory, found less".formatted(bytes));
  }

  /// Returns the response to a query that waited too long for its turn.
  public static HttpResponse queries(HttpRequest question) {
    return of(question, "expected a free place for a query, found other queries under way");
  }

  private static HttpResponse of(HttpRequest question, String why) {
    String path = question.path().length() > 200 ? "the request" : question.path();
    String text =
        "cannot serve %s: %s; try again in %d s".formatted(path, why, RETRY_AFTER.toSeconds());
    HttpResponse answer =
        switch (RouteKind.of(question.path())) {
          case DESK, IDENTITY, WEB_API -> asJson(text);
          case PRIVATE ->
              RouteKind.isPrivateApi(question.path()) ? asJson(text) : HttpResponse.text(503, text);
          case INDEX,
              DOWNLOAD,
              SNAPSHOTS,
              AUDITS,
              WEB_DESK,
              TOOLCHAINS,
              SITE,
              DOCUMENTATION,
              HEALTH,
              METRICS,
              PAGE ->
              HttpResponse.text(503, text);
        };
    return answer.retryAfter(RETRY_AFTER).coded(CODE);
  }

  private static HttpResponse asJson(String text) {
    return ErrorResponses.of(new Problem(ErrorCode.SERVER_UNAVAILABLE, text))
        .with("cache-control", "no-store");
  }

  /// Reserves the memory for sending a response.
  ///
  /// @return false if it does not fit into the budget
  public static boolean covers(Reservation room, HttpRequest question, HttpResponse answer) {
    FileBody file = answer.file();
    if (file != null && answer.status() < 400 && !question.method().equals("HEAD")) {
      return room.add(FILE_PIECES + file.file().heap(), ServerBudgets.PATIENCE);
    }
    int length = answer.body().length();
    if (length == 0 || answer.status() == 304 || question.method().equals("HEAD")) {
      return true;
    }
    if (length <= ResponseWriter.LARGE) {
      // The array itself, and the library's copy of it.
      return answer.status() >= 400 || room.add(2L * length, ServerBudgets.PATIENCE);
    }
    // The body is in the heap already, so a wait would not save memory.
    return (room.shared() >= length || room.share(answer.body().array(), length, Duration.ZERO))
        && room.add(ServerBudgets.SLICES, ServerBudgets.PATIENCE);
  }
}
