package lazaret.mirror;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A log filter that limits repeated messages. It passes one message of a library per kind and
/// minute, without its stack trace, and [#MOST_OWN] of the server's own. The next message that
/// passes has the number of those left out. Without it, a client or a full disk could cause such
/// messages at any rate. Messages of other loggers pass unchanged. Thread-safe.
final class LibraryLogFilter implements Filter {
  /// The beginnings of the names of the loggers of libraries.
  static final List<String> LIBRARIES = List.of("io.helidon", "io.opentelemetry");

  private static final String OWN = "lazaret.";

  /// The maximum number of the server's own messages of one kind in a minute.
  static final int MOST_OWN = 20;

  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int MAX_KINDS = 200;
  private static final int MAX_CAUSES = 8;

  /// The words at the beginning of a message, after the name of its connection. The text after
  /// these words can come from the client.
  private static final Pattern WORDS =
      Pattern.compile("(?:\\[[^]]{0,100}]\\s*)?([A-Za-z][A-Za-z ]{0,59})?");

  /// The messages of one kind since an instant: those that passed and those that were left out.
  private record Count(Instant since, long passed, long left) {}

  private final Map<String, Count> kinds =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
          return size() > MAX_KINDS;
        }
      };

  @Override
  public boolean isLoggable(LogRecord event) {
    String logger = event.getLoggerName();
    boolean own = logger != null && logger.startsWith(OWN);
    if (logger == null || (!own && LIBRARIES.stream().noneMatch(logger::startsWith))) {
      return true;
    }
    long left = countLeft(kind(logger, event, own), event.getInstant(), own ? MOST_OWN : 1);
    if (left < 0) {
      return false;
    }
    if (own) {
      event.setMessage(String.valueOf(event.getMessage()) + left(left));
    } else {
      event.setMessage(text(event, left));
      event.setThrown(null);
    }
    return true;
  }

  /// Returns the number of messages of a kind that were left out since the last one that passed. It
  /// is -1 if this one is left out too.
  private synchronized long countLeft(String kind, Instant now, int most) {
    Count count = kinds.get(kind);
    if (count == null) {
      kinds.put(kind, new Count(now, 1, 0));
      return 0;
    }
    Duration age = Duration.between(count.since, now);
    if (!age.isNegative() && age.compareTo(PAUSE) < 0) {
      boolean passes = count.passed < most;
      kinds.put(
          kind,
          passes
              ? new Count(count.since, count.passed + 1, 0)
              : new Count(count.since, count.passed, count.left + 1));
      return passes ? 0 : -1;
    }
    kinds.put(kind, new Count(now, 1, 0));
    return count.left;
  }

  private static String kind(String logger, LogRecord event, boolean own) {
    Matcher words = WORDS.matcher(String.valueOf(event.getMessage()));
    String text = words.lookingAt() && words.group(1) != null ? words.group(1) : "";
    if (own) {
      // The text after the first word of a message can contain the number of a request.
      text = text.substring(0, Math.max(0, text.indexOf(' ')));
    }
    Throwable thrown = event.getThrown();
    return logger + ' ' + text + ' ' + (thrown == null ? "" : root(thrown).getClass().getName());
  }

  private static String text(LogRecord event, long left) {
    StringBuilder text = new StringBuilder(String.valueOf(event.getMessage()));
    @Nullable Throwable thrown = event.getThrown();
    if (thrown != null) {
      text.append(": ").append(root(thrown));
    }
    return text.append(left(left)).toString();
  }

  private static String left(long left) {
    return left > 0 ? " (" + left + " more of this kind before)" : "";
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    for (int i = 0; i < MAX_CAUSES && root.getCause() != null; i++) {
      root = root.getCause();
    }
    return root;
  }
}
