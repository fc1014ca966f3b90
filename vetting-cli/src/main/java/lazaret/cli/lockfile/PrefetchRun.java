package lazaret.cli.lockfile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import lazaret.cli.command.CliSession;
import lazaret.cli.report.ExitCode;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.LockfileOperations;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.deskapi.lockfiles.PrefetchReply;
import lazaret.vetting.deskapi.lockfiles.PrefetchRequest;
import lazaret.vetting.progress.ProgressLine;
import org.jspecify.annotations.Nullable;

/// A fetch of many versions through a desk with several requests at a time. Failures of upstream
/// are repeated while other fetches succeed. Versions that are being inspected are awaited.
final class PrefetchRun {
  private static final int MOST_ROUNDS = 4;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(35);
  private static final Duration USUAL_PAUSE = Duration.ofSeconds(5);
  private static final int MOST_WAITS = 60;

  private final CliSession session;
  private final int jobs;

  PrefetchRun(CliSession session, int jobs) {
    this.session = session;
    this.jobs = jobs;
  }

  /// A version to fetch.
  ///
  /// @param spec a version, a requirement or a name
  /// @param cksum the SHA-256 that a lockfile requires, or null for none
  /// @param lockfile the lockfile, or null for none
  record Wish(CrateSpec spec, @Nullable Sha256 cksum, @Nullable String lockfile) {
    static Wish named(CrateSpec spec) {
      return new Wish(spec, null, null);
    }

    PrefetchRequest order() {
      return new PrefetchRequest(spec, cksum, lockfile);
    }
  }

  /// The result of a fetch.
  ///
  /// @param spec `name@version` if the version is stored, else the requested form
  /// @param code `held`, or an error code
  /// @param bytes the size of the artifact in bytes, or 0 if it is not stored
  record Result(
      String spec, String code, String detail, long bytes, @Nullable Duration retryAfter) {
    static Result failed(String spec, String code, String detail) {
      return new Result(spec, code, detail, 0, null);
    }

    boolean stored() {
      return code.equals("held");
    }

    boolean worthAnotherTry() {
      return code.equals(ErrorCode.UPSTREAM_UNAVAILABLE.code())
          || code.equals(ErrorCode.VETTING_IN_PROGRESS.code())
          || code.equals(ErrorCode.RATE_LIMITED.code());
    }

    ExitCode exitCode() {
      return stored()
          ? ExitCode.DONE
          : Stream.of(ErrorCode.values())
              .filter(c -> c.code().equals(code))
              .map(ExitCode::of)
              .findFirst()
              .orElse(ExitCode.UNAVAILABLE);
    }

    Document document() {
      return new Document(spec, code, stored() ? null : detail, bytes);
    }
  }

  /// The JSON of the result of a fetch.
  ///
  /// @param spec the version, or the requested form if no version is stored
  /// @param code `held`, or an error code
  /// @param detail the cause if the version is not stored; null otherwise
  /// @param bytes the size of the artifact in bytes; 0 if it is not stored
  record Document(String spec, String code, @Nullable String detail, long bytes) {}

  /// Fetches all versions and returns the results in the order of the wishes.
  List<Result> run(List<Wish> wishes) {
    try (ProgressLine progress = session.progress("fetching")) {
      progress.begin("versions", wishes.size(), "");
      List<Result> results = run(wishes, progress);
      progress.complete();
      return results;
    }
  }

  private List<Result> run(List<Wish> wishes, ProgressLine progress) {
    Map<Wish, Result> results = new LinkedHashMap<>();
    List<Wish> open = wishes;
    for (int round = 1; !open.isEmpty(); round++) {
      fetch(open, results, progress);
      List<Wish> again = new ArrayList<>(open);
      again.removeIf(wish -> !result(results, wish).worthAnotherTry());
      // If no other fetch succeeded, upstream is down and a pause would not help.
      if (round == MOST_ROUNDS || again.size() == open.size()) {
        break;
      }
      if (!again.isEmpty()) {
        progress.note("retrying %d".formatted(again.size()));
        session.around().pause().of(pause(again.stream().map(w -> result(results, w)).toList()));
      }
      open = again;
    }
    return wishes.stream().map(wish -> result(results, wish)).toList();
  }

  private static Result result(Map<Wish, Result> results, Wish wish) {
    Result result = results.get(wish);
    if (result == null) {
      throw new IllegalStateException("no result for " + wish.spec());
    }
    return result;
  }

  private static Duration pause(List<Result> failed) {
    return failed.stream()
        .map(r -> r.retryAfter() == null ? USUAL_PAUSE : r.retryAfter())
        .max(Duration::compareTo)
        .map(longest -> longest.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longest)
        .orElse(USUAL_PAUSE);
  }

  private void fetch(List<Wish> wishes, Map<Wish, Result> results, ProgressLine progress) {
    DeskClient desk = session.desk();
    List<Result> round =
        wishes.stream()
            .gather(
                Gatherers.mapConcurrent(
                    jobs,
                    wish -> {
                      Result result = fetch(desk, wish);
                      if (!result.worthAnotherTry()) {
                        progress.step();
                      }
                      return result;
                    }))
            .toList();
    for (int i = 0; i < wishes.size(); i++) {
      results.put(wishes.get(i), round.get(i));
    }
  }

  private Result fetch(DeskClient desk, Wish wish) {
    Result result = once(desk, wish);
    for (int i = 0;
        i < MOST_WAITS && result.code().equals(ErrorCode.VETTING_IN_PROGRESS.code());
        i++) {
      session.around().pause().of(pause(List.of(result)));
      result = once(desk, wish);
    }
    return result;
  }

  private static Result once(DeskClient desk, Wish wish) {
    return switch (desk.reply(LockfileOperations.PREFETCH, wish.order())) {
      case Reply.Done<PrefetchReply> done -> {
        PrefetchReply stored = done.value();
        yield new Result(stored.name() + "@" + stored.version(), "held", "", stored.bytes(), null);
      }
      case Reply.Refused<PrefetchReply> refused -> {
        Problem gravest = refused.problems().getFirst();
        yield new Result(
            wish.spec().toString(),
            gravest.code().code(),
            gravest.detail(),
            0,
            refused.retryAfter());
      }
    };
  }
}
