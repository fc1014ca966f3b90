package lazaret.vetting.gate.store;

import java.time.Instant;

/// A fault of a store that an administrator must know of.
public sealed interface StoreFault {
  /// Returns one clause that names the fault, for logs, answers and reports. It contains no secret
  /// and no path.
  String text();

  /// Returns whether the gate answers 503 and the store takes no write until a person accepts the
  /// fault.
  boolean withholds();

  /// Consecutive numbers.
  ///
  /// @param first the lowest one
  /// @param last the highest one; lower than the first if the range is empty
  record Range(long first, long last) {
    /// Returns how many numbers the range has.
    public long count() {
      return Math.max(0, last - first + 1);
    }

    @Override
    public String toString() {
      return first == last ? Long.toString(first) : first + " to " + last;
    }
  }

  /// Writes that were acknowledged and are missing.
  ///
  /// @param commits numbers of the missing commits
  /// @param entries sequences of the missing ledger entries; empty if the writes had none
  /// @param after time of the last write before them; the epoch if it is not known
  /// @param until time at which the last of them was acknowledged
  record WritesMissing(Range commits, Range entries, Instant after, Instant until)
      implements StoreFault {
    @Override
    public String text() {
      String when =
          after.equals(Instant.EPOCH)
              ? "acknowledged until " + until
              : "acknowledged between %s and %s".formatted(after, until);
      String writes = commits.count() == 1 ? "1 write" : commits.count() + " writes";
      if (entries.count() == 0) {
        return "%s without a ledger entry %s missing, %s"
            .formatted(writes, commits.count() == 1 ? "is" : "are", when);
      }
      return "ledger %s missing, %s%s"
          .formatted(
              entries.count() == 1 ? "entry " + entries + " is" : "entries " + entries + " are",
              when,
              commits.count() == 0 ? "" : " (" + writes + ")");
    }

    @Override
    public boolean withholds() {
      return true;
    }
  }

  /// A ledger entry that differs from the one that was acknowledged.
  ///
  /// @param sequence sequence of the entry
  /// @param acknowledged time at which the entry was acknowledged
  record LedgerAltered(long sequence, Instant acknowledged) implements StoreFault {
    @Override
    public String text() {
      return "ledger entry %d does not have the hash that was acknowledged at %s"
          .formatted(sequence, acknowledged);
    }

    @Override
    public boolean withholds() {
      return true;
    }
  }

  /// A record of the last acknowledged write that cannot be read, so that a loss cannot be
  /// excluded.
  ///
  /// @param why the state of the record, as a clause
  record HeadUnreadable(String why) implements StoreFault {
    @Override
    public String text() {
      return "the record of the last acknowledged write " + why + ", so a loss cannot be excluded";
    }

    @Override
    public boolean withholds() {
      return true;
    }
  }

  /// Rows that a repair could not restore.
  ///
  /// @param what the rows, as a clause
  record RowsLost(String what) implements StoreFault {
    @Override
    public String text() {
      return "a repair could not restore " + what;
    }

    @Override
    public boolean withholds() {
      return true;
    }
  }

  /// A damaged or missing file of the database.
  ///
  /// @param file name of the file
  /// @param why state of the file, as a clause
  record FileDamaged(String file, String why) implements StoreFault {
    @Override
    public String text() {
      return "'" + file + "' " + why;
    }

    @Override
    public boolean withholds() {
      return false;
    }
  }
}
