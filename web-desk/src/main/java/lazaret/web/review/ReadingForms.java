package lazaret.web.review;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.DeskJson;
import lazaret.vetting.deskapi.ErrorReply;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.ReadingOperations;
import lazaret.vetting.deskapi.reading.ReadMarkInfo;
import lazaret.vetting.deskapi.reading.ReadMarkRequest;
import lazaret.web.PageProblem;
import lazaret.web.PageRequest;
import lazaret.web.WebResponse;
import lazaret.web.WebVisitor;
import lazaret.web.diff.HunkId;
import lazaret.web.diff.HunkLines;
import lazaret.web.diff.LineShare;
import lazaret.web.diff.PartPosition;
import lazaret.web.diff.ReadState;
import lazaret.web.diff.ReadStateLookup;
import lazaret.web.diff.ReviewContext;
import lazaret.web.diff.ReviewFile;
import lazaret.web.diff.ReviewPartBuilder;
import lazaret.web.diff.ReviewQuery;
import lazaret.web.page.PageLinks;
import lazaret.web.page.PageTime;

/// The forms that mark hunks, or a whole file, as read.
final class ReadingForms {
  private static final String JSON = "application/json";

  /// The locks of persons, by the hash of their names. A mark that is under way is recorded before
  /// a later one of the same person: a page that is left sends marks without waiting for replies.
  private static final List<Lock> TURNS =
      Stream.<Lock>generate(() -> new ReentrantLock(true)).limit(64).toList();

  private ReadingForms() {}

  /// Answers the form: with counts for the module of script, otherwise with the page of the hunk or
  /// file.
  ///
  /// @param now the time of the request
  static WebResponse send(PageRequest request, Instant now) {
    Optional<String> whole = request.form().text("whole");
    if (whole.isPresent()) {
      return markWhole(request, whole.get());
    }
    PageTime time = new PageTime(now);
    if (!request.isFromScript()) {
      String id = mark(request, time).id();
      ReviewQuery query = ReviewQuery.of(request, request.form());
      return WebResponse.redirect(query.page("from", from(request)) + "#" + id);
    }
    try {
      return json(200, counts(mark(request, time)));
    } catch (PageProblem e) {
      return json(e.status(), new ErrorReply(e.problems()));
    } catch (MalformedException e) {
      Problem problem = new Problem(ErrorCode.MALFORMED_INPUT, String.valueOf(e.getMessage()));
      return json(400, new ErrorReply(List.of(problem)));
    }
  }

  /// Marks the whole content of a file, which its page shows with all of its lines.
  ///
  /// @param path the path of the file
  private static WebResponse markWhole(PageRequest request, String path) {
    CrateName name = CrateName.parse(request.path("name"));
    CrateVersion version = CrateVersion.parse(request.path("version"));
    Sha256 content = Sha256.parse(request.form().text("content").orElse(""));
    ReadMarkInfo mark =
        new ReadMarkInfo(path, content, null, true, false, List.of(), List.of(), List.of());
    // Without a base, each file of the version can be marked.
    var _ =
        request.call(
            ReadingOperations.MARK_READ,
            new ReadMarkRequest(name, version, version, false, List.of(mark)));
    return WebResponse.redirect(PageLinks.file(name, version, path, 0));
  }

  private static String from(PageRequest request) {
    return request.form().text("from").orElse(PartPosition.START.toString());
  }

  private static WebResponse json(int status, Record value) {
    return WebResponse.of(status, JSON, DeskJson.encode(value));
  }

  /// The result of a mark.
  private record Marked(String id, ReviewFile file, ReadState state) {}

  private static Marked mark(PageRequest request, PageTime time) {
    String person = request.visitor() instanceof WebVisitor.SignedIn some ? some.name() : "";
    Lock turn = TURNS.get(Math.floorMod(person.hashCode(), TURNS.size()));
    turn.lock();
    try {
      return markNext(request, time);
    } finally {
      turn.unlock();
    }
  }

  private static Marked markNext(PageRequest request, PageTime time) {
    ReviewQuery query = ReviewQuery.of(request, request.form());
    Optional<String> seen = request.form().text("seen");
    HunkId id = HunkId.parse(seen.or(() -> request.form().text("unseen")).orElse(""));
    Sha256 cksum = Sha256.parse(request.form().text("sha256").orElse(""));
    ReviewContext context = ReviewContext.withoutFindings(request, query, time);
    if (!context.files().summary().subject().cksum().equals(cksum)) {
      throw new PageProblem(
          409,
          List.of(
              new Problem(
                  ErrorCode.CKSUM_MISMATCH,
                  "nothing was recorded: the bytes changed while you read; open the review"
                      + " again")));
    }
    ReviewPartBuilder parts = new ReviewPartBuilder(context);
    ReviewFile file = parts.file(id);
    HunkLines lines = parts.lines(id);
    ReadState state = ReadStateLookup.mark(context, file.info(), lines, seen.isPresent());
    return new Marked(id.toString(), file, state);
  }

  private static Counts counts(Marked marked) {
    ReadState state = marked.state();
    Map<String, LineShare> roles = new LinkedHashMap<>();
    state.order().forEach(role -> roles.put(ReviewFile.roleCode(role), state.roles().get(role)));
    ReviewFile file = marked.file();
    Map<String, LineShare> files = Map.of(file.id(), state.file(file.info()));
    return new Counts(state.all(), roles, files, state.missing());
  }

  /// The counts for the module of script.
  ///
  /// @param all the lines of all files
  /// @param roles the lines by the code of the role
  /// @param files the lines of the file of the hunk by its id
  /// @param missing what the policy requires and is not read; empty if its requirements are met
  record Counts(
      LineShare all, Map<String, LineShare> roles, Map<String, LineShare> files, String missing) {}
}
