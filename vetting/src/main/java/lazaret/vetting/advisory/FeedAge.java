package lazaret.vetting.advisory;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How old the oldest feed is that ages: a verdict is only as good as what it could know.
///
/// @param state what follows from the age
/// @param feed the oldest feed, or null where there is none
/// @param age the age of that feed, zero where it lies in the future; null where there is no feed
public record FeedAge(State state, @Nullable FeedInfo feed, @Nullable Duration age) {
  /// What follows from the age of the feeds.
  public enum State {
    /// There is no feed that ages, as before the first refresh: warns, like [#OLD].
    NONE,
    /// All feeds are young enough.
    FRESH,
    /// All feeds were fetched lately, but one has had no new record for so long that its source
    /// seems to stand still: warns, like [#OLD].
    QUIET,
    /// The oldest feed is past the warn age, or a feed is dated more than a day later than now: its
    /// age is not known.
    OLD,
    /// The oldest feed is past the stop age.
    STALE
  }

  /// There is no feed.
  public static final FeedAge NONE = new FeedAge(State.NONE, null, null);

  /// How long a public feed may have no new record before its source seems to stand still; RustSec
  /// has had no gap of half this length since 2020.
  public static final Duration QUIET_AFTER = Duration.ofDays(30);

  /// How far another machine's clock may be ahead before the date of its feed is not believed.
  private static final Duration AHEAD = Duration.ofDays(1);

  /// Returns how old one feed is; one that does not age is always fresh.
  public static FeedAge of(FeedInfo info, Instant now, FeedLimits limits) {
    Duration age = Duration.between(info.asOf(), now);
    boolean ahead = age.compareTo(AHEAD.negated()) < 0;
    if (age.isNegative()) {
      age = Duration.ZERO;
    }
    State state = State.FRESH;
    if (!info.ages()) {
      return new FeedAge(state, info, age);
    }
    if (ahead) {
      return new FeedAge(State.OLD, info, age);
    }
    if (age.compareTo(limits.stop()) >= 0) {
      state = State.STALE;
    } else if (age.compareTo(limits.warn()) >= 0) {
      state = State.OLD;
    } else if (info.newest() != null
        && info.newest()
            .plusDays(QUIET_AFTER.toDays())
            .isBefore(now.atZone(ZoneOffset.UTC).toLocalDate())) {
      state = State.QUIET;
    }
    return new FeedAge(state, info, age);
  }

  /// Tells whether verdicts should say something about it.
  public boolean warns() {
    return state != State.FRESH;
  }

  /// Returns the form for verdicts and reports, without a full stop: `feed osv is 8 days old`, `no
  /// advisory feed was imported yet`.
  @Override
  public String toString() {
    if (feed == null || age == null) {
      return "no advisory feed was imported yet";
    }
    if (state == State.OLD && age.isZero()) {
      return "feed " + feed.name() + " is dated later than now, so its age is not known";
    }
    String old =
        "feed " + feed.name() + " is " + (age.toDays() < 1 ? hours(age) : days(age)) + " old";
    return state == State.QUIET && feed.newest() != null
        ? old + ", but has had no new record since " + feed.newest()
        : old;
  }

  private static String hours(Duration age) {
    return switch ((int) age.toHours()) {
      case 0 -> "less than 1 hour";
      case 1 -> "1 hour";
      default -> age.toHours() + " hours";
    };
  }

  private static String days(Duration age) {
    return age.toDays() == 1 ? "1 day" : age.toDays() + " days";
  }

  /// Returns the word of the state for JSON and metrics, for example `stale`.
  public String code() {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
