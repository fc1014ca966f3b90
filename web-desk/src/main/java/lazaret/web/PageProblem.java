package lazaret.web;

import java.util.List;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.Reply;

/// The failure of a page, with the status and the sentences for the person.
public final class PageProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final transient List<Problem> problems;

  public PageProblem(int status, List<Problem> problems) {
    super(problems.getFirst().sentence(), null, false, false);
    this.status = status;
    this.problems = List.copyOf(problems);
  }

  /// Returns the value of a reply.
  ///
  /// @throws PageProblem if the operation was refused
  public static <R extends Record> R value(Reply<R> reply) {
    return switch (reply) {
      case Reply.Done<R> done -> done.value();
      case Reply.Refused<R> refused -> throw new PageProblem(refused.status(), refused.problems());
    };
  }

  /// Returns the HTTP status.
  public int status() {
    return status;
  }

  /// Returns the causes, at least one.
  public List<Problem> problems() {
    return problems;
  }
}
