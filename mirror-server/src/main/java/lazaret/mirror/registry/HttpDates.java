package lazaret.mirror.registry;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The dates of recent responses as text. To format one takes a tenth of the time of a request; the
/// same few thousand are asked for again and again. Thread-safe.
///
/// Source: RFC 9110 §5.6.7.
final class HttpDates {
  private static final int SLOTS = 1 << 12;

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final AtomicReferenceArray<@Nullable Dated> recent = new AtomicReferenceArray<>(SLOTS);

  /// A moment in whole seconds, and its text.
  private record Dated(long second, String text) {}

  /// Returns a moment as an HTTP date.
  String of(Instant moment) {
    long second = moment.getEpochSecond();
    int slot = (int) (second & (SLOTS - 1));
    Dated known = recent.get(slot);
    if (known == null || known.second() != second) {
      known = new Dated(second, FORMAT.format(moment));
      recent.set(slot, known);
    }
    return known.text();
  }
}
