package lazaret.mirror.http;

import java.util.List;
import lazaret.vetting.deskapi.DeskJson;
import lazaret.vetting.deskapi.ErrorReply;
import lazaret.vetting.deskapi.ErrorStatus;
import lazaret.vetting.deskapi.Problem;

/// The responses of the desk to requests that it does not call an operation for.
public final class ErrorResponses {
  private ErrorResponses() {}

  /// Returns the response with one error, under the status of its code.
  public static HttpResponse of(Problem problem) {
    return of(problem, ErrorStatus.of(problem.code()));
  }

  /// Returns the response with one error under another status.
  public static HttpResponse of(Problem problem, int status) {
    return HttpResponse.json(status, DeskJson.encode(new ErrorReply(List.of(problem))));
  }
}
