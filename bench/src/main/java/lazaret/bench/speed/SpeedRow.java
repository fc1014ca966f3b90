package lazaret.bench.speed;

import java.util.Locale;

/// A row of the table of speed with its target. This is the only list of these targets; its order
/// is that of the table. A title ends in `cN` for N connections.
public enum SpeedRow {
  INDEX_5K_C16("index 5 KB c16", Kind.RATE_SHARE, 0.75),
  INDEX_5K_C64("index 5 KB c64", Kind.RATE_SHARE, 0.80),
  INDEX_100K_C16("index 100 KB c16", Kind.RATE_SHARE, 0.70),
  INDEX_100K_C64("index 100 KB c64", Kind.RATE_SHARE, 0.95),
  NOT_MODIFIED_C16("304 c16", Kind.RATE_SHARE, 0.80),
  NOT_MODIFIED_C64("304 c64", Kind.RATE_SHARE, Double.NaN),
  INDEX_100K_GZIP("index 100 KB gzip c16", Kind.RATE_SHARE, 0.75),
  ARTIFACT_20K_C16("artifact 20 KB c16", Kind.RATE_SHARE, 0.70),
  ARTIFACT_20K_C64("artifact 20 KB c64", Kind.RATE_SHARE, Double.NaN),
  ARTIFACT_100K("artifact 100 KB c16", Kind.RATE_SHARE, 0.90),
  ARTIFACT_1M("artifact 1 MB c16", Kind.RATE_SHARE, 1.40),
  ARTIFACT_5M("artifact 5 MB c16", Kind.RATE_SHARE, 1.10),
  H2C_INDEX_5K("h2c index 5 KB", Kind.RATE_SHARE, 0.65),
  H2C_INDEX_100K("h2c index 100 KB", Kind.RATE_SHARE, Double.NaN),
  H2C_ARTIFACT_20K("h2c artifact 20 KB", Kind.RATE_SHARE, 0.60),
  TLS_H2_INDEX_5K("TLS h2 index 5 KB", Kind.RATE_SHARE, 0.60),
  TLS_H2_INDEX_100K("TLS h2 index 100 KB", Kind.RATE_SHARE, 0.65),
  TLS_H2_ARTIFACT_20K("TLS h2 artifact 20 KB", Kind.RATE_SHARE, 0.60),
  TLS_H1_INDEX_5K("TLS h1 index 5 KB c16", Kind.RATE_SHARE, 0.70),
  TOUCH_20K("first touch 20 KB", Kind.RATE_SHARE, 0.55),
  TOUCH_100K("first touch 100 KB", Kind.RATE_SHARE, 0.70),
  TOUCH_1M("first touch 1 MB", Kind.RATE_SHARE, 0.70),
  TOUCH_5M("first touch 5 MB", Kind.RATE_SHARE, 0.60),
  FETCH_WARM("cargo fetch of 212 crates, warm", Kind.TIME_RATIO, 1.06),
  FETCH_COLD("cargo fetch of 212 crates, cold", Kind.TIME_RATIO, 3.0),
  FETCH_DISTANT("cargo fetch of 212 crates, cold, 50 ms", Kind.TIME_RATIO, 0.25, "cargo alone"),
  MIX_P99("1,000 clients, mix at 60 %, p99", Kind.LATENCY_RATIO, 2.0),
  MIX_P999("1,000 clients, mix at 60 %, p99.9", Kind.LATENCY_RATIO, 3.0),
  START("start to first 200", Kind.MILLIS, 250),
  START_FEEDS("start to first 200, two feeds", Kind.MILLIS, 320),
  RESIDENT_IDLE("resident, idle", Kind.MEGABYTES, 100),
  RESIDENT_MIX("resident, after 60 s of the mix", Kind.MEGABYTES, 300),
  RESIDENT_CONNECTIONS("resident, 4,000 idle connections", Kind.MEGABYTES, 160),
  INSPECT_FIRST("inspection, first round", Kind.RATE, 300),
  INSPECT_WARM("inspection, warm", Kind.RATE, 600),
  VERIFY_OFFLINE("verify of 1,000 packages, offline", Kind.MILLIS, 100, "cargo-audit"),
  VERIFY_SERVER("verify of 1,000 packages, server", Kind.MILLIS, 120, "cargo-audit"),
  VERIFY_FEEDS("verify of 1,000 packages, server, both feeds", Kind.MILLIS, 120),
  VERIFY_OLD_FEEDS("verify of 1,000 packages, server, both feeds old", Kind.MILLIS, 120),
  BUNDLE_CHECK("check of a bundle", Kind.TIME_RATIO, 1.15, "sha256sum"),
  VERDICTS("3,000,000 verdicts from the store", Kind.SECONDS, 5);

  private final String title;
  private final Kind kind;
  private final double target;
  private final String other;

  SpeedRow(String title, Kind kind, double target) {
    this(title, kind, target, "nginx");
  }

  SpeedRow(String title, Kind kind, double target, String other) {
    this.title = title;
    this.kind = kind;
    this.target = target;
    this.other = other;
  }

  /// The form of the figures, and the figure that is compared with the target.
  private enum Kind {
    RATE_SHARE("%.0f/s", true, true),
    TIME_RATIO("%.3f s", true, false),
    LATENCY_RATIO("%.2f ms", true, false),
    MILLIS("%.0f ms", false, false),
    SECONDS("%.2f s", false, false),
    MEGABYTES("%.0f MB", false, false),
    RATE("%.0f/s", false, true);

    private final String format;
    private final boolean isRatio;
    private final boolean isFloor;

    Kind(String format, boolean isRatio, boolean isFloor) {
      this.format = format;
      this.isRatio = isRatio;
      this.isFloor = isFloor;
    }
  }

  /// Returns the name of the row, without figures that change from run to run.
  public String title() {
    return title;
  }

  /// Returns whether the row has a target.
  public boolean hasTarget() {
    return !Double.isNaN(target);
  }

  /// Returns whether the target is a limit for the ratio of two figures, not for a figure of the
  /// product.
  public boolean isRatio() {
    return kind.isRatio;
  }

  /// Returns whether a compared figure meets the target.
  ///
  /// @param compared ratio of both figures, or the figure of the product
  /// @return false if the row has no target
  public boolean isReached(double compared) {
    return kind.isFloor ? compared >= target : compared <= target;
  }

  /// Returns a figure with its unit.
  ///
  /// @return empty for [Double#NaN]
  public String figure(double value) {
    return text(kind.format, value);
  }

  /// Returns the figure of the other program with its unit and the name of the program.
  ///
  /// @return empty for [Double#NaN]
  public String reference(double value) {
    return Double.isNaN(value) ? "" : figure(value) + " " + other;
  }

  /// Returns a figure in the form in which it is compared with the target.
  ///
  /// @return empty for [Double#NaN]
  public String compared(double value) {
    return text(kind.isRatio ? "%.2f" : kind.format, value);
  }

  /// Returns the target with its direction, such as `>= 0.75`.
  ///
  /// @return empty if the row has no target
  public String targetText() {
    return hasTarget() ? (kind.isFloor ? ">= " : "<= ") + compared(target) : "";
  }

  private static String text(String format, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
  }
}
