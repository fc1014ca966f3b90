package lazaret.vetting.desk.lockfiles;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Gatherers;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.lockfiles.LockfileReport.Status;
import lazaret.vetting.desk.review.ReviewService;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.serving.VersionFinder;
import lazaret.vetting.gate.serving.VersionLookup;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.review.DiffLimits;
import lazaret.vetting.review.DiffStat;
import org.jspecify.annotations.Nullable;

/// The builder of a reading list. It fetches withheld versions through the ordinary admission, a
/// few at a time.
public final class ReadingListBuilder {
  /// The number of comparisons at once. Two pairs of archives in memory are enough for two
  /// processors.
  private static final int PARALLEL = 2;

  private static final Comparator<ReadingList.Line> ORDER =
      Comparator.comparing(
              ReadingList.Line::stat, Comparator.nullsLast(Comparator.<DiffStat>naturalOrder()))
          .thenComparing(l -> l.locked().locked().name())
          .thenComparing(l -> l.locked().locked().version());

  private final LockfileCheck check;
  private final VersionFinder finder;
  private final ReviewService reviewing;

  public ReadingListBuilder(GateContext parts, Gate gate, LockfileAnswerCache answers) {
    this.check = new LockfileCheck(parts, gate, answers, List.of());
    this.finder = gate.finder();
    this.reviewing = new ReviewService(parts, gate.files(), gate.admission(), DiffLimits.COUNT);
  }

  /// Builds the reading list for the versions of a lockfile that are not served.
  public ReadingList of(Lockfile lock) {
    LockfileReport report = check.check(lock);
    List<ReadingList.Line> lines =
        report.lines().stream()
            .filter(l -> l.status() != Status.SERVED)
            .gather(Gatherers.mapConcurrent(PARALLEL, this::line))
            .sorted(ORDER)
            .toList();
    return new ReadingList(lines, report.lines().size() - lines.size());
  }

  private ReadingList.Line line(LockfileReport.Line locked) {
    if (locked.status() != Status.WITHHELD) {
      return new ReadingList.Line(locked, null, null, null);
    }
    CrateName name = CrateName.parse(locked.locked().name());
    return switch (finder.find(name, locked.locked().version())) {
      case VersionLookup.NotFound _ -> new ReadingList.Line(locked, null, null, null);
      case VersionLookup.Found found -> {
        ReviewService.Comparison reading = reviewing.read(found, null);
        @Nullable DiffStat stat = reading.diff() == null ? null : reading.diff().stat();
        yield new ReadingList.Line(locked, reading.base(), stat, reading.unread());
      }
    };
  }
}
