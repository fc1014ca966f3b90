package lazaret.vetting.retention;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;

/// The addresses without a token that are listed for a version and day, up to a limit; downloads by
/// further ones are added up under [#OTHERS]. Thread-safe.
public final class ListedAddresses {
  /// The address of the row that adds up the downloads of addresses that are not listed.
  public static final String OTHERS = "others";

  private static final int MAX_REMEMBERED = 200_000;

  private final int limit;
  private final Dropped dropped;
  // guarded by this; the one used last comes last
  private final SequencedMap<String, Set<String>> listed = new LinkedHashMap<>(64, 0.75f, true);
  private int remembered;

  /// Creates an empty memory.
  ///
  /// @param limit the most addresses for one version and day
  /// @param dropped counts what is left out
  public ListedAddresses(int limit, Dropped dropped) {
    this.limit = limit;
    this.dropped = dropped;
  }

  /// Returns the address under which downloads are noted: itself or [#OTHERS].
  ///
  /// @param subject the version and the day
  /// @param stored reads the addresses that are stored for the subject
  public synchronized String place(
      String subject, String address, long downloads, Supplier<Set<String>> stored) {
    Set<String> known = listed.get(subject);
    if (known == null) {
      known = new HashSet<>(stored.get());
      known.remove(OTHERS);
      listed.put(subject, known);
      remembered += known.size() + 1;
    }
    if (known.contains(address)) {
      return address;
    }
    if (known.size() >= limit) {
      dropped.add(DropKind.ADDRESSES, downloads);
      return OTHERS;
    }
    known.add(address);
    remembered++;
    forget(subject);
    return address;
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
