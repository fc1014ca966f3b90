package lazaret.web.lockfile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.lockfiles.LockfilePackageInfo;
import lazaret.web.page.VerdictBadge;

/// The numbers of packages by result, for the bar of verdicts and its legend.
///
/// @param counts the results that occur, the served packages first
public record LockfileCounters(List<Count> counts) {
  private static final double GAP = 0.6;

  public LockfileCounters {
    counts = List.copyOf(counts);
  }

  /// The number of packages with one result.
  ///
  /// @param badge the badge of the result
  /// @param number the number of packages
  public record Count(VerdictBadge badge, long number) {}

  /// A piece of the bar.
  ///
  /// @param kind the class of its color
  /// @param x the position in packages
  /// @param width the width in packages
  public record Piece(String kind, String x, String width) {}

  /// Counts packages.
  static LockfileCounters of(List<LockfilePackageInfo> packages) {
    Map<VerdictBadge, Long> numbers = new LinkedHashMap<>();
    for (VerdictInfo.Kind kind : VerdictInfo.Kind.values()) {
      numbers.put(VerdictBadge.of(kind), 0L);
    }
    packages.forEach(each -> numbers.merge(LockfileRowInfo.badge(each), 1L, Long::sum));
    return new LockfileCounters(
        numbers.entrySet().stream()
            .filter(each -> each.getValue() > 0)
            .map(each -> new Count(each.getKey(), each.getValue()))
            .toList());
  }

  /// Returns the number of all packages.
  public long total() {
    return counts.stream().mapToLong(Count::number).sum();
  }

  /// Returns the pieces of the bar. Packages without a verdict have none.
  public List<Piece> pieces() {
    List<Piece> pieces = new ArrayList<>();
    long x = 0;
    for (Count count : counts) {
      if (!count.badge().kind().equals("plain")) {
        double width = Math.max(GAP, count.number() - GAP);
        pieces.add(
            new Piece(
                count.badge().kind(), Long.toString(x), String.format(Locale.ROOT, "%.1f", width)));
      }
      x += count.number();
    }
    return pieces;
  }

  /// Returns the numbers in words: `194 allow, 13 hold`.
  public String words() {
    return counts.stream()
        .map(each -> each.number() + " " + each.badge().word().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
