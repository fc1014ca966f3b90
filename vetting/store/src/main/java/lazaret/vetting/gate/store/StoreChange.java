package lazaret.vetting.gate.store;

import java.util.Comparator;

/// A change that other nodes must know of, because they may have the data in heap.
///
/// @param key the changed row; its form is that of the kind
public record StoreChange(Kind kind, String key) implements Comparable<StoreChange> {
  private static final Comparator<StoreChange> ORDER =
      Comparator.comparing(StoreChange::kind).thenComparing(StoreChange::key);

  /// A kind of data in heap. The numbers are stored and never change.
  public enum Kind {
    /// The rows of a crate, by its collision key.
    CRATE(1),
    /// A token, by the SHA-256 of its secret.
    TOKEN(2),
    /// A feed, by its name.
    FEEDS(3),
    /// The audits of a peer, by its name; an empty name is the list of peers.
    AUDITS(4),
    /// A small value, by its name.
    META(5),
    /// The served snapshot, or the list of snapshots; the key is empty.
    SNAPSHOT(6),
    /// A queued request, by collision key and version with a space between them.
    REQUEST(7),
    /// The record of a lockfile, by its SHA-256.
    LOCKFILE(8),
    /// Everything: changes were missed; the key is empty.
    EVERYTHING(9);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    /// Returns the stored number.
    public int number() {
      return number;
    }

    /// Returns the kind with a number. One that a newer program wrote is [#EVERYTHING].
    public static Kind of(int number) {
      for (Kind kind : values()) {
        if (kind.number == number) {
          return kind;
        }
      }
      return EVERYTHING;
    }
  }

  /// A change of everything.
  public static final StoreChange EVERYTHING = new StoreChange(Kind.EVERYTHING, "");

  @Override
  public int compareTo(StoreChange other) {
    return ORDER.compare(this, other);
  }
}
