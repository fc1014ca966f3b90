package lazaret.cli.review;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.cli.command.CliSession;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.DeskQueries;
import lazaret.cli.lockfile.CheckedLockfile;
import lazaret.cli.lockfile.PackageResult;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.client.DeskException;
import lazaret.vetting.deskapi.requests.SubmitReply;
import lazaret.vetting.deskapi.requests.SubmitRequest;
import lazaret.vetting.progress.ProgressLine;
import org.jspecify.annotations.Nullable;

/// The requests for the versions of a lockfile that are not served, one after the other. A refusal
/// by a rate limit is repeated after the time that the gate names. Not thread-safe.
final class ProjectRequestRun {
  /// The maximum length of the names of a project and a lockfile at the gate, in characters.
  private static final int MAX_NAME = 120;

  /// The causes for which the gate refuses each version alike.
  private static final Set<ErrorCode> WHOLE_ORDER =
      EnumSet.of(ErrorCode.MALFORMED_INPUT, ErrorCode.UNAUTHENTICATED, ErrorCode.FORBIDDEN);

  private static final int MOST_WAITS = 10;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(35);
  private static final Duration USUAL_PAUSE = Duration.ofSeconds(5);

  private final CliSession session;
  private final Order order;
  private final List<SubmitReply> requested = new ArrayList<>();
  private final List<ProjectRequestResult.Failure> failed = new ArrayList<>();
  private long served;

  /// The cause for which the gate refuses all further versions; null if there is none.
  private @Nullable Problem end;

  /// The order of the user.
  ///
  /// @param lockfile a path, or `-` for standard input
  /// @param reason the reason for each version; not blank
  /// @param limit the maximum number of versions, at least 1
  record Order(Path lockfile, String reason, int limit) {}

  ProjectRequestRun(CliSession session, Order order) {
    this.session = session;
    this.order = order;
  }

  /// Checks the lockfile and requests its withheld versions.
  ///
  /// @throws CliException if the lockfile cannot be read, or more versions are withheld than the
  ///   limit permits; nothing is requested then
  /// @throws DeskException if the gate refuses all versions before it accepted one
  ProjectRequestResult run() {
    CheckedLockfile lock = CheckedLockfile.withheld(session, order.lockfile());
    served = lock.omitted();
    Map<String, PackageResult> withheld = new LinkedHashMap<>();
    lock.packages().forEach(each -> sort(each, withheld));
    boolean tampered =
        lock.packages().stream().anyMatch(p -> p.status() == PackageResult.Status.TAMPERED);
    if (!tampered) {
      requireLimit(lock.file(), withheld.size());
      request(List.copyOf(withheld.values()));
    }
    return new ProjectRequestResult(lock.file().toString(), served, tampered, requested, failed);
  }

  /// Adds a package to the withheld ones, to those that cannot be requested, or to the served ones.
  private void sort(PackageResult each, Map<String, PackageResult> withheld) {
    switch (each.status()) {
      case SERVED, CLEAR, CRITERIA_NOT_MET -> served++;
      case WITHHELD -> {
        if (each.onlyByBundle()) {
          fail(each, ErrorCode.BYTES_MISSING, "its bytes can only arrive by a bundle");
        } else {
          withheld.putIfAbsent(each.spec(), each);
        }
      }
      case TAMPERED -> fail(each, ErrorCode.CKSUM_MISMATCH, each.detail());
      case UNKNOWN -> fail(each, ErrorCode.UNKNOWN, each.detail());
      case UNAVAILABLE -> fail(each, ErrorCode.UPSTREAM_UNAVAILABLE, each.detail());
      case FOREIGN_SOURCE -> fail(each, ErrorCode.UNKNOWN, "bypasses the gate: " + each.detail());
    }
  }

  private void fail(PackageResult each, ErrorCode code, String detail) {
    failed.add(new ProjectRequestResult.Failure(each.spec(), code, detail));
  }

  private void requireLimit(Path file, int found) {
    if (found > order.limit()) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot request the versions of %s: expected at most %d that are not served, found %d; set a higher --limit, or name the versions that you need"
              .formatted(file, order.limit(), found));
    }
  }

  private void request(List<PackageResult> withheld) {
    try (ProgressLine progress = session.progress("requesting")) {
      progress.begin("versions", withheld.size(), "");
      for (PackageResult each : withheld) {
        Problem cause = end;
        if (cause == null) {
          request(each);
        } else {
          fail(each, cause.code(), "not sent after a refusal: " + cause.detail());
        }
        progress.step();
      }
      progress.complete();
    }
  }

  private void request(PackageResult each) {
    SubmitRequest submission = submission(each);
    Reply<SubmitReply> reply = session.desk().reply(RequestOperations.SUBMIT, submission);
    Duration pause = pause(reply);
    for (int waits = 0; waits < MOST_WAITS && pause != null; waits++) {
      session.around().pause().of(pause);
      reply = session.desk().reply(RequestOperations.SUBMIT, submission);
      pause = pause(reply);
    }
    switch (reply) {
      case Reply.Done<SubmitReply> done -> requested.add(done.value());
      case Reply.Refused<SubmitReply> refused -> refused(each, refused.problems());
    }
  }

  /// Returns the time to wait before a repetition, or null if no rate limit refused the request.
  private static @Nullable Duration pause(Reply<SubmitReply> reply) {
    return switch (reply) {
      case Reply.Done<SubmitReply> _ -> null;
      case Reply.Refused<SubmitReply> refused -> {
        if (refused.problems().getFirst().code() != ErrorCode.RATE_LIMITED) {
          yield null;
        }
        Duration after = refused.retryAfter() == null ? USUAL_PAUSE : refused.retryAfter();
        yield after.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : after;
      }
    };
  }

  /// Counts a version that is served since the check, or records why a version was not requested. A
  /// refusal that concerns all versions ends the requests, for example the limit of one day.
  private void refused(PackageResult each, List<Problem> problems) {
    Problem first = problems.getFirst();
    if (first.code() == ErrorCode.MALFORMED_INPUT && isServed(each)) {
      served++;
    } else if (WHOLE_ORDER.contains(first.code()) && requested.isEmpty()) {
      throw new DeskException("cannot request " + each.spec(), problems);
    } else {
      end = WHOLE_ORDER.contains(first.code()) ? first : null;
      fail(each, first.code(), first.detail());
    }
  }

  private boolean isServed(PackageResult each) {
    return DeskQueries.version(
            session.desk(), CrateName.parse(each.name()), each.version(), "request")
        .served();
  }

  private SubmitRequest submission(PackageResult each) {
    Path folder = CheckedLockfile.folder(session, order.lockfile()).getFileName();
    String lockfile = CheckedLockfile.name(session, order.lockfile());
    return new SubmitRequest(
        new CrateSpec(CrateName.parse(each.name()), each.version(), null),
        order.reason(),
        null,
        folder == null ? null : named(folder.toString()),
        lockfile == null ? null : named(lockfile));
  }

  /// Returns a name if the gate accepts its length, else null: a request needs none.
  private static @Nullable String named(String name) {
    return name.length() > MAX_NAME ? null : name;
  }
}
