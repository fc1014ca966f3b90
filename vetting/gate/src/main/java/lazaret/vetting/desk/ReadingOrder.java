package lazaret.vetting.desk;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Gatherers;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.LockReport.Standing;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.review.DiffLimits;
import lazaret.vetting.review.DiffStat;
import org.jspecify.annotations.Nullable;

/// The builder of a reading list. It fetches withheld versions through the ordinary admission, a
/// few at a time.
final class ReadingOrder {
  /// The number of comparisons at once. Two pairs of archives in memory are enough for two
  /// processors.
  private static final int PARALLEL = 2;

  private static final Comparator<ReadingList.Line> ORDER =
      Comparator.comparing(
              ReadingList.Line::stat, Comparator.nullsLast(Comparator.<DiffStat>naturalOrder()))
          .thenComparing(l -> l.locked().locked().name())
          .thenComparing(l -> l.locked().locked().version());

  private final LockCheck check;
  private final VersionFinder finder;
  private final Reviewing reviewing;

  ReadingOrder(GateParts parts, Gate gate, LockAnswers answers) {
    this.check = new LockCheck(parts, gate, answers, List.of());
    this.finder = gate.finder();
    this.reviewing = new Reviewing(parts, gate.files(), gate.admission(), DiffLimits.COUNT);
  }

  ReadingList of(Lockfile lock) {
    LockReport report = check.check(lock);
    List<ReadingList.Line> lines =
        report.lines().stream()
            .filter(l -> l.standing() != Standing.SERVED)
            .gather(Gatherers.mapConcurrent(PARALLEL, this::line))
            .sorted(ORDER)
            .toList();
    return new ReadingList(lines, report.lines().size() - lines.size());
  }

  private ReadingList.Line line(LockReport.Line locked) {
    if (locked.standing() != Standing.WITHHELD) {
      return new ReadingList.Line(locked, null, null, null);
    }
    CrateName name = CrateName.parse(locked.locked().name());
    return switch (finder.find(name, locked.locked().version())) {
      case VersionLookup.NotFound _ -> new ReadingList.Line(locked, null, null, null);
      case VersionLookup.Found found -> {
        Reviewing.Reading reading = reviewing.read(found, null);
        @Nullable DiffStat stat = reading.diff() == null ? null : reading.diff().stat();
        yield new ReadingList.Line(locked, reading.base(), stat, reading.unread());
      }
    };
  }
}
