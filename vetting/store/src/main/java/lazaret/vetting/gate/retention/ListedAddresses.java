package lazaret.vetting.gate.retention;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The addresses of clients without a token that are listed for a version and day. They are limited
/// by version, by the client's network and by day. Downloads by further addresses are summed under
/// [#OTHERS]. Thread-safe.
public final class ListedAddresses {
  /// The address of the row that sums the downloads of unlisted addresses.
  public static final String OTHERS = "others";

  /// The maximum number of records of one network without a token on one day.
  public static final int NETWORK_A_DAY = 20_000;

  /// The maximum number of records of all clients without a token on one day.
  public static final int ALL_A_DAY = 200_000;

  private static final int MAX_REMEMBERED = 200_000;

  private final int limit;
  private final DropCounts dropped;
  // guarded by this; the one used last comes last
  private final SequencedMap<String, Set<String>> listed = new LinkedHashMap<>(64, 0.75f, true);
  private int remembered;
  private @Nullable LocalDate day;
  private int recordsOfDay;
  // Bounded by the records of a day.
  private final Map<String, Integer> recordsOf = new HashMap<>();

  /// A version on a day.
  public record Subject(LocalDate day, String version) {}

  /// Creates a list without addresses.
  ///
  /// @param limit the maximum number of addresses for one version and day
  /// @param dropped the counts, to which downloads without an address are added
  public ListedAddresses(int limit, DropCounts dropped) {
    this.limit = limit;
    this.dropped = dropped;
  }

  /// Returns the address under which downloads are recorded: the given one or [#OTHERS].
  ///
  /// @param versionOfDay the version and day
  /// @param address the client's IP address
  /// @param downloads the number of downloads
  /// @param stored the reader of the stored addresses for the version and day
  public synchronized String add(
      Subject versionOfDay, String address, long downloads, Supplier<Set<String>> stored) {
    turn(versionOfDay.day());
    String subject = versionOfDay.day() + " " + versionOfDay.version();
    Set<String> known = listed.get(subject);
    if (known == null) {
      known = new HashSet<>(stored.get());
      known.remove(OTHERS);
      listed.put(subject, known);
      remembered += known.size() + 1;
      known.forEach(this::count);
    }
    if (known.contains(address)) {
      return address;
    }
    boolean spent =
        recordsOfDay >= ALL_A_DAY
            || recordsOf.getOrDefault(ClientNetwork.of(address), 0) >= NETWORK_A_DAY;
    if (spent || known.size() >= limit) {
      dropped.add(DropKind.ADDRESSES, downloads);
      return OTHERS;
    }
    known.add(address);
    count(address);
    remembered++;
    forget(subject);
    return address;
  }

  /// Counts a record. A record that was evicted and is read again counts twice, so the limits of a
  /// day are then reached sooner.
  private void count(String address) {
    recordsOfDay++;
    recordsOf.merge(ClientNetwork.of(address), 1, Integer::sum);
  }

  private void turn(LocalDate today) {
    if (!today.equals(day)) {
      day = today;
      recordsOfDay = 0;
      recordsOf.clear();
    }
  }

  private void forget(String current) {
    while (remembered > MAX_REMEMBERED) {
      Map.Entry<String, Set<String>> eldest = listed.firstEntry();
      if (eldest.getKey().equals(current)) {
        return;
      }
      listed.remove(eldest.getKey());
      remembered -= eldest.getValue().size() + 1;
    }
  }
}
