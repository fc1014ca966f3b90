package lazaret.vetting.advisory;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The age of the oldest feed. A verdict cannot take later records into account.
///
/// @param state effect of the age
/// @param feed the oldest feed; null if there is none
/// @param age age of that feed, zero if its date is in the future; null if there is no feed
public record FeedAge(State state, @Nullable FeedInfo feed, @Nullable Duration age) {
  /// The effects of the age of the feeds.
  public enum State {
    /// No feed is of a kind that becomes old, as before the first refresh; warns like [#OLD].
    NONE,
    /// All feeds are recent enough.
    FRESH,
    /// All feeds were fetched recently, but one has had no new record for so long that its source
    /// seems abandoned; warns like [#OLD].
    QUIET,
    /// The oldest feed has reached the warn age. Also the state if a feed is dated more than a day
    /// later than now, so that its age is unknown.
    OLD,
    /// The oldest feed has reached the stop age.
    STALE
  }

  /// The age without a feed.
  public static final FeedAge NONE = new FeedAge(State.NONE, null, null);

  /// The time without a new record after which a public feed seems abandoned. RustSec has had no
  /// gap of half this length since 2020.
  public static final Duration QUIET_AFTER = Duration.ofDays(30);

  /// The least age: another machine's clock may be ahead by a day before the date of its feed is
  /// ignored.
  private static final Duration LEAST = Duration.ofDays(-1);

  /// Returns the age of one feed. A feed that cannot become old is always fresh.
  public static FeedAge of(FeedInfo info, Instant now, FeedAgeLimits limits) {
    Duration age = Duration.between(info.asOf(), now);
    boolean ahead = age.compareTo(LEAST) < 0;
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

  /// Returns the first time at which a feed that is fresh before it has another state.
  public static Instant freshUntil(FeedInfo info, FeedAgeLimits limits) {
    Instant old = info.asOf().plus(limits.warn());
    LocalDate newest = info.newest();
    if (newest == null) {
      return old;
    }
    Instant quiet =
        newest.plusDays(QUIET_AFTER.toDays() + 1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return quiet.isBefore(old) ? quiet : old;
  }

  /// Returns whether verdicts should mention it.
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
