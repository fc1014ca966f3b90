package lazaret.mirror.following;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import org.jspecify.annotations.Nullable;

/// The position of following a registry, which the store keeps. It has no list of work: what is
/// missing follows from the stored crates, so that a stop at any moment repeats little.
///
/// @param begun the moment from which the registry is followed
/// @param feed the position in the feeds
/// @param gap the releases whose announcements may have been missed
/// @param dump the last dump whose crates were compared
/// @param day the use of the limits of a day
record FollowState(Instant begun, Feed feed, Gap gap, Dump dump, Day day) {
  private static final String FORM = "follow 1";

  /// The position in the feeds.
  ///
  /// @param polled the moment of the last successful request; null before the first
  /// @param seen the publication of the newest release all of whose predecessors are settled; null
  ///   before the first
  /// @param current the moment up to which all releases of known crates are stored; null before the
  ///   first time
  record Feed(@Nullable Instant polled, @Nullable Instant seen, @Nullable Instant current) {}

  /// The releases whose announcements may have been missed.
  ///
  /// @param since crates that were confirmed later are current; null if there is no gap
  /// @param walked the collision key of the last crate that the process that walks considered
  record Gap(@Nullable Instant since, String walked) {}

  /// The last dump whose crates were compared.
  ///
  /// @param time the moment of the dump; null before the first
  /// @param etag its entity tag; null if it had none
  record Dump(@Nullable Instant time, @Nullable String etag) {}

  /// The use of the limits of a day.
  ///
  /// @param number the days since 1970-01-01, UTC
  record Day(long number, long requests, long bytes) {}

  /// Returns the first state. Stored crates are confirmed once, since their releases may be missing
  /// for any time.
  static FollowState begun(Instant now) {
    return new FollowState(
        now, new Feed(null, null, null), new Gap(now, ""), new Dump(null, null), new Day(0, 0, 0));
  }

  FollowState with(Feed other) {
    return new FollowState(begun, other, gap, dump, day);
  }

  FollowState with(Gap other) {
    return new FollowState(begun, feed, other, dump, day);
  }

  FollowState with(Dump other) {
    return new FollowState(begun, feed, gap, other, day);
  }

  FollowState with(Day other) {
    return new FollowState(begun, feed, gap, dump, other);
  }

  /// Returns the state without a gap. All that was published before the last request for the feeds
  /// is then stored.
  FollowState closed() {
    Instant polled = feed.polled();
    return with(new Gap(null, ""))
        .with(new Feed(polled, feed.seen(), polled == null ? feed.current() : polled));
  }

  /// Returns the stored form.
  String text() {
    StringBuilder text = new StringBuilder(FORM).append('\n');
    add(text, "begun", begun);
    add(text, "polled", feed.polled());
    add(text, "seen", feed.seen());
    add(text, "current", feed.current());
    add(text, "gap", gap.since());
    add(text, "walked", gap.walked().isEmpty() ? null : gap.walked());
    add(text, "dump", dump.time());
    add(text, "etag", dump.etag());
    add(text, "day", day.number());
    add(text, "requests", day.requests());
    add(text, "bytes", day.bytes());
    return text.toString();
  }

  private static void add(StringBuilder text, String name, @Nullable Object value) {
    if (value != null) {
      text.append(name).append(' ').append(value).append('\n');
    }
  }

  /// Reads the stored form.
  ///
  /// @throws MalformedException if the text has another form
  static FollowState parse(String text) {
    Map<String, String> values = new HashMap<>();
    text.lines()
        .skip(1)
        .forEach(
            line -> {
              int space = line.indexOf(' ');
              if (space > 0) {
                values.put(line.substring(0, space), line.substring(space + 1));
              }
            });
    Instant begun = instant(values, "begun");
    if (!text.startsWith(FORM + "\n") || begun == null) {
      throw new MalformedException(
          "cannot read the state of following: expected '%s', found '%s'"
              .formatted(FORM, Excerpt.of(text)));
    }
    return new FollowState(
        begun,
        new Feed(instant(values, "polled"), instant(values, "seen"), instant(values, "current")),
        new Gap(instant(values, "gap"), values.getOrDefault("walked", "")),
        new Dump(instant(values, "dump"), values.get("etag")),
        new Day(number(values, "day"), number(values, "requests"), number(values, "bytes")));
  }

  private static @Nullable Instant instant(Map<String, String> values, String name) {
    String value = values.get(name);
    try {
      return value == null ? null : Instant.parse(value);
    } catch (DateTimeParseException e) {
      throw damaged(name, value, e);
    }
  }

  private static long number(Map<String, String> values, String name) {
    String value = values.getOrDefault(name, "0");
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw damaged(name, value, e);
    }
  }

  private static MalformedException damaged(String name, @Nullable String value, Exception cause) {
    return new MalformedException(
        "cannot read the state of following: expected a value of '%s', found '%s'"
            .formatted(name, Excerpt.of(String.valueOf(value))),
        cause);
  }
}
